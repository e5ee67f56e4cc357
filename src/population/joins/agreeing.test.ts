import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64, encodeHex } from '../../bytes/index.ts'
import { signRequest } from '../../protocol/index.ts'
import {
  type CarryingHouse,
  oneCell,
  openCarryingHouse,
  sampleJoinRows,
  sampleJoinTruth,
} from '../../testing/join/index.ts'
import type { JoinRow } from '../ledger/index.ts'
import {
  asJoinPlan,
  JoinError,
  type JoinPlan,
  joinPlanBytes,
  joinPlanJson,
  partsOf,
  planHash,
  readResult,
} from '../psi/index.ts'
import { runBeginner } from './hold/index.ts'
import type { JoinMachine, RunStanding } from './run/index.ts'
import {
  type BeginningAnswer,
  joinBeginningBytes,
  joinBeginPath,
  parseBeginningAnswer,
  signPlan,
} from './messages/index.ts'

const rows = sampleJoinRows()

async function spent({ at, clock }: CarryingHouse, side: 'left' | 'right'): Promise<number> {
  const { reader } = at[side].store
  const population = side === 'left' ? 'residents' : 'tenants'
  const fromMs = (await reader.budgetOf(population))?.budget.fromMs ?? clock.now()
  return (await reader.spentOf(population, fromMs)).microEpsilon
}

test('a join counts who is in both, and charges each holder once', async () => {
  await using house = await openCarryingHouse({ rows })
  const plan = house.plan(oneCell)
  assert.equal((await house.at.tally.tally.run(plan, 'analyst')).state, 'begun')
  const { end } = await house.untilEnded(plan.qid)
  const [table] = readResult(plan, end?.result ?? new Uint8Array()).parts
  const noise = (table?.cells[0]?.[0] ?? Number.NaN) - sampleJoinTruth
  assert.ok(Math.abs(noise) <= (partsOf(plan)[0]?.tau ?? 0))
  for (const side of ['left', 'right'] as const) {
    assert.equal(await spent(house, side), 500_000)
    assert.equal(house.registers[side].readings.length, 1)
  }
})

test('a plan that is run twice is begun once, charged once and read once', async () => {
  await using house = await openCarryingHouse({ rows })
  const plan = house.plan(oneCell)
  const { tally } = house.at.tally
  const all = await Promise.all([tally.run(plan, 'analyst'), tally.run(plan, 'analyst')])
  assert.deepEqual(
    all.map(({ state }) => state),
    ['begun', 'begun'],
  )
  const first = await house.untilEnded(plan.qid)
  await tally.run(plan, 'analyst')
  assert.deepEqual(await house.untilEnded(plan.qid), first)
  assert.equal(await spent(house, 'left'), 500_000)
  assert.equal(house.registers.left.readings.length, 1)
})

test('no row is read before the charge is durable; a run that skips the charge is seen to read first', async () => {
  const found: Promise<JoinRow | undefined>[] = []
  let house: CarryingHouse | undefined
  let hash = ''
  const reading = (side: 'left' | 'right'): void => {
    if (house !== undefined && side === 'left') found.push(house.at.left.store.reader.join(hash))
  }
  await using opened = await openCarryingHouse({ rows, reading })
  house = opened
  const plan = house.plan(oneCell)
  hash = encodeHex(planHash(plan))
  await house.at.tally.tally.run(plan, 'analyst')
  await house.untilEnded(plan.qid)
  assert.ok((await found[0])?.reservation !== undefined)

  const other = house.plan(oneCell)
  hash = encodeHex(planHash(other))
  const known = await house.at.left.store.reader.joinByQid(plan.qid)
  assert.ok(known !== undefined)
  await runBeginner(house.at.left.context)({ ...known, planHash: hash }, other).catch(
    () => undefined,
  )
  assert.equal(await found[1], undefined, 'the same hook tells a reading without a charge')
})

test('where one side has too little left, both are told, nothing is read and nothing is begun', async () => {
  await using house = await openCarryingHouse({ rows, microEpsilon: { right: 400_000 } })
  const plan = house.plan(oneCell)
  const start = await house.at.tally.tally.run(plan, 'analyst')
  assert.ok(start.state === 'refused')
  assert.deepEqual([start.by, start.code], ['labour', 'BUDGET_SPENT'])
  for (const { store } of Object.values(house.at))
    assert.equal(await store.reader.joinByQid(plan.qid), undefined)
  assert.deepEqual(house.registers.left.readings, [])
  assert.equal(await spent(house, 'left'), 0)
})

test('a holder that refuses to begin, after both had agreed, stops the run for all', async () => {
  let house: CarryingHouse | undefined
  await using opened = await openCarryingHouse({
    rows,
    microEpsilon: { right: 500_000 },
    onTheWay: async (request, { to }, send) => {
      // Somebody else's question is charged between the agreement and the beginning.
      if (to === 'labour' && request.url.endsWith('/begin')) await spendAll(house)
      return send(request)
    },
  })
  house = opened
  const plan = house.plan(oneCell)
  const start = await house.at.tally.tally.run(plan, 'analyst')
  assert.ok(start.state === 'refused')
  assert.deepEqual([start.by, start.code], ['labour', 'BUDGET_SPENT'])
  const row = await house.untilEnded(plan.qid, ['left', 'tally'])
  assert.equal(row.end?.code, 'GIVEN_UP')
  const left = await house.at.left.store.reader.joinByQid(plan.qid)
  assert.deepEqual([left?.end?.state, left?.end?.code], ['stopped', 'GIVEN_UP'])
  assert.equal(await house.at.right.store.reader.joinByQid(plan.qid), undefined)
  assert.deepEqual(house.registers.right.readings, [])
  assert.equal(await spent(house, 'left'), 500_000)
})

async function spendAll(house: CarryingHouse | undefined): Promise<void> {
  await house?.at.right.store.writer.commit({
    type: 'population-reserve',
    population: 'tenants',
    snapshot: '2026-11',
    cost: { microEpsilon: 500_000, deltaUnits: 0 },
    agreed: 1_000_000,
    parties: {
      exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
      consumer: 'housing',
      agreement: { id: 'other', version: 1, digest: encodeBase64(new Uint8Array(32)) },
      purpose: 'https://cloison.eu/purpose/official-statistics',
      legalBasis: 'eu-gdpr:A6-1-e',
      elements: [],
      analyst: 'a',
      query: encodeBase64(new Uint8Array(32).fill(1)),
    },
  })
}

test('a plan that no question under the agreement gives is refused by an entry', async () => {
  await using house = await openCarryingHouse({ rows })
  const plan = house.plan(oneCell)
  const later = asJoinPlan({ ...joinPlanJson(plan), expiresMs: plan.expiresMs + 9 * 86_400_000 })
  const sizeBefore = (await house.at.left.store.reader.head())?.size ?? 0
  const start = await house.at.tally.tally.run(later, 'analyst')
  assert.ok(start.state === 'refused' && start.path === 'expiresMs')
  assert.equal(((await house.at.left.store.reader.head())?.size ?? 0) - sizeBefore, 1)
})

test('a plan with longer lists than one of the three computes with is refused by it, and costs nothing', async () => {
  for (const [party, by] of [
    ['left', 'tax'],
    ['tally', 'housing'],
  ] as const) {
    const most = { points: 10_000_000 }
    await using house = await openCarryingHouse({
      rows,
      mostPointsOf: (one) => (one === party ? 10_000 : most.points),
    })
    const plan = house.plan(oneCell)
    const long = asJoinPlan({ ...joinPlanJson(plan), maxRows: 10_001 })
    const start = await house.at.tally.tally.run(long, 'analyst')
    assert.ok(start.state === 'refused')
    assert.deepEqual([start.by, start.code, start.path], [by, 'SHAPE_REFUSED', 'maxRows'])
    assert.equal(await spent(house, 'left'), 0)
    assert.equal((await house.at.tally.tally.run(plan, 'analyst')).state, 'begun')
  }
})

test('of the runs that are begun at once, one at a time has its rows read, and a late one is not read', async () => {
  await using house = await openCarryingHouse({ rows })
  const { context } = house.at.left
  let running = 0
  const together: number[] = []
  const machine: JoinMachine = {
    ...context.machine,
    async draw() {
      running += 1
      together.push(running)
      await context.timers.sleep(5)
      running -= 1
      throw new JoinError('ROWS_REFUSED', 'nothing is read in this test')
    },
  }
  let lateMs = 0
  const clock = { now: () => house.clock.now() + lateMs }
  const begin = runBeginner({ ...context, machine, clock })
  const beginOne = (): Promise<RunStanding> => {
    const plan = house.plan(oneCell)
    const row = { plan: joinPlanBytes(plan), planHash: encodeHex(planHash(plan)) }
    return begin({ ...sampleRow, ...row, role: 'left' }, plan)
  }
  const all = await Promise.allSettled([beginOne(), beginOne(), beginOne()])
  assert.deepEqual(together, [1, 1, 1])
  assert.ok(all.every(({ status }) => status === 'rejected'))
  lateMs = 2 * 86_400_000
  await assert.rejects(beginOne(), { code: 'PLAN_EXPIRED' })
  assert.equal(together.length, 3)
})

/** What a beginning does not look at. */
const sampleRow: Omit<JoinRow, 'role' | 'plan' | 'planHash'> = {
  qid: '',
  analyst: 'a',
  signatures: Uint8Array.of(1),
  reservation: null,
  place: { origin: 'tax.localhost/log', index: 0 },
  begunMs: 0,
  end: undefined,
}

test('a second plan of one number is refused by holders and tally, and nobody stops for it', async () => {
  await using house = await openCarryingHouse({ rows })
  const { tally } = house.at.tally
  const first = house.plan(oneCell)
  const [second, third] = [1, 2].map((later) =>
    asJoinPlan({ ...joinPlanJson(first), expiresMs: first.expiresMs + later }),
  )
  assert.ok(second !== undefined && third !== undefined)
  // All three were proposed before one of them was begun: then the commits alone can tell.
  const atOnce = await Promise.all([tally.run(first, 'analyst'), tally.run(second, 'analyst')])
  assert.deepEqual(atOnce.map(({ state }) => state).toSorted(), ['begun', 'refused'])
  const refused = [...atOnce, await tally.run(third, 'analyst')].filter(
    (one) => one.state === 'refused',
  )
  assert.deepEqual(
    refused.map(({ code, path }) => [code, path]),
    [
      ['SHAPE_REFUSED', 'qid'],
      ['SHAPE_REFUSED', 'qid'],
    ],
  )
  assert.equal((await house.untilEnded(first.qid)).end?.state, 'done')
  assert.equal(await spent(house, 'left'), 500_000)
  const next = house.plan(oneCell)
  assert.equal((await tally.run(next, 'analyst')).state, 'begun')
  assert.equal((await house.untilEnded(next.qid)).end?.state, 'done')
})

/** Asks the left holder to begin a plan that all three have signed, as its tally. */
async function beginAtLeft(house: CarryingHouse, plan: JoinPlan): Promise<BeginningAnswer> {
  const { left, right, tally } = house.at
  const { key, ed25519, randomness } = tally.context
  const hash = planHash(plan)
  const signatures = {
    left: signPlan(hash, left.context.key, ed25519),
    right: signPlan(hash, right.context.key, ed25519),
    tally: signPlan(hash, key, ed25519),
  }
  const analyst = tally.context.pseudonymOf('tax', 'analyst')
  const body = joinBeginningBytes({ v: 1, plan, analyst, signatures })
  const path = joinBeginPath(plan.qid)
  const target = { method: 'POST', authority: left.authority, path }
  const headers = signRequest(
    { ...target, contentType: 'application/json', body },
    { key, createdAtMs: house.clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const by = { consumers: left.context.peers, mayAsk: () => true }
  const { body: answer } = await left.answerer.begin(plan.qid, { ...target, headers, body }, by)
  return parseBeginningAnswer(answer)
}

test('two plans of one number that a holder is asked to begin at once: one is begun, one refused', async () => {
  await using house = await openCarryingHouse({ rows })
  const first = house.plan(oneCell)
  const second = asJoinPlan({ ...joinPlanJson(first), expiresMs: first.expiresMs + 1 })
  const answers = await Promise.all([beginAtLeft(house, first), beginAtLeft(house, second)])
  assert.deepEqual(answers.map(({ state }) => state).toSorted(), ['begun', 'refused'])
  const refused = answers.find((one) => one.state === 'refused')
  assert.deepEqual([refused?.code, refused?.path], ['SHAPE_REFUSED', 'qid'])
  assert.equal(await spent(house, 'left'), 500_000)
})

test('a beginning that not all three have signed begins nothing', async () => {
  await using house = await openCarryingHouse({ rows })
  const plan = house.plan(oneCell)
  const { left, tally } = house.at
  const { key, ed25519, randomness } = tally.context
  const hash = planHash(plan)
  const byLeft = signPlan(hash, left.context.key, ed25519)
  // The left holder's word stands in the place of the right one's.
  const signatures = { left: byLeft, right: byLeft, tally: signPlan(hash, key, ed25519) }
  const analyst = tally.context.pseudonymOf('tax', 'analyst')
  const body = joinBeginningBytes({ v: 1, plan, analyst, signatures })
  const path = joinBeginPath(plan.qid)
  const target = { method: 'POST', authority: left.authority, path }
  const headers = signRequest(
    { ...target, contentType: 'application/json', body },
    { key, createdAtMs: house.clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const by = { consumers: left.context.peers, mayAsk: () => true }
  const response = await left.answerer.begin(plan.qid, { ...target, headers, body }, by)
  assert.equal(response.status, 401)
  assert.equal(await left.store.reader.joinByQid(plan.qid), undefined)
  assert.equal(await spent(house, 'left'), 0)
})
