import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { wantsLongRuns } from '../../house/needs.ts'
import { adultDescription, madeUpAdults, registerCsv } from '../adult/adult-data.ts'
import { openTableGateways } from '../table-gateways.ts'
import type { ClientReport, ClientWork } from './budget-client.ts'
import { addUpPublic, publicLedger } from './public-ledger.ts'

const processes = wantsLongRuns() ? 4 : 2
const each = wantsLongRuns() ? 250 : 60

/** Different questions, each for an epsilon of 0.1: filters by one, two or three keys of education. */
function questions(count: number): readonly unknown[] {
  const education = [
    'HS-grad',
    'Some-college',
    'Bachelors',
    'Masters',
    '9th',
    '10th',
    '11th',
    '12th',
  ]
  const all: unknown[] = []
  for (let mask = 1; all.length < count; mask += 1)
    for (const by of [[], ['sex'], ['income_over_50k'], ['sex', 'income_over_50k']]) {
      const keys = education.filter((_, at) => ((mask >> at) & 1) === 1)
      const where = keys.length === 0 ? {} : { education: keys }
      if (all.length < count) all.push({ by, where, measure: 'count', epsilon: 0.1 })
    }
  return all
}

function client(work: ClientWork): Promise<ClientReport> {
  const child = fork(join(import.meta.dirname, 'budget-client.ts'), { stdio: 'inherit' })
  return new Promise((done, fail) => {
    child.once('message', (report: ClientReport) => done(report))
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`a client ended with ${code}`)))
    child.send(work)
  })
}

test(`${processes * each} questions at once for the last of a budget: none is overspent`, async () => {
  // The file has few people; the public size is what the shape of a question is held against.
  await using gateways = await openTableGateways({
    register: { csv: registerCsv(madeUpAdults(500)) },
    description: adultDescription(32_000),
    epsilon: '0.3',
  })
  const asked = questions(processes * each)
  assert.equal(new Set(asked.map((one) => JSON.stringify(one))).size, asked.length)
  const config = gateways.at('statistics', 'cloison.yaml')
  const works = Array.from({ length: processes }, (_, place) => ({
    config,
    agreement: gateways.agreement,
    queries: asked.filter((_query, at) => at % processes === place),
  }))
  const reports = await Promise.all(works.map((work) => client(work)))
  const outcomes = new Map<string, number>()
  for (const [code, count] of reports.flatMap((report) => Object.entries(report)))
    outcomes.set(code, (outcomes.get(code) ?? 0) + count)
  assert.deepEqual(Object.fromEntries(outcomes), {
    BUDGET_SPENT: asked.length - 3,
    released: 3,
  })
  assert.equal((await gateways.gateways.tax.stop()).exitCode, 0)
  const log = gateways.at('tax', 'log', '2026h2')
  const reading = addUpPublic(log, 'residents')
  assert.ok(reading.ok, JSON.stringify(reading))
  assert.deepEqual([reading.spent.microEpsilon, reading.spent.seq], [300_000, 3])
  console.log(
    `${asked.length} questions of ${processes} processes: ${[...outcomes].map(([code, count]) => `${code} ${count}`).join(', ')}; overspent ${reading.spent.microEpsilon - 300_000}`,
  )
  assert.equal(publicLedger(log, 'nobody').length, 0)
})
