import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BenchError } from './bench-error.ts'
import { figure } from './bench-report.ts'
import { benchTable } from './bench-table.ts'
import { requireGood } from './person-bench.ts'
import { median, quantile } from './statistics.ts'

const good = {
  answered: 100,
  refused: 0,
  checked: 5,
  faults: [],
  seconds: 1,
  latenciesMs: new Float64Array([1, 2]),
}

test('median and quantiles are those of the sorted values', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
  assert.equal(quantile(new Float64Array([5, 1, 4, 2, 3]), 0.5), 3)
})

test('a run with a receipt that does not verify, a refusal or no answer gives no figures', () => {
  assert.doesNotThrow(() => requireGood(good))
  const bad = [
    { ...good, faults: ['RECEIPT_INVALID'] },
    { ...good, refused: 1 },
    { ...good, answered: 0 },
  ]
  for (const report of bad) assert.throws(() => requireGood(report), BenchError)
})

test('a rival that is not there is said so, with what to install', () => {
  const report = {
    name: 'a benchmark',
    figures: [figure('answers', '1/s', [1200, 1000, 1100])],
    fsyncMs: 0.2,
    rival: { state: 'not-run' as const, install: 'Install PostgreSQL.' },
    cpu: 'a processor',
    node: 'v24',
  }
  const table = benchTable(report)
  assert.match(table, /answers +1,100 1\/s/)
  assert.match(table, /The rival was not run\. Install PostgreSQL\./)
})
