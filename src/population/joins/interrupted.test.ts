import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RegisterError } from '../../register/index.ts'
import {
  type CarryingHouse,
  type HouseParty,
  oneCell,
  openCarryingHouse,
  sampleJoinRows,
  sampleJoinTruth,
} from '../../testing/join/index.ts'
import { type JoinPlan, partsOf, readResult } from '../psi/index.ts'
import type { JoinMachine } from './run/index.ts'

const rows = sampleJoinRows()
const parties = ['left', 'right', 'tally'] as const

/** A crash of one party at one of its steps. */
interface Crash {
  readonly party: HouseParty
  /** Counted from 0. */
  readonly step: number
  /** Whether the step was on disk by then. */
  readonly isAfter: boolean
}

/** A machine that at one step never answers, as a process that was killed there; `crashed` tells when. */
function stoppingAt(
  machine: JoinMachine,
  { step, isAfter }: Crash,
  crashed: () => void,
): JoinMachine {
  let steps = 0
  let isDead = false
  const counted =
    <Given extends readonly unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const at = steps
      steps += 1
      if (isDead) return new Promise<Result>(() => undefined)
      if (at !== step) return call(...given)
      isDead = true
      if (isAfter) await call(...given)
      crashed()
      return new Promise<Result>(() => undefined)
    }
  return {
    draw: (...given) => machine.draw(...given),
    standing: (...given) => machine.standing(...given),
    begin: counted((...given: Parameters<JoinMachine['begin']>) => machine.begin(...given)),
    beginAudit: (...given) => machine.beginAudit(...given),
    beginTally: counted((...given: Parameters<JoinMachine['beginTally']>) =>
      machine.beginTally(...given),
    ),
    receive: counted((...given: Parameters<JoinMachine['receive']>) => machine.receive(...given)),
    giveUp: counted((...given: Parameters<JoinMachine['giveUp']>) => machine.giveUp(...given)),
  }
}

/** What must hold whatever crashed: one charge a side, each message sent with one content, and a table within its law. */
async function checkRun(house: CarryingHouse, plan: JoinPlan): Promise<void> {
  const { end } = await house.untilEnded(plan.qid)
  assert.equal(end?.code, null, JSON.stringify(house.at.left.reports.slice(-3)))
  const [table] = readResult(plan, end?.result ?? new Uint8Array()).parts
  const noise = (table?.cells[0]?.[0] ?? Number.NaN) - sampleJoinTruth
  assert.ok(Math.abs(noise) <= (partsOf(plan)[0]?.tau ?? 0))
  for (const side of ['left', 'right'] as const) {
    const { reader } = house.at[side].store
    const charges = await reader.ledgerOf(side === 'left' ? 'residents' : 'tenants')
    assert.equal(charges.filter((row) => 'charge' in row).length, 1)
  }
  for (const party of parties) await checkSent(house, party, plan)
}

async function checkSent(house: CarryingHouse, party: HouseParty, plan: JoinPlan): Promise<void> {
  const { reader } = house.at[party].store
  const row = await reader.joinByQid(plan.qid)
  const sent = (await reader.joinMessages(row?.planHash ?? '')).filter(
    ({ direction }) => direction === 'sent',
  )
  const names = sent.map(({ leg, party: to }) => `${leg} ${to}`)
  // Two notices go to the tally under M2.
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  assert.ok(twice.every((name) => name === 'M2 tally') && twice.length <= 1, twice.join())
}

async function runWithCrash(crash: Crash): Promise<boolean> {
  const crashed = Promise.withResolvers<void>()
  let isFirst = true
  await using house = await openCarryingHouse({
    rows,
    machineOf(party, machine) {
      if (party !== crash.party || !isFirst) return machine
      isFirst = false
      return stoppingAt(machine, crash, () => crashed.resolve())
    },
  })
  const plan = house.plan(oneCell)
  void house.at.tally.tally.run(plan, 'analyst').catch(() => undefined)
  const isReached = await Promise.race([
    crashed.promise.then(() => true),
    house.untilEnded(plan.qid).then(() => false),
  ])
  if (isReached) await house.restart(crash.party)
  await checkRun(house, plan)
  return isReached
}

const all: readonly Crash[] = parties.flatMap((party) =>
  Array.from({ length: party === 'tally' ? 11 : 5 }, (_, step) => step).flatMap((step) =>
    [false, true].map((isAfter) => ({ party, step, isAfter })),
  ),
)
const few: readonly Crash[] = [
  { party: 'left', step: 0, isAfter: true },
  { party: 'right', step: 2, isAfter: false },
  { party: 'tally', step: 4, isAfter: true },
]

const isLong = process.env['CLOISON_TEST_ALL'] === '1'
for (const crash of isLong ? all : few)
  test(`a crash of the ${crash.party} ${crash.isAfter ? 'after' : 'before'} its step ${crash.step} changes no byte that was sent, and no charge`, async () => {
    assert.ok(await runWithCrash(crash), 'the step is reached')
  })

test('a register that is away is asked again; nothing had left, so noise is drawn anew', async () => {
  let tries = 0
  await using house = await openCarryingHouse({
    rows,
    reading(side) {
      if (side !== 'left') return
      tries += 1
      if (tries < 2) throw new RegisterError('UNAVAILABLE', 'away')
    },
  })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await checkRun(house, plan)
  assert.equal(tries, 2)
})

test('a register that refuses stops the run for all, and stays charged', async () => {
  await using house = await openCarryingHouse({
    rows,
    reading(side) {
      if (side === 'left') throw new RegisterError('RECORDS_INVALID', 'a person has two rows')
    },
  })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  await house.untilEnded(plan.qid)
  for (const party of parties) {
    const { end } = (await house.at[party].store.reader.joinByQid(plan.qid)) ?? {}
    assert.deepEqual([end?.state, end?.code], ['stopped', 'GIVEN_UP'])
    assert.doesNotMatch(new TextDecoder().decode(end?.abort), /two rows|RECORDS/)
  }
})

test('a run that is not done when its plan ends stops at every party, by itself', async () => {
  let nowMs = Date.now()
  await using house = await openCarryingHouse({
    rows,
    clock: { now: () => (nowMs += 1) },
    onTheWay: (request, { from }, send) =>
      from === 'labour' && request.url.endsWith('/m1')
        ? Promise.reject(new TypeError('lost'))
        : send(request),
  })
  const plan = house.plan(oneCell)
  await house.at.tally.tally.run(plan, 'analyst')
  for (const { runner } of Object.values(house.at)) await runner.idle()
  nowMs = plan.expiresMs + 1
  await house.untilEnded(plan.qid)
  for (const party of parties) {
    const { end } = (await house.at[party].store.reader.joinByQid(plan.qid)) ?? {}
    assert.deepEqual([end?.state, end?.code], ['stopped', 'PLAN_EXPIRED'])
  }
})
