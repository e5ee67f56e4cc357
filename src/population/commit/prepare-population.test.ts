import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import { decodeUtf8, encodeBase64 } from '../../bytes/index.ts'
import { readPublicEntry } from '../../log/index.ts'
import type { SqliteReader } from '../../storage/sqlite/index.ts'
import {
  ledgerBeginMs,
  type LedgerLog,
  openLedgerLog,
  sampleBudget,
} from '../../testing/population/index.ts'
import {
  addUpLedger,
  type Budget,
  budgetSchema,
  chargeSchema,
  type LedgerEntry,
  type LedgerTransaction,
} from '../ledger/index.ts'
import type { PopulationCommitted, ReserveCommitted, ReserveIntent } from './population-intents.ts'
import { preparePopulation } from './prepare-population.ts'

const digestOf = (place: number): string =>
  encodeBase64(new Uint8Array(32).fill(place & 0xff).fill(place >> 8, 0, 1))

function reserve(place: number, change: Partial<ReserveIntent> = {}): ReserveIntent {
  return {
    type: 'population-reserve',
    population: 'residents',
    snapshot: '2026-11',
    cost: { microEpsilon: 1_000, deltaUnits: 0 },
    agreed: 1_000_000,
    parties: {
      exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
      consumer: 'social',
      agreement: { id: 'social-tax-statistics', version: 1, digest: digestOf(1) },
      purpose: 'https://cloison.eu/purpose/official-statistics',
      legalBasis: 'eu-gdpr:A6-1-e',
      elements: ['sex'],
      analyst: `analyst-${place % 5}`,
      query: digestOf(place),
    },
    ...change,
  }
}

function isReserve(one: PopulationCommitted): one is ReserveCommitted {
  return one.type === 'population-reserve'
}

const publicRecord = z.object({
  kind: z.string(),
  digest: z.string().nullable(),
  body: z.unknown(),
})

/** The ledger as anybody reads it: out of the log's public entries alone. */
async function publicLedger(reader: SqliteReader): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = []
  const size = (await reader.head())?.size ?? 0
  for (let index = 0; index < size; index += 1) {
    const entry = await readPublicEntry(reader, index)
    if (entry === undefined) continue
    const { kind, digest, body } = publicRecord.parse(JSON.parse(decodeUtf8(entry.recordBytes)))
    if (kind === 'budget.opened') found.push({ kind, budget: budgetSchema.parse(body) })
    if (kind !== 'budget.charged') continue
    found.push({ kind, charge: chargeSchema.parse(body), reservation: digest ?? '' })
  }
  return found
}

async function openYear(ledger: LedgerLog): Promise<void> {
  const opened = await ledger.commit({
    type: 'budget-open',
    population: 'residents',
    budget: sampleBudget,
    demo: false,
  })
  assert.ok(opened.type === 'budget-open' && opened.state === 'opened')
}

test('300 questions at once for the price of 100: a hundred are reserved, and the log adds up to the budget', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  const all = await Promise.all(
    Array.from({ length: 300 }, (_, place) => ledger.commit(reserve(place))),
  )
  const states = all.filter(isReserve).map(({ state }) => state)
  assert.equal(states.filter((state) => state === 'reserved').length, 100)
  assert.equal(states.filter((state) => state === 'refused').length, 200)
  const reading = addUpLedger(await publicLedger(ledger.reader))
  assert.ok(reading.ok && reading.spent.microEpsilon === 100_000 && reading.spent.seq === 100)
  assert.deepEqual(await ledger.reader.spentOf('residents', ledgerBeginMs), reading.spent)
})

test('the same race overspends where the counters are read before the commit, and the log shows it', async () => {
  let stale: Awaited<ReturnType<LedgerTransaction['spentOf']>> | undefined
  using ledger = await openLedgerLog(async (tx, intent, batch) => {
    const spent = stale ?? (await tx.spentOf('residents', ledgerBeginMs))
    stale = spent
    const before = { ...tx, spentOf: () => Promise.resolve(spent) }
    return preparePopulation(before, intent, batch, { organisation: 'tax' })
  })
  await openYear(ledger)
  const all = await Promise.all(
    Array.from({ length: 300 }, (_, place) => ledger.commit(reserve(place))),
  )
  const reserved = all.filter(isReserve).filter(({ state }) => state === 'reserved').length
  assert.equal(reserved, 300, 'three times the budget')
  const reading = addUpLedger(await publicLedger(ledger.reader))
  assert.ok(!reading.ok && reading.problem === 'CHARGE_MISSING')
})

test('the same query over one snapshot is charged once, whoever asks and however often', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  const first = reserve(1)
  const again = reserve(1, { parties: { ...first.parties, consumer: 'housing', analyst: 'other' } })
  const [one, two] = await Promise.all([ledger.commit(first), ledger.commit(again)])
  assert.ok(one.type === 'population-reserve' && one.state === 'reserved')
  assert.deepEqual(two, { ...one, state: 'held' })
  const release = new Uint8Array([123, 125])
  const { parties, snapshot } = first
  const made = await ledger.commit({ type: 'population-release', parties, snapshot, release })
  assert.ok(made.type === 'population-release' && made.entry.inclusion.includes('tlog-proof'))
  assert.deepEqual(await ledger.commit(again), {
    type: 'population-reserve',
    state: 'released',
    release,
  })
  // A second release of the same reservation never replaces what has left.
  const other = new Uint8Array([1])
  const late = await ledger.commit({
    type: 'population-release',
    parties,
    snapshot,
    release: other,
  })
  assert.ok(late.type === 'population-release')
  assert.deepEqual(late.release, release)
  assert.equal((await ledger.reader.spentOf('residents', ledgerBeginMs)).microEpsilon, 1_000)
  const next = await ledger.commit({ ...first, snapshot: '2026-12' })
  assert.ok(next.type === 'population-reserve' && next.state === 'reserved')
})

test('a refusal is an entry, costs nothing, and says what is left of which account', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  const size = async (): Promise<number> => (await ledger.reader.head())?.size ?? 0
  const before = await size()
  const dear = { cost: { microEpsilon: 100_001, deltaUnits: 0 } }
  const short = await ledger.commit(reserve(1, dear))
  assert.ok(short.type === 'population-reserve' && short.state === 'refused')
  assert.equal(short.code, 'BUDGET_SPENT')
  assert.deepEqual(short.spent, { account: 'population', left: 100_000 })
  assert.match(short.entry.opening.record, /"population.refused"/)
  assert.equal(await size(), before + 1)
  const { parties } = reserve(2)
  const refused = { type: 'population-refuse', parties, code: 'SHAPE_REFUSED' } as const
  const told = await ledger.commit(refused)
  assert.ok(
    told.type === 'population-refuse' && told.entry.opening.record.includes('SHAPE_REFUSED'),
  )
  assert.equal(await size(), before + 2)
  assert.equal((await ledger.reader.spentOf('residents', ledgerBeginMs)).microEpsilon, 0)
})

test('no year is opened twice, nor above its ceiling', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  const open = (one: Budget): Promise<PopulationCommitted> =>
    ledger.commit({ type: 'budget-open', population: 'residents', budget: one, demo: false })
  assert.deepEqual(await open(sampleBudget), {
    type: 'budget-open',
    state: 'refused',
    problem: 'TOO_EARLY',
  })
  assert.deepEqual(await open({ ...sampleBudget, microEpsilon: 3_000_000 }), {
    type: 'budget-open',
    state: 'refused',
    problem: 'ABOVE_CEILING',
  })
  const release = new Uint8Array([1])
  const { parties, snapshot } = reserve(9)
  await assert.rejects(
    ledger.commit({ type: 'population-release', parties, snapshot, release }),
    /needs its reservation/,
  )
})
