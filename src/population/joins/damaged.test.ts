import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  type CarryingHouse,
  type HouseParty,
  oneCell,
  openCarryingHouse,
  sampleJoinRows,
} from '../../testing/join/index.ts'
import { type JoinPlan, planHash } from '../psi/index.ts'

const rows = sampleJoinRows()
const parties = ['left', 'right', 'tally'] as const
type Party = (typeof parties)[number]
const hashOf = (plan: JoinPlan): string => Buffer.from(planHash(plan)).toString('hex')

/** What happens to a file on disk. */
type Damage = (path: string) => void

const flip: Damage = (path) => {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(path, bytes)
}
const cut: Damage = (path) => writeFileSync(path, readFileSync(path).subarray(0, -1))
const empty: Damage = (path) => writeFileSync(path, '')
const lose: Damage = (path) => rmSync(path)

const cases: readonly (readonly [string, string, Damage])[] = [
  ['a flipped bit in its state', 'head.holder', flip],
  ['a state that was cut off', 'head.holder', cut],
  ['a state that is gone', 'head.holder', lose],
  ['a list of secrets that is empty', 'secrets.s', empty],
  ['a flipped bit in the list that it is to send', 'made.remasked', flip],
]

/** Until the left holder has made its M3, which nobody gets while `isHeld`. */
async function untilRemasked(house: CarryingHouse, plan: JoinPlan): Promise<void> {
  const { left } = house.at
  for (let tries = 0; tries < 2_000; tries += 1) {
    const messages = await left.store.reader.joinMessages(hashOf(plan))
    if (messages.some(({ leg }) => leg === 'M3')) return left.runner.idle()
    await new Promise((done) => setTimeout(done, 5))
  }
  throw new Error('the list is not made')
}

/** The run has ended with this code for all three, by one abort; it cost the left holder once, and nothing tries again. */
async function assertStopped(house: CarryingHouse, plan: JoinPlan, by: Party): Promise<void> {
  const ends = await Promise.all(
    parties.map(async (party) => (await house.at[party].store.reader.joinByQid(plan.qid))?.end),
  )
  for (const end of ends) {
    assert.deepEqual([end?.state, end?.code], ['stopped', 'STATE_DAMAGED'])
    assert.deepEqual(end?.abort, ends[0]?.abort)
  }
  for (const party of parties.filter((one) => one !== by)) {
    const messages = await house.at[party].store.reader.joinMessages(hashOf(plan))
    assert.ok(messages.some(({ leg, direction }) => leg === 'ABORT' && direction === 'received'))
  }
  const charges = await house.at.left.store.reader.ledgerOf('residents')
  assert.equal(charges.filter((row) => 'charge' in row).length, 1)
  await assertQuiet(house, plan, by)
}

/** Nothing is tried again: what is kept of it is gone. */
async function assertQuiet(house: CarryingHouse, plan: JoinPlan, by: HouseParty): Promise<void> {
  const { runs, runner, reports } = house.at[by]
  await runner.idle()
  assert.equal(runs.open(hashOf(plan)), undefined)
  const before = reports.length
  for (let round = 0; round < 3; round += 1) await runner.round()
  await runner.idle()
  assert.equal(house.at[by].reports.length, before)
}

interface Held extends AsyncDisposable {
  readonly house: CarryingHouse
  readonly plan: JoinPlan
  /** Lets the left holder's M3 go, which was on its way. */
  release(): void
}

/** A run whose left holder has made its M3, which nobody has got yet. */
async function heldAtRemasked(): Promise<Held> {
  let isHeld = true
  const house = await openCarryingHouse({
    rows,
    onTheWay(request, { from }, send) {
      const isList = from === 'tax' && request.url.endsWith('/m3')
      if (isHeld && isList) return Promise.reject(new Error('held'))
      return send(request)
    },
  })
  const plan = house.plan(oneCell)
  void house.at.tally.tally.run(plan, 'analyst').catch(() => undefined)
  await untilRemasked(house, plan)
  return {
    house,
    plan,
    release: () => {
      isHeld = false
    },
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
}

for (const [what, name, damage] of cases)
  test(`a holder with ${what} stops the run for all, with one charge and one abort`, async () => {
    await using held = await heldAtRemasked()
    const { house, plan } = held
    damage(join(house.dir, 'tax', 'joins', hashOf(plan), name))
    held.release()
    await house.restart('left')
    await house.untilEnded(plan.qid)
    await assertStopped(house, plan, 'left')
  })

test('a list that is damaged while its gateway runs is found as it is sent, and stops the run for all', async () => {
  await using held = await heldAtRemasked()
  const { house, plan } = held
  flip(join(house.dir, 'tax', 'joins', hashOf(plan), 'made.remasked'))
  held.release()
  await house.untilEnded(plan.qid)
  await assertStopped(house, plan, 'left')
})

test('a tally whose state is damaged stops the run for all', async () => {
  await using held = await heldAtRemasked()
  const { house, plan } = held
  await house.at.tally.runner.idle()
  flip(join(house.dir, 'housing', 'joins', hashOf(plan), 'head.tally'))
  held.release()
  await house.restart('tally')
  await house.untilEnded(plan.qid)
  await assertStopped(house, plan, 'tally')
})

test('a holder whose files are damaged after the result destroys what is left, and keeps the table', async () => {
  let nowMs = Date.now()
  await using house = await openCarryingHouse({ rows, clock: { now: () => (nowMs += 1) } })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.untilEnded(plan.qid)
  await house.at.left.runner.idle()
  flip(join(house.dir, 'tax', 'joins', hashOf(plan), 'head.holder'))
  await house.restart('left')
  nowMs += 120_000
  await house.at.left.runner.round()
  await house.at.left.runner.idle()
  const { end } = (await house.at.left.store.reader.joinByQid(plan.qid)) ?? {}
  assert.equal(end?.state, 'destroyed')
  assert.ok(end.result !== undefined)
  assert.equal(house.at.left.runs.open(hashOf(plan)), undefined)
})

for (const [what, damage] of [
  ['a flipped bit in its state', flip],
  ['a state that was cut off', cut],
  ['a state that is gone', lose],
] as const)
  test(`an inspector with ${what} ends its audit without a finding, and leaves the run alone`, async () => {
    let nowMs = Date.now()
    let isHeld = false
    await using house = await openCarryingHouse({
      rows,
      clock: { now: () => (nowMs += 1) },
      onTheWay: (request, { to }, send) =>
        isHeld && to === 'ombudsman' ? Promise.reject(new Error('held')) : send(request),
    })
    const plan = house.plan(oneCell)
    await house.at.tally.tally.run(plan, 'analyst')
    await house.untilEnded(plan.qid)
    const { auditor } = house.at.inspector
    // The evidence of all three is on its way, and the inspector waits for it.
    isHeld = true
    const order = { qid: plan.qid, dummiesOf: null, patienceMs: 60_000, by: 'desk' }
    assert.equal((await auditor.begin(order)).state, 'begun')
    await house.at.inspector.runner.idle()
    damage(join(house.dir, 'ombudsman', 'joins', hashOf(plan), 'head.inspector'))
    isHeld = false
    await house.restart('inspector')
    await house.untilEnded(plan.qid, ['inspector'])
    const { store } = house.at.inspector
    const { end } = (await store.reader.joinByQid(plan.qid)) ?? {}
    assert.deepEqual([end?.state, end?.code], ['stopped', 'STATE_DAMAGED'])
    assert.deepEqual([end?.result, end?.abort], [undefined, undefined])
    for (const party of parties) {
      const other = await house.at[party].store.reader.joinByQid(plan.qid)
      assert.equal(other?.end?.state, 'done', 'the table of the run stays')
    }
    await assertQuiet(house, plan, 'inspector')
  })
