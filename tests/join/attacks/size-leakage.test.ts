import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedOne } from '../../../src/population/privacy/index.ts'
import { drawHolderNoise, paddingLaws, planHash } from '../../../src/population/psi/index.ts'
import { listKind } from '../../../src/population/psi/messages/index.ts'
import { numbersFrom, people, runJoin } from '../../../src/testing/join/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import {
  beyondEpsilon,
  bestGuess,
  noisyPlan,
  paddingMicroEpsilon,
  sizeLaw,
  toldSize,
} from './size-attacks.ts'

/*
 * What a party sees of sizes: the whole law of it, exactly, for a register with and without one person.
 */

const plan = noisyPlan()
const [law] = paddingLaws(plan) ?? []
const tau = law?.tau ?? 0
const delta = fixedOne / 1_000_000n

test('the size that others are told is the list with its padding, or the least that the plan allows', () => {
  for (const [count, padding] of [
    [0, 0],
    [0, tau],
    [1, tau],
    [400, 0],
    [400, tau / 2],
    [401, tau / 2 - 1],
  ] as const) {
    const told = toldSize(plan, count, padding)
    assert.equal(told, Math.max(320, count + padding))
    assert.ok(sizeLaw(plan, count).has(told))
  }
})

test('with or without one person the law of told sizes differs by no more than is charged, whatever the size', () => {
  let largest = 0n
  for (const count of [0, 1, 150, 200, 319, 320, 321, 400, 5_000]) {
    const [one, other] = [sizeLaw(plan, count), sizeLaw(plan, count + 1)]
    for (const [a, b] of [
      [one, other],
      [other, one],
    ] as const) {
      const beyond = beyondEpsilon(a, b, paddingMicroEpsilon)
      assert.ok(beyond <= delta, `${count}`)
      if (beyond > largest) largest = beyond
    }
    const most = Math.exp(0.1) / (1 + Math.exp(0.1)) + 1e-6
    assert.ok(bestGuess(one, other) <= most)
  }
  // The charge is not much more than what it pays for.
  assert.ok(largest * 10n > delta)
  console.log(
    `largest excess ${(Number((largest * 10n ** 12n) / fixedOne) / 1e12).toExponential(2)}, charged 1e-6`,
  )
})

test('half the epsilon, half the padding, or none, is found by the same test', () => {
  const [one, other] = [sizeLaw(plan, 400), sizeLaw(plan, 401)]
  assert.ok(beyondEpsilon(one, other, paddingMicroEpsilon / 2) > delta)
  const cut = (whole: ReadonlyMap<number, bigint>): ReadonlyMap<number, bigint> =>
    new Map([...whole].filter((_, at) => at >= tau / 4 && at <= tau - tau / 4))
  assert.ok(beyondEpsilon(cut(one), cut(other), paddingMicroEpsilon) > delta)
  const exact = (size: number): ReadonlyMap<number, bigint> => new Map([[size, fixedOne]])
  assert.equal(beyondEpsilon(exact(400), exact(401), paddingMicroEpsilon), fixedOne)
  assert.equal(bestGuess(exact(400), exact(401)), 1)
})

test('drawn sizes follow that law', () => {
  const count = 400
  const expected = sizeLaw(plan, count)
  const rounds = 20_000
  const middle = count + tau / 2
  const share = (isIt: (size: number) => boolean): number => {
    let sum = 0n
    for (const [size, probability] of expected) if (isIt(size)) sum += probability
    return Number((sum * 1_000_000n) / fixedOne) / 1e6
  }
  const randomness = seededRandom('drawn sizes')
  const drawn = numbersFrom(0, rounds).map(
    () => count + (drawHolderNoise(plan, 'left', randomness).padding[0] ?? Number.NaN),
  )
  for (const isIt of [
    (size: number) => size > middle,
    (size: number) => Math.abs(size - middle) <= 5,
    (size: number) => Math.abs(size - middle) > 30,
  ]) {
    const wanted = share(isIt)
    const found = drawn.filter(isIt).length / rounds
    const sigma = Math.sqrt((wanted * (1 - wanted)) / rounds)
    assert.ok(Math.abs(found - wanted) <= 5.5 * sigma, `${found} for ${wanted}`)
  }
})

test('all else that is sent has lengths that follow from the told sizes: one person more changes none', () => {
  const lengths = [0, 1].map((more) => {
    const noise = {
      left: { used: [40], padding: [30 - more] },
      right: { used: [40], padding: [0] },
    }
    const rows = {
      left: [people(...numbersFrom(0, 400 + more))],
      right: [people(...numbersFrom(0, 9))],
    }
    const run = runJoin(plan, { rows, noise })
    assert.equal(planHash(run.plan).length, 32)
    return run.carried
      .filter(
        ({ bytes }) =>
          listKind(bytes) !== undefined || String(Buffer.from(bytes)).includes('join.commit'),
      )
      .map(({ from, to, bytes }) => `${from} ${to} ${bytes.length}`)
  })
  assert.ok((lengths[0]?.length ?? 0) >= 8)
  assert.deepEqual(lengths[0], lengths[1])
})
