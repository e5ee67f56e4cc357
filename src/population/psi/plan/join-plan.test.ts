import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeHex } from '../../../bytes/index.ts'
import { samplePlan, samplePlanOf } from '../../../testing/join/index.ts'
import { joinPlanBytes, planHash, planTag, readJoinPlan } from './join-plan.ts'

test('a plan is read from exactly the bytes that it is written to, and its hash is its tag', () => {
  for (const plan of [samplePlan(), samplePlanOf(3, 2)]) {
    assert.deepEqual(readJoinPlan(joinPlanBytes(plan)), plan)
    const tag = String(Buffer.from(planTag(plan)))
    assert.equal(tag, `CLOISON-PSI-v1-${encodeHex(planHash(plan))}`)
    const bytes = joinPlanBytes(plan)
    assert.throws(() => readJoinPlan(bytes.slice(0, -1)), { code: 'PLAN_INVALID' })
    assert.throws(() => readJoinPlan(Uint8Array.of(32, ...bytes)), { code: 'PLAN_INVALID' })
  }
  assert.notDeepEqual(planHash(samplePlan()), planHash(samplePlan()))
})

const noisy = (microEpsilon: number): object => ({ kind: 'noisy', microEpsilon })

for (const [what, changes] of [
  ['a tally that is a holder', { tally: 'tax' }],
  ['an inspector that is a holder', { inspector: 'housing' }],
  ['an inspector that is the tally', { inspector: 'social' }],
  ['one organisation on both sides', { right: { organisation: 'tax', groups: ['all'] } }],
  ['a group named twice', { left: { organisation: 'tax', groups: ['all', 'all'] } }],
  ['no group', { left: { organisation: 'tax', groups: [] } }],
  ['another tau', { tau: 52 }],
  ['too much epsilon', { cellMicroEpsilon: 500_001 }],
  ['too much epsilon with that of both sizes', { padding: noisy(1) }],
  [
    'a size epsilon that needs too many rows',
    { cellMicroEpsilon: 499_998, padding: noisy(1), deltaExponent: 12, tau: 106 },
  ],
  [
    'a capacity below the dilution rule',
    { padding: { kind: 'capacity', left: [199], right: [200] } },
  ],
  [
    'a capacity for another number of groups',
    { padding: { kind: 'capacity', left: [200, 200], right: [200] } },
  ],
  ['a capacity above the rows', { padding: { kind: 'capacity', left: [1_000_001], right: [200] } }],
  ['no room for the smallest lists', { maxRows: 199 }],
  ['another number of openings', { auditK: 63 }],
  ['another suite', { suite: 'cloison-psi/2' }],
  ['a delta above 10^-6', { deltaExponent: 5 }],
  ['something that plans do not have', { filter: 'x' }],
] as const) {
  test(`a plan with ${what} does not parse`, () => {
    assert.throws(() => samplePlan(changes), { code: 'PLAN_INVALID' })
  })
}

test('noisy sizes are charged twice beside the cells', () => {
  const plan = samplePlan({
    cellMicroEpsilon: 300_000,
    padding: noisy(100_000),
    tau: 80,
    maxRows: 100_000,
  })
  assert.equal(plan.padding.kind, 'noisy')
})
