import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatBytes, utf8 } from '../../../bytes/index.ts'
import { packedCount } from '../../../crypto/index.ts'
import {
  auditDeps,
  type JoinRun,
  numbersFrom,
  people,
  runJoin,
  sampleUnitsPlan,
} from '../../../testing/join/index.ts'
import { pointsOf, writeMessage } from '../messages/index.ts'
import { planHash } from '../plan/index.ts'
import { pointTree, treeRoot } from '../points/index.ts'
import { holderReceives } from '../steps/holder-receives.ts'
import { readCommit } from '../steps/take-commit.ts'
import { type AuditFinding, judgeAudit } from './judge-audit.ts'

const none = new Uint8Array(0)
const levels = 2

/** A row's token in the part of units. */
function unit(n: number, identifier: string): Uint8Array {
  return concatBytes(Uint8Array.of(n >> 8, n & 0xff), utf8(identifier))
}

/** What each resident has, once for each unit. */
const units = (to: number): Uint8Array[] =>
  numbersFrom(0, to).flatMap((number) => [
    unit(1, `resident ${number}`),
    unit(2, `resident ${number}`),
  ])

/** Runs a sum whose left holder has rows that it brings itself, and its own account of them. */
function runWith(rogue: readonly Uint8Array[]): JoinRun {
  const left = [...units(20), ...rogue]
  return runJoin(sampleUnitsPlan('sum', levels), { rows: { left: [left], right: [units(10)] } })
}

/** The findings about the left holder where the rows of these numbers are opened, with as many others as an audit has. */
function findings(run: JoinRun, numbers: readonly number[]): readonly AuditFinding[] {
  const { plan, holders, deps } = run
  const { made, taken, secrets } = holders.left
  const order = secrets?.order ?? []
  const wanted = numbers.map((number) => [...order].indexOf(number))
  const others = numbersFrom(0, order.length).filter((place) => !wanted.includes(place))
  const places = [...wanted, ...others].slice(0, plan.auditK).toSorted((one, other) => one - other)
  const request = writeMessage({
    v: 1,
    kind: 'join.audit',
    planHash: planHash(plan),
    left: places,
    right: numbersFrom(0, plan.auditK),
    dummiesOf: null,
  })
  const { state } = holderReceives(holders.left, { from: 'inspector', bytes: request }, deps.left)
  const blinded = pointsOf(made.blinded ?? none)
  assert.equal(packedCount(blinded), order.length)
  const evidence = {
    plan,
    side: 'left',
    commit: readCommit(plan, 'left', made.commit ?? none),
    peer: readCommit(plan, 'right', taken.commit ?? none),
    root: treeRoot(pointTree(blinded)),
  } as const
  const found = judgeAudit(evidence, { request, answer: state.made.audited ?? none }, auditDeps)
  return found.map(({ code, at }) => ({ code, at: at === null ? null : (order[at] ?? null) }))
}

/** Rows are numbered as they came, and these come after the honest ones. */
const first = units(20).length

test('rows of units from 1 to the levels are what a plan has', () => {
  assert.deepEqual(findings(runWith([]), numbersFrom(0, 40)), [])
})

test('a row that counts as a unit beyond the levels, or as none, is found where it is opened', () => {
  const rogue = [
    unit(levels + 1, 'resident 3'),
    unit(0, 'resident 4'),
    unit(256, 'resident 5'),
    unit(1, ''),
  ]
  const numbers = rogue.map((_, at) => first + at)
  const found = findings(runWith(rogue), numbers)
  assert.deepEqual(
    found.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0)),
    numbers.map((at) => ({ code: 'UNIT_OUTSIDE', at })),
  )
})

test('the same unit of one person twice is refused before it is in a list', () => {
  assert.throws(() => runWith([unit(1, 'resident 3')]), { code: 'ROWS_REFUSED' })
})

test('in the part of people a row is an identifier, whatever its first bytes are', () => {
  const plan = sampleUnitsPlan('mean', levels)
  const residents = [...people(...numbersFrom(0, 20)), unit(9, 'resident 3'), Uint8Array.of(0, 0)]
  const rows = { left: [residents, units(20)], right: [people(...numbersFrom(0, 10)), units(10)] }
  const run = runJoin(plan, { rows })
  assert.deepEqual(findings(run, numbersFrom(0, residents.length)), [])
})
