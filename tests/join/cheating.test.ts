import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeUtf8, utf8 } from '../../src/bytes/index.ts'
import { packedAt } from '../../src/crypto/index.ts'
import { systemRandomness } from '../../src/platform/index.ts'
import { UniformDraws } from '../../src/population/privacy/index.ts'
import { listKind, pointsOf, writeList } from '../../src/population/psi/messages/index.ts'
import { drawPlaces, sharedCount } from '../../src/population/psi/points/index.ts'
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
  type Received,
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
import { seededRandom } from '../../src/testing/simulator/index.ts'

const isLong = process.env['CLOISON_TEST_ALL'] === '1'
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
  // Out of a seed: at 10 % and 100 % so few are missed that fresh draws pass five deviations now and then.
  const draws = new UniformDraws(seededRandom('places that are opened'))
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

/** How many of some runs the tally stops in which right masks every `of`th place under a wrong scalar. */
function caughtAmong(attempts: number, { of, wrong }: { of: number; wrong: Uint8Array }): number {
  let caught = 0
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const run = cheat(samplePlan(), (points) => {
      for (let at = 0; at < points.length / 32; at += of)
        points.set(testGroup.mask(wrong, packedAt(points, at)), 32 * at)
      return points
    })
    const { stopped } = run.tally
    if (stopped === undefined) continue
    assert.deepEqual(stopped, { code: 'OPENING_INVALID', by: 'tally', blames: 'right' })
    assert.equal(run.tally.made.result, undefined)
    caught += 1
  }
  return caught
}

test('in whole runs, wrong exponents on 10 % stop a plan, and those on 1 % as often as is stated', () => {
  const wrong = systemRandomness.bytes(32)
  // Each is missed once in a thousand times.
  assert.ok(caughtAmong(3, { of: 10, wrong }) > 0)
  const attempts = isLong ? 60 : 0
  const caught = caughtAmong(attempts, { of: 100, wrong })
  if (attempts > 0) console.log(`1 %: stopped ${caught} of ${attempts} runs, 0.47 of them at least`)
  const sigma = Math.sqrt(attempts * 0.25)
  assert.ok(caught >= 0.47 * attempts - 5 * sigma)
})

test('a second list in the place of the first would show one person by the difference: it is refused', () => {
  const member = 45
  const differences = [member, 5].map((target) => {
    const run = runJoin(samplePlan(), { rows })
    const { left, right } = run.holders
    const first = left.made.blinded ?? none
    const place = left.secrets?.order.findIndex((number) => number === target) ?? -1
    const points = pointsOf(first).slice()
    points.set(testGroup.base(systemRandomness.bytes(32)), 32 * place)
    const head = { kind: 'blinded', planHash: planHash(run.plan), owner: 'left' } as const
    const second = { from: 'left', bytes: writeList(head, points) } as const
    // Right as it is after the first list refuses, for good.
    const waiting = { commit: right.taken.commit ?? none, blinded: first }
    const guarded = holderReceives({ ...right, taken: waiting }, second, run.deps.right)
    assert.equal(guarded.state.stopped?.code, 'MESSAGE_CHANGED')
    // The twin has forgotten that it answered: same key, same dummies, and the same noise twice.
    const forgetful = { ...right, taken: { commit: waiting.commit } }
    const again = holderReceives(forgetful, second, run.deps.right).state
    const shared = (state: HolderState): number =>
      sharedCount(pointsOf(state.made.remasked ?? none), pointsOf(left.made.remasked ?? none))
    return shared(right) - shared(again)
  })
  assert.deepEqual(differences, [1, 0])
})

test('challenges in the place of the first would open the whole shuffle: a second one is refused', () => {
  const run = runJoin(samplePlan(), { rows })
  const { left } = run.holders
  const { challenge: first = none, result: _result, ...heard } = left.taken
  const asked = (from: number): Received => ({
    from: 'tally',
    bytes: utf8(
      JSON.stringify({ ...JSON.parse(decodeUtf8(first)), right: numbersFrom(from, from + 64) }),
    ),
  })
  const guarded = holderReceives(
    { ...left, taken: { ...heard, challenge: first } },
    asked(0),
    run.deps.left,
  )
  assert.equal(guarded.state.stopped?.code, 'MESSAGE_CHANGED')
  const opened = new Map<number, number>()
  for (const from of [0, 64, 128, 186]) {
    const { state } = holderReceives({ ...left, taken: heard }, asked(from), run.deps.left)
    const { openings }: { openings: { input: number; output: number }[] } = JSON.parse(
      decodeUtf8(state.made.openings ?? none),
    )
    for (const { input, output } of openings) opened.set(input, output)
  }
  assert.deepEqual(
    numbersFrom(0, 250).map((at) => opened.get(at)),
    Array.from(left.secrets?.outputs ?? []),
  )
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
