import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ExchangeRecord } from '../../src/log/index.ts'
import {
  type Gap,
  type GapKind,
  reconcile,
  type ReconciliationReport,
  usualToleranceMs,
  usualWindowMs,
} from '../../src/oversight/index.ts'
import { askQuestion } from '../../src/person/index.ts'
import { seededRandom } from '../../src/testing/simulator/index.ts'
import {
  type InProcessExchange,
  type InProcessOrganisation,
  openExchange,
} from '../fault/in-process-exchange.ts'
import { bundleOf, rewritten, trustOf, type WrittenEntry, writtenEntries } from './cheating-log.ts'

const questions = 60
const trials = 25

let exchange: InProcessExchange
let logs: { consumer: readonly WrittenEntry[]; provider: readonly WrittenEntry[] }
const draws = seededRandom('entries that one side drops')

before(async () => {
  exchange = await openExchange()
  for (let number = 0; number < questions; number += 1) {
    const request = exchange.request(number)
    const { subject, case: reference } = exchange.request(0)
    // Every third question is about the same person, whose cap is full before long.
    const again = number % 3 === 0 ? { subject, case: reference } : {}
    await askQuestion({ ...request, ...again }, exchange.consumerDeps)
    exchange.clock.advance(1_000)
  }
  // Long enough that nothing is young.
  exchange.clock.advance(2 * usualWindowMs)
  logs = {
    consumer: await writtenEntries(exchange.consumer),
    provider: await writtenEntries(exchange.provider),
  }
})
after(() => exchange[Symbol.dispose]())

type Side = 'consumer' | 'provider'

async function run(changed: Partial<typeof logs>): Promise<ReconciliationReport> {
  const { consumer, provider, clock } = exchange
  const nowMs = clock.now()
  const sides = { ...logs, ...changed }
  const { report } = await reconcile(
    [bundleOf(sides.consumer, consumer, { nowMs }), bundleOf(sides.provider, provider, { nowMs })],
    {
      trust: trustOf([consumer, provider]),
      windowMs: usualWindowMs,
      toleranceMs: usualToleranceMs,
      runKey: new Uint8Array(32).fill(1),
    },
  )
  return report
}

/** `count` different exchange entries of a log, drawn. */
function drawn(entries: readonly WrittenEntry[], count: number): ReadonlySet<WrittenEntry> {
  const left = entries.filter(({ record }) => record !== undefined)
  const taken = new Set<WrittenEntry>()
  while (taken.size < count) {
    const [one] = left.splice(draws.below(left.length), 1)
    assert.ok(one !== undefined)
    taken.add(one)
  }
  return taken
}

function total({ counts }: ReconciliationReport): number {
  return Object.values(counts.gaps).reduce((sum, count) => sum + count, 0)
}

/** What a gap says is missing, as the kind of the entry that would stand there. */
function missingKind({ step, kind }: Gap): string {
  if (kind === 'MISSING_AT_PROVIDER') return 'outcome'
  return step
}

function kindOf({ kind }: ExchangeRecord): string {
  const kinds: Record<string, string> = {
    'person.asked': 'asked',
    'person.received': 'received',
    'person.answered': 'outcome',
    'person.denied': 'outcome',
  }
  return kinds[kind] ?? kind
}

test('two honest logs with answers and denials have no gap', async () => {
  const report = await run({})
  assert.equal(total(report), 0)
  assert.equal(report.counts.matched, questions)
  assert.equal(report.counts.pending, 0)
  assert.equal(report.isEvidence, false)
  const outcomes = logs.provider.map(({ record }) => record?.kind)
  assert.ok(outcomes.includes('person.answered') && outcomes.includes('person.denied'))
})

for (const side of ['consumer', 'provider'] as const)
  test(`all k of k entries that the ${side} drops are found, and nothing else`, async () => {
    let dropped = 0
    for (let trial = 0; trial < trials; trial += 1) {
      const count = 1 + draws.below(20)
      const gone = drawn(logs[side], count)
      const report = await run({ [side]: logs[side].filter((entry) => !gone.has(entry)) })
      assert.equal(total(report), count, `trial ${trial}`)
      assert.ok(report.isEvidence)
      assert.deepEqual(
        report.gaps.map(missingKind).toSorted(),
        [...gone].flatMap(({ record }) => (record ? [kindOf(record)] : [])).toSorted(),
      )
      assert.deepEqual(new Set(report.gaps.map(({ at }) => at)), new Set([exchange[side].id]))
      dropped += count
    }
    process.stdout.write(`# ${side}: ${dropped} of ${dropped} dropped entries found\n`)
  })

const changes: Readonly<Record<string, (record: ExchangeRecord) => ExchangeRecord>> = {
  outcome: (record) =>
    record.outcome === 'permit'
      ? { ...record, outcome: 'deny', code: 'CASE_CLOSED' }
      : { ...record, outcome: 'permit', code: null },
  digest: (record) => ({ ...record, questionDigest: Buffer.alloc(32, 7).toString('base64') }),
}

async function runChanged(side: Side, what: string, count: number): Promise<ReconciliationReport> {
  const change = changes[what]
  const owner: InProcessOrganisation = exchange[side]
  const able = logs[side].filter(({ record }) => record !== undefined && record.outcome !== null)
  const chosen = drawn(able, count)
  const entries = logs[side].map((entry) =>
    chosen.has(entry) && entry.record && change
      ? rewritten(entry, change(entry.record), owner)
      : entry,
  )
  return run({ [side]: entries })
}

const named: Readonly<Record<string, GapKind>> = {
  outcome: 'OUTCOME_DIFFERS',
  digest: 'DIGEST_DIFFERS',
}

for (const side of ['consumer', 'provider'] as const)
  for (const what of ['outcome', 'digest'])
    test(`all k of k changed entries (${what}) of the ${side} are found`, async () => {
      for (let trial = 0; trial < 8; trial += 1) {
        const count = 1 + draws.below(15)
        const report = await runChanged(side, what, count)
        const exchanges = new Set(report.gaps.map(({ handle }) => handle))
        assert.equal(exchanges.size, count)
        const kind = named[what]
        assert.ok(kind !== undefined)
        assert.equal(
          new Set(report.gaps.filter((gap) => gap.kind === kind).map(({ handle }) => handle)).size,
          count,
        )
        assert.equal(report.counts.matched, questions - count)
      }
    })

test('an entry that stands in the log and is not opened is named with its number', async () => {
  const { consumer, provider, clock } = exchange
  const nowMs = clock.now()
  const hidden = [...drawn(logs.provider, 4)]
  const closed = logs.provider.map((entry) =>
    hidden.includes(entry) ? { ...entry, row: { ...entry.row, sealed: new Uint8Array() } } : entry,
  )
  const { report } = await reconcile(
    [bundleOf(logs.consumer, consumer, { nowMs }), bundleOf(closed, provider, { nowMs })],
    {
      trust: trustOf([consumer, provider]),
      windowMs: usualWindowMs,
      toleranceMs: usualToleranceMs,
      runKey: new Uint8Array(32),
    },
  )
  const numbers = report.gaps
    .filter(({ kind }) => kind === 'UNOPENED')
    .flatMap(({ entries }) => entries.map(({ entry }) => entry))
  assert.deepEqual(
    numbers.toSorted((one, other) => one - other),
    hidden.map(({ row }) => row.index).toSorted((one, other) => one - other),
  )
  assert.equal(report.counts.gaps.MISSING_AT_PROVIDER, 4)
})

test('what both sides drop together is not found: nothing of it is left to compare', async () => {
  const { consumer, provider } = logs
  const ids = new Set([...drawn(provider, 5)].map(({ record }) => record?.exchangeId))
  const isKept = ({ record }: WrittenEntry): boolean => !ids.has(record?.exchangeId)
  const report = await run({
    consumer: consumer.filter((entry) => entry.record === undefined || isKept(entry)),
    provider: provider.filter((entry) => entry.record === undefined || isKept(entry)),
  })
  assert.equal(total(report), 0)
  assert.equal(report.counts.matched, questions - 5)
})
