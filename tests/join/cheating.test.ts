import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packedAt } from '../../src/crypto/index.ts'
import { systemRandomness } from '../../src/platform/index.ts'
import { UniformDraws } from '../../src/population/privacy/index.ts'
import { listKind, pointsOf, writeList } from '../../src/population/psi/messages/index.ts'
import { drawPlaces } from '../../src/population/psi/points/index.ts'
import {
  beginHolder,
  drawAudit,
  drawHolderNoise,
  holderKeys,
  type HolderNoise,
  holderReceives,
  type HolderState,
  type HolderStep,
  type JoinDeps,
  type JoinPlan,
  judgeAudit,
  planHash,
  readCommit,
  readResult,
} from '../../src/population/psi/index.ts'
import {
  auditDeps,
  type JoinRun,
  maskedRows,
  numbersFrom,
  people,
  runJoin,
  sampleDeps,
  samplePlan,
  testGroup,
} from '../../src/testing/join/index.ts'

const none = new Uint8Array(0)
const rows = { left: [people(...numbersFrom(0, 60))], right: [people(...numbersFrom(40, 100))] }
const shared = 20

function cellOf({ plan, tally }: JoinRun): number {
  assert.ok(tally.made.result !== undefined)
  return readResult(plan, tally.made.result).parts[0]?.cells[0]?.[0] ?? Number.NaN
}

/** A run in which right sends the tally another list than it made. */
function cheat(plan: JoinPlan, change: (points: Uint8Array) => Uint8Array): JoinRun {
  const head = { kind: 'remasked', planHash: planHash(plan), owner: 'left' } as const
  return runJoin(plan, {
    rows,
    tamper: (message) =>
      message.from === 'right' && listKind(message.bytes) === 'remasked'
        ? { ...message, bytes: writeList(head, change(pointsOf(message.bytes).slice())) }
        : message,
  })
}

test('wrong exponents on every place are always found, and no table is made', () => {
  const wrong = systemRandomness.bytes(32)
  const run = cheat(samplePlan(), (points) => testGroup.mask(wrong, points))
  assert.deepEqual(run.tally.stopped, { code: 'OPENING_INVALID', by: 'tally', blames: 'right' })
  assert.equal(run.tally.made.result, undefined)
})

test('wrong exponents on 1, 10 and 100 % are found with the probability that is stated', () => {
  const draws = new UniformDraws(systemRandomness)
  const [count, rounds] = [1_000, 4_000]
  for (const bad of [10, 100, 1_000]) {
    let found = 0
    for (let round = 0; round < rounds; round += 1)
      if (drawPlaces(draws, count, 64).some((place) => place < bad)) found += 1
    const stated = 1 - (1 - bad / count) ** 64
    const exact =
      1 -
      numbersFrom(0, 64).reduce((p, at) => p * Math.max(0, (count - bad - at) / (count - at)), 1)
    const sigma = Math.sqrt((exact * (1 - exact)) / rounds)
    console.log(
      `${bad / 10} %: found in ${found} of ${rounds}, at least ${stated.toFixed(4)} stated`,
    )
    assert.ok(exact >= stated)
    assert.ok(Math.abs(found / rounds - exact) <= 5 * sigma + 1e-9)
  }
})

test('copies of one point are refused, exact ones by the tally', () => {
  const run = cheat(samplePlan(), (points) => {
    points.set(packedAt(points, 7), 32 * 8)
    return points
  })
  assert.deepEqual(run.tally.stopped, { code: 'POINT_REPEATED', by: 'tally', blames: 'right' })
})

test('invented points in the slots pass the tally, and an audit of dummies finds them', () => {
  // Right puts scaled copies of one of left's people into all of its slots.
  const run = runJoin(samplePlan(), { rows, noise: { right: { used: [0], padding: [0] } } })
  const { right } = run.holders
  const { secrets, made, taken, plan } = right
  assert.ok(secrets !== undefined && run.tally.made.result !== undefined)
  const outputs = new Set(secrets.outputs)
  const points = pointsOf(made.remasked ?? none).slice()
  const target = packedAt(pointsOf(taken.blinded ?? none), 0)
  for (const slot of numbersFrom(0, 300).filter((place) => !outputs.has(place)))
    points.set(testGroup.mask(systemRandomness.bytes(32), target), 32 * slot)
  const places = { left: 250, right: 250 }
  const request = drawAudit(plan, { points: places, dummiesOf: 'right' }, systemRandomness)
  const step = holderReceives(right, { from: 'inspector', bytes: request }, run.deps.right)
  const commit = readCommit(plan, 'right', made.commit ?? none)
  const peer = readCommit(plan, 'left', taken.commit ?? none)
  const notice: { root: string } = JSON.parse(String(Buffer.from(made.ownList ?? none)))
  const root = Uint8Array.from(Buffer.from(notice.root, 'hex'))
  const findings = (remasked: Uint8Array): readonly string[] =>
    judgeAudit(
      {
        plan,
        side: 'right',
        commit,
        peer,
        root,
        lists: { blinded: pointsOf(made.blinded ?? none), remasked },
      },
      { request, answer: step.state.made.audited ?? none },
      auditDeps,
    ).map(({ code }) => code)
  assert.deepEqual(findings(pointsOf(made.remasked ?? none)), [])
  assert.deepEqual(findings(points), ['SLOT_NOT_DUMMY'])
})

test('a holder that uses none or all of its dummies takes away its own noise, and no more', () => {
  for (const own of [0, 50]) {
    const run = runJoin(samplePlan(), { rows, noise: { right: { used: [own], padding: [0] } } })
    const left = run.noise.left.used[0] ?? Number.NaN
    assert.equal(cellOf(run) + (run.plan.taus[0] ?? 0) - own, shared + left)
  }
  const plan = samplePlan()
  const others = numbersFrom(0, 400).map(
    () => drawHolderNoise(plan, 'left', systemRandomness).used[0],
  )
  const attempts = new Set(others)
  assert.ok(attempts.size > 8, `${attempts.size} different noises stay`)
})

test('from the twin with common dummies, a holder that takes all of them reads the number itself', () => {
  const draws = new UniformDraws(systemRandomness)
  const [pool, tau] = [100, 50]
  const counted = (attackers: readonly number[]): number => {
    const honest = new Set(drawPlaces(draws, pool, tau))
    return shared + attackers.filter((dummy) => honest.has(dummy)).length
  }
  const read = new Set(numbersFrom(0, 50).map(() => counted(numbersFrom(0, pool)) - tau))
  assert.deepEqual(read, new Set([shared]))
  const honest = new Set(numbersFrom(0, 50).map(() => counted(drawPlaces(draws, pool, tau))))
  assert.ok(honest.size > 3)
})

test('a list replayed from another plan, under this one’s name, shares nobody', () => {
  const before = runJoin(samplePlan(), { rows, tamper: () => [] })
  const old = pointsOf(before.holders.left.made.blinded ?? none)
  const plan = samplePlan()
  const corrupt = (state: HolderState): HolderState =>
    state.side === 'left' && state.taken.commit === undefined
      ? {
          ...state,
          made: {
            ...state.made,
            blinded: writeList({ kind: 'blinded', planHash: planHash(plan), owner: 'left' }, old),
          },
        }
      : state
  const run = runJoin(plan, { rows, corrupt })
  assert.equal(cellOf(run) + (plan.taus[0] ?? 0), run.noise.right.used[0])
})

function begin(
  plan: JoinPlan,
  noise: HolderNoise,
  list: readonly Uint8Array[],
  deps: JoinDeps,
): HolderStep {
  const keys = holderKeys(deps.randomness)
  const masked = maskedRows(plan, keys, [list])
  return beginHolder({ plan, side: 'left', noise, keys, rows: masked }, deps)
}

test('what is sent has the same lengths whoever is in the register, or varies by noise alone', () => {
  const plan = samplePlan()
  const lengths = [[], people(1), people(...numbersFrom(0, 200))].map((list) => {
    const deps = sampleDeps()
    const noise = drawHolderNoise(plan, 'left', deps.randomness)
    const { state } = begin(plan, noise, list, deps)
    return [state.made.commit?.length, state.made.blinded?.length]
  })
  assert.equal(new Set(lengths.map(String)).size, 1)
  const noisy = samplePlan({
    cellMicroEpsilon: 300_000,
    padding: { kind: 'noisy', microEpsilon: 100_000 },
    taus: [80],
  })
  const sizes = numbersFrom(0, 6).map(() => {
    const deps = sampleDeps()
    const noise = drawHolderNoise(noisy, 'left', deps.randomness)
    const list = people(...numbersFrom(0, 400))
    const { state } = begin(noisy, noise, list, deps)
    return readCommit(noisy, 'left', state.made.commit ?? none).sizes[0] ?? 0
  })
  assert.ok(sizes.every((size) => size >= 400 && size <= 618))
  assert.ok(new Set(sizes).size > 1)
  const deps = sampleDeps()
  const noise = drawHolderNoise(plan, 'left', deps.randomness)
  const many = people(...numbersFrom(0, 201))
  assert.throws(() => begin(plan, noise, many, deps), {
    code: 'ROWS_REFUSED',
  })
  const twice = [...people(1), ...people(1)]
  assert.throws(() => begin(samplePlan(), noise, twice, deps), {
    code: 'ROWS_REFUSED',
  })
})
