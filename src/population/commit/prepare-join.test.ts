import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64 } from '../../bytes/index.ts'
import {
  ledgerBeginMs,
  type LedgerLog,
  openLedgerLog,
  sampleBudget,
} from '../../testing/population/index.ts'
import type { BeginJoinCommitted, BeginJoinIntent, JoinMessageCommitted } from './join-intents.ts'
import { preparePopulation } from './prepare-population.ts'

const digest = encodeBase64(new Uint8Array(32).fill(7))

function beginning(planHash: string, changes: Partial<BeginJoinIntent> = {}): BeginJoinIntent {
  return {
    type: 'join-begin',
    parties: {
      exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
      consumer: 'social',
      provider: 'tax',
      agreement: { id: 'social-tax-joins', version: 1, digest },
      purpose: 'https://cloison.eu/purpose/official-statistics',
      legalBasis: 'eu-gdpr:A6-1-e',
      elements: ['district'],
      analyst: 'a1',
      query: digest,
    },
    join: {
      planHash,
      qid: `qid of ${planHash}`,
      role: 'left',
      analyst: 'a1',
      plan: Uint8Array.of(1),
      signatures: Uint8Array.of(2),
    },
    charge: {
      population: 'residents',
      cost: { microEpsilon: 40_000, deltaUnits: 3 },
      agreed: 1_000_000,
    },
    ...changes,
  }
}

async function openYear(ledger: LedgerLog): Promise<void> {
  const budget = { ...sampleBudget, deltaExponent: 9 }
  await ledger.commit({ type: 'budget-open', population: 'residents', budget, demo: false })
}

async function begin(ledger: LedgerLog, intent: BeginJoinIntent): Promise<BeginJoinCommitted> {
  const done = await ledger.commit(intent)
  assert.ok(done.type === 'join-begin')
  return done
}

const spent = async ({ reader }: LedgerLog): Promise<number> =>
  (await reader.spentOf('residents', ledgerBeginMs)).microEpsilon

test('a plan is charged and begun in one commit, once, however often it is asked for at once', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  const all = await Promise.all(Array.from({ length: 20 }, () => begin(ledger, beginning('aa'))))
  assert.deepEqual(all.map(({ state }) => state).toSorted(), [
    'begun',
    ...Array.from({ length: 19 }, () => 'known'),
  ])
  assert.equal(await spent(ledger), 40_000)
  const row = await ledger.reader.join('aa')
  const [, charge] = await ledger.reader.ledgerOf('residents')
  assert.ok(charge !== undefined && 'charge' in charge)
  assert.equal(row?.reservation, charge.reservation)
  assert.equal(charge.charge.deltaUnits, 3)
})

test('a third plan that the year cannot pay is refused, and nothing of it is begun', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  await begin(ledger, beginning('aa'))
  await begin(ledger, beginning('bb'))
  const short = await begin(ledger, beginning('cc'))
  assert.ok(short.state === 'refused' && short.code === 'BUDGET_SPENT')
  assert.deepEqual(short.spent, { account: 'population', left: 20_000 })
  assert.equal(await ledger.reader.join('cc'), undefined)
  assert.equal(await spent(ledger), 80_000)
})

test('where an agreement has ended by the time of the commit, nothing is begun', async () => {
  using ledger = await openLedgerLog((tx, intent, batch) =>
    preparePopulation(tx, intent, batch, {
      organisation: 'tax',
      refusalNow: () => Promise.resolve('AGREEMENT_SUSPENDED'),
    }),
  )
  await openYear(ledger)
  const refused = await begin(ledger, beginning('aa'))
  assert.ok(refused.state === 'refused' && refused.code === 'AGREEMENT_SUSPENDED')
  assert.equal(await ledger.reader.join('aa'), undefined)
  assert.equal(await spent(ledger), 0)
})

test('a second plan of one number is refused, charges nothing, and leaves the log fit for entries', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  const { join } = beginning('aa')
  const sameNumber = beginning('bb', { join: { ...join, planHash: 'bb' } })
  const [first, second] = await Promise.all([
    begin(ledger, beginning('aa')),
    begin(ledger, sameNumber),
  ])
  assert.equal(first.state, 'begun')
  assert.ok(second.state === 'refused' && second.code === 'SHAPE_REFUSED')
  const uncharged = await begin(ledger, { ...sameNumber, charge: null })
  assert.equal(uncharged.state, 'refused')
  assert.equal(await ledger.reader.join('bb'), undefined)
  assert.equal(await spent(ledger), 40_000)
  assert.equal((await begin(ledger, beginning('cc'))).state, 'begun')
})

test('the tally begins without a charge', async () => {
  using ledger = await openLedgerLog()
  const begun = await begin(ledger, beginning('aa', { charge: null }))
  assert.equal(begun.state, 'begun')
  assert.equal((await ledger.reader.join('aa'))?.reservation, null)
})

test('a message is one entry, and a key serves one plan', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  await begin(ledger, beginning('aa'))
  await begin(ledger, beginning('bb'))
  const { parties } = beginning('aa')
  const message = async (planHash: string, key: string | null): Promise<JoinMessageCommitted> => {
    const name = { planHash, direction: 'received', party: 'right', leg: 'M1', digest } as const
    const done = await ledger.commit({ type: 'join-message', parties, message: name, key })
    assert.ok(done.type === 'join-message')
    return done
  }
  const first = await message('aa', 'ee')
  assert.deepEqual(await message('aa', 'ee'), { ...first, state: 'known' })
  assert.equal(first.isKeyFresh, true)
  assert.equal((await message('bb', 'ee')).isKeyFresh, false)
  const [row] = await ledger.reader.joinMessages('aa')
  assert.deepEqual(row?.place, first.place)
})

test('an end is written once; what is destroyed keeps its result', async () => {
  using ledger = await openLedgerLog()
  await openYear(ledger)
  await begin(ledger, beginning('aa'))
  const { parties } = beginning('aa')
  const of = { type: 'join-end', parties, planHash: 'aa', resultDigest: digest } as const
  const result = Uint8Array.of(4)
  await ledger.commit({ ...of, end: { state: 'done', code: null, result, abort: undefined } })
  const size = (await ledger.reader.head())?.size
  const late = {
    state: 'stopped',
    code: 'PLAN_EXPIRED',
    result: undefined,
    abort: undefined,
  } as const
  await ledger.commit({ ...of, end: late })
  assert.equal((await ledger.reader.join('aa'))?.end?.state, 'done')
  await ledger.commit({
    ...of,
    end: { state: 'destroyed', code: null, result: undefined, abort: undefined },
  })
  const row = await ledger.reader.join('aa')
  assert.deepEqual([row?.end?.state, row?.end?.result], ['destroyed', result])
  assert.equal((await ledger.reader.head())?.size, size)
  assert.deepEqual(await ledger.reader.openJoins(), [])
})
