import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JoinGroup, packedAt, packedCount } from '../../../src/crypto/index.ts'
import { systemRandomness } from '../../../src/platform/index.ts'
import { asJoinPlan, joinPlanJson, smallestTau } from '../../../src/population/psi/index.ts'
import { numbersFrom, people, samplePlan, testGroup } from '../../../src/testing/join/index.ts'
import { taggingHolder } from '../tagging-holder.ts'
import { openHops } from './open-hops.ts'
import {
  after,
  countPatterns,
  type Holder,
  holders,
  jointKey,
  type Pattern,
  patterns,
  planHashOf,
  runThree,
  takeJointKey,
  type ThreePlan,
  type ThreeRun,
  threeTag,
} from './three-way.ts'

/*
 * Three registers, three holders and a tally: counts of people in two of them and in all three, with the noise of all three
 * holders. Gateways join two: what is shown here is that group, checks, noise and proofs carry a third.
 */

const deps = { group: testGroup, randomness: systemRandomness }
let plans = 0

function planOf(changes: Partial<ThreePlan> = {}): ThreePlan {
  plans += 1
  const law = { microEpsilon: 500_000, tau: 8 }
  return { hash: planHashOf(`three ${plans}`), law, padded: [120, 120, 120], ...changes }
}

/** People 0 … 59, 20 … 79 and 40 … 99: all three have 40 … 59. */
const rows = [numbersFrom(0, 60), numbersFrom(20, 80), numbersFrom(40, 100)] as const
const lists = rows.map((numbers) => people(...numbers))

/** How many of the numbers are in exactly the registers of a pattern. */
function trueCount(sets: readonly (readonly number[])[], pattern: Pattern): number {
  const all = new Set(sets.flat())
  return [...all].filter(
    (one) => holders.filter((holder) => sets[holder]?.includes(one)).join('') === pattern,
  ).length
}

function noiseOf({ secrets }: ThreeRun, pattern: Pattern): number {
  return secrets.reduce((sum, { used }) => sum + used[pattern], 0)
}

function isCounted(run: ThreeRun, sets: readonly (readonly number[])[]): void {
  const counted = countPatterns(run)
  for (const pattern of patterns)
    assert.equal(counted[pattern], trueCount(sets, pattern) + noiseOf(run, pattern), pattern)
}

test('each count is of the people in exactly these registers, and of the dummies of all three holders', () => {
  isCounted(runThree(planOf(), lists, deps), rows)
  for (const sets of [
    [[], [], []],
    [[1], [1], [1]],
    [[1], [], [1]],
    [numbersFrom(0, 30), numbersFrom(30, 60), numbersFrom(60, 90)],
    [numbersFrom(0, 50), numbersFrom(0, 50), numbersFrom(49, 50)],
  ])
    isCounted(
      runThree(
        planOf(),
        sets.map((one) => people(...one)),
        deps,
      ),
      sets,
    )
})

test('with the law of a real plan the noise of every count is all of three draws, and a holder takes off its own alone', () => {
  const law = { microEpsilon: 100_000, tau: smallestTau(100_000, 6) }
  const padded = 4 * 2 * 3 * law.tau
  const run = runThree(planOf({ law, padded: [padded, padded, padded] }), lists, deps)
  isCounted(run, rows)
  for (const { used } of run.secrets)
    for (const pattern of patterns) assert.ok(used[pattern] >= 0 && used[pattern] <= law.tau)
  // A person in one register more or less changes two counts by one: the charge is twice a cell's, and what three sizes cost.
  assert.ok(2 * 100_000 + 3 * 100_000 <= 500_000)
})

test('no list comes back to a holder whose people are in it', () => {
  const { hops } = runThree(planOf(), lists, deps)
  assert.deepEqual(
    hops.map(({ owner, by }) => `${owner}→${by}`),
    ['0→1', '0→2', '1→2', '1→0', '2→0', '2→1'],
  )
})

/** What a holder sees of the others: every list that it is sent. */
function heardBy(run: ThreeRun, holder: Holder): readonly Uint8Array[] {
  return run.hops.filter(({ by }) => by === holder).map(({ input }) => input)
}

test('a holder that marks its people recovers none of 256, wherever it stands; with the tally’s lists it recovers all', () => {
  const own = people(...numbersFrom(0, 256))
  const peers = people(...numbersFrom(135, 377))
  const members = numbersFrom(135, 256)
  for (const holder of holders) {
    const padded: [number, number, number] = [400, 400, 400]
    padded[holder] = 1_400
    const plan = planOf({ padded })
    const scalars = Array.from({ length: 9 }, () => systemRandomness.bytes(32))
    const attacker = taggingHolder(testGroup, testGroup.hash(own, threeTag(plan)), scalars)
    const sets = holders.map((one) => (one === holder ? [] : peers))
    const run = runThree(plan, sets, deps, {
      first(by, list) {
        if (by !== holder) return list
        const marked = list.slice()
        marked.set(attacker.points)
        return marked
      },
    })
    const heard = heardBy(run, holder)
    for (const list of heard) assert.deepEqual(attacker.recover(list, heard), [])
    // Masked by the other two it is what the tally's list of this holder has: collusion is not stopped.
    const [next, end] = [after(holder, 1), after(holder, 2)]
    const hashed = testGroup.mask(
      run.secrets[end].scalar,
      testGroup.mask(run.secrets[next].scalar, testGroup.hash(peers, threeTag(plan))),
    )
    const found = attacker.recover(hashed, [run.last[holder] ?? hashed])
    assert.deepEqual(
      found.toSorted((a, b) => a - b),
      members,
    )
  }
})

test('wrong exponents at either hop of any list are found, and blame who masked', () => {
  const wrong = systemRandomness.bytes(32)
  assert.ok(openHops(runThree(planOf(), lists, deps), deps, 8).every((one) => one.wrong === 0))
  for (const [owner, by] of [
    [0, 1],
    [0, 2],
    [2, 1],
  ] as const) {
    const run = runThree(planOf(), lists, deps, {
      hop: (hop) =>
        hop.owner === owner && hop.by === by
          ? { ...hop, output: testGroup.mask(wrong, hop.output) }
          : hop,
    })
    const findings = openHops(run, deps, 8).filter((one) => one.wrong > 0)
    assert.deepEqual(findings, [{ owner, by, wrong: 8 }])
  }
})

const bytes32 = (first: number): Uint8Array => Uint8Array.of(first, ...new Uint8Array(31))

test('every hop refuses points that are none, repeated, its own, or too many', () => {
  const put =
    (...points: readonly Uint8Array[]) =>
    (list: Uint8Array): Uint8Array => {
      const changed = list.slice()
      points.forEach((point, at) => changed.set(point, 32 * at))
      return changed
    }
  const twice = testGroup.base(systemRandomness.bytes(32))
  for (const [code, change] of [
    ['POINT_OFF_CURVE', put(bytes32(2))],
    ['POINT_SMALL_ORDER', put(bytes32(1))],
    ['POINT_REPEATED', put(twice, twice)],
    ['POINT_NOT_CANONICAL', put(bytes32(9).with(31, 0x80))],
    ['LENGTH_WRONG', (list: Uint8Array) => list.subarray(32)],
  ] as const) {
    const atFirst = { first: (by: Holder, list: Uint8Array) => (by === 1 ? change(list) : list) }
    assert.throws(() => runThree(planOf(), lists, deps, atFirst), { code })
    const atSecond = {
      hop: (hop: ThreeRun['hops'][number]) =>
        hop.owner === 1 && hop.by === 2 ? { ...hop, output: change(hop.output) } : hop,
    }
    assert.throws(() => runThree(planOf(), lists, deps, atSecond), { code })
  }
  let first: Uint8Array | undefined
  const reflected = {
    first(by: Holder, list: Uint8Array) {
      first ??= list
      return by === 2 ? put(packedAt(first, 0))(list) : list
    },
  }
  assert.throws(() => runThree(planOf(), lists, deps, reflected), { code: 'POINT_REFLECTED' })
})

test('a key of two holders that is not the product of both is refused', () => {
  const plan = planOf()
  const { secrets } = runThree(plan, lists, deps)
  const [one, two, three] = secrets
  const claim = jointKey(plan, { of: one.key, by: two }, deps)
  const parties = { of: one.key, by: two.key, group: testGroup }
  assert.deepEqual(takeJointKey(plan, claim, parties), testGroup.mask(two.scalar, one.key))
  const code = { code: 'OPENING_INVALID' }
  assert.throws(() => takeJointKey(plan, { ...claim, output: three.key }, parties), code)
  assert.throws(
    () => takeJointKey(plan, jointKey(plan, { of: one.key, by: three }, deps), parties),
    code,
  )
  assert.throws(() => takeJointKey(planOf(), claim, parties), code)
})

/** The same group, counting multiplications. */
function countingGroup(): { readonly group: JoinGroup; readonly counted: () => number } {
  let multiplications = 0
  const count = (points: Uint8Array): Uint8Array => {
    multiplications += packedCount(points)
    return points
  }
  const group: JoinGroup = {
    ...testGroup,
    hash: (identifiers, dst) => testGroup.hash(identifiers, dst),
    mask: (scalar, points) => testGroup.mask(scalar, count(points)),
    base: (scalars) => testGroup.base(count(scalars)),
    share: (scalars, point) => testGroup.share(count(scalars), point),
    firstOffCurve: (points) => testGroup.firstOffCurve(points),
  }
  return { group, counted: () => multiplications }
}

test('it costs 3 multiplications a padded row and 54 a slot of τ, and three keys', () => {
  const { group, counted } = countingGroup()
  const plan = planOf({ padded: [100, 140, 180] })
  runThree(plan, lists, { ...deps, group })
  // A list of m: m and 3 τ by its owner, m + 6 τ at the first hop, m + 9 τ at the second.
  assert.equal(counted(), 3 * (100 + 140 + 180) + 54 * plan.law.tau + 3)
})

test('a plan of gateways has two registers: one with a third does not parse', () => {
  const json = joinPlanJson(samplePlan())
  assert.equal(asJoinPlan(json).left.organisation, 'tax')
  assert.throws(() => asJoinPlan({ ...json, third: json['right'] }), { code: 'PLAN_INVALID' })
})
