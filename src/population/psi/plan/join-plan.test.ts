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

type Changes = Readonly<Record<string, unknown>>

const noisy = (microEpsilon: number): object => ({ kind: 'noisy', microEpsilon })

const { left, right } = samplePlan()
const keyed = (groups: readonly (readonly unknown[])[], by = ['kind']): Changes => ({
  left: { ...left, by, groups },
})
const quantiles = (buckets: number, width = 800): Changes => ({
  stat: {
    kind: 'quantiles',
    side: 'left',
    element: 'rent',
    min: 0,
    max: 1599,
    width,
    ppm: [5],
  },
  ...keyed(Array.from({ length: buckets }, (_, at) => ['all', at])),
  padding: { kind: 'capacity', left: [200, 200], right: [400] },
})

const sum = (min: number, max: number): object => ({
  kind: 'sum',
  side: 'left',
  element: 'rent',
  min,
  max,
  levels: 4,
})

for (const [what, changes, words] of [
  ['a tally that is a holder', { tally: 'tax' }, /four different/],
  ['an inspector that is a holder', { inspector: 'housing' }, /four different/],
  ['an inspector that is the tally', { inspector: 'social' }, /four different/],
  ['one organisation on both sides', { right: { ...right, organisation: 'tax' } }, /four diff/],
  ['a group twice', keyed([['all'], ['all']]), /all lists of keys/],
  ['a group of more keys than elements', keyed([['all', 'more']]), /1 keys each/],
  [
    'groups that are no product',
    keyed(
      [
        ['a', 1],
        ['b', 2],
      ],
      ['kind', 'size'],
    ),
    /all lists of keys/,
  ],
  [
    'groups in another order',
    keyed(
      [
        ['a', 1],
        ['b', 1],
        ['a', 2],
        ['b', 2],
      ],
      ['kind', 'size'],
    ),
    /all lists of keys/,
  ],
  ['an element twice', keyed([['a', 'a']], ['kind', 'kind']), /twice/],
  ['a key of a filter twice', { left: { ...left, where: { kind: ['a', 'a'] } } }, /key twice/],
  ['no group', keyed([]), /left.groups/],
  ['a bucket too few', quantiles(1), /the buckets 0 to 1/],
  ['a bucket too many', quantiles(65, 24), /over 64 buckets/],
  ['bounds that are one', { stat: sum(5, 5) }, /below stat.max/],
  ['bounds too far apart', { stat: sum(-(2 ** 53) + 1, 2 ** 53 - 1) }, /by less than/],
  ['another tau', { taus: [52] }, /taus must be 50/],
  ['a tau for a part that it does not have', { taus: [50, 50] }, /taus must be 50/],
  ['too much epsilon', { cellMicroEpsilon: 500_001 }, /cellMicroEpsilon/],
  ['too much epsilon with that of both sizes', { padding: noisy(1) }, /above 500000/],
  [
    'a size epsilon that needs too many rows',
    { cellMicroEpsilon: 499_998, padding: noisy(1), deltaExponent: 12, taus: [106] },
    /too many dummies/,
  ],
  [
    'a capacity below the dilution rule',
    { padding: { kind: 'capacity', left: [199], right: [200] } },
    /200 at least/,
  ],
  [
    'a capacity for another number of groups',
    { padding: { kind: 'capacity', left: [200, 200], right: [200] } },
    /a capacity for each/,
  ],
  [
    'a capacity above the rows',
    { padding: { kind: 'capacity', left: [1_000_001], right: [200] } },
    /above maxRows/,
  ],
  ['no room for the smallest lists', { maxRows: 199 }, /no room/],
  ['another number of openings', { auditK: 63 }, /auditK/],
  ['another suite', { suite: 'cloison-psi/2' }, /suite/],
  ['a delta above 10^-6', { deltaExponent: 5 }, /deltaExponent/],
  ['something that plans do not have', { filter: 'x' }, /filter/],
] as const) {
  test(`a plan with ${what} does not parse`, () => {
    assert.throws(() => samplePlan(changes), { code: 'PLAN_INVALID', message: words })
  })
}

test('buckets of quantiles are the last keys of their side', () => {
  assert.equal(samplePlan(quantiles(2)).left.groups.length, 2)
})

test('noisy sizes are charged twice beside the cells', () => {
  const plan = samplePlan({
    cellMicroEpsilon: 300_000,
    padding: noisy(100_000),
    taus: [80],
    maxRows: 100_000,
  })
  assert.equal(plan.padding.kind, 'noisy')
})

test('a plan that is too long for those who read it does not parse', () => {
  const groups = (count: number): Changes => ({
    ...keyed(Array.from({ length: count }, (_, at) => [`${at}`.padEnd(100, 'x')])),
    padding: {
      kind: 'capacity',
      left: Array.from({ length: count }, () => 200),
      right: [200 * count],
    },
  })
  assert.ok(joinPlanBytes(samplePlan(groups(500))).length < 65_536)
  assert.throws(() => samplePlan(groups(650)), { message: /at most 65536 bytes/ })
})
