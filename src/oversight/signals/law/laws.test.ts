import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { seededRandom } from '../../../testing/simulator/index.ts'
import {
  binomialTail,
  geometricTail,
  logFactorial,
  poissonTail,
  smallestWithTail,
} from './count-tails.ts'
import { countProbabilities, designCusum, meanRunLength } from './run-length.ts'

function near(actual: number, expected: number, part: number): void {
  assert.ok(
    Math.abs(actual - expected) <= part * Math.abs(expected) + 1e-15,
    `${actual} ${expected}`,
  )
}

test('tails are those of published tables', () => {
  near(logFactorial(25), Math.log(1.551121004333098e25), 1e-12)
  near(poissonTail(3, 0.5), 0.014387677966970687, 1e-9)
  near(poissonTail(2, 4), 0.9084218055563291, 1e-9)
  near(binomialTail(8, 10, 0.5), 56 / 1024, 1e-9)
  near(binomialTail(1, 10, 0.5), 1023 / 1024, 1e-9)
  near(geometricTail(2, 1), 0.25, 1e-12)
  assert.equal(
    smallestWithTail((x) => 1 / x, 0.25, { from: 1, to: 9 }),
    4,
  )
  assert.equal(
    smallestWithTail(() => 1, 0.5, { from: 1, to: 9 }),
    undefined,
  )
})

test('tails fall, stay within 0 and 1 and end, however small the terms are', () => {
  const mean = fc.double({ min: 1e-9, max: 2_000, noNaN: true })
  fc.assert(
    fc.property(mean, fc.integer({ min: 0, max: 5_000 }), (of, x) => {
      const [one, next] = [poissonTail(x, of), poissonTail(x + 1, of)]
      return one >= 0 && one <= 1 && next <= one + 1e-9
    }),
    { numRuns: 50 },
  )
})

test('a day of a negative binomial law has its mean and its variance', () => {
  for (const law of [
    { mean: 4, spread: 0 },
    { mean: 4, spread: 0.2 },
    { mean: 15, spread: 0.05 },
  ]) {
    const found = countProbabilities(law)
    const sum = (of: (count: number) => number): number =>
      found.reduce((total, probability, count) => total + probability * of(count), 0)
    near(
      sum(() => 1),
      1,
      1e-9,
    )
    near(
      sum((count) => count),
      law.mean,
      1e-8,
    )
    near(
      sum((count) => (count - law.mean) ** 2),
      law.mean + law.spread * law.mean ** 2,
      1e-6,
    )
  }
})

/** Days until an alarm, simulated. */
function simulatedRunLength(
  probabilities: readonly number[],
  { allowance, limit }: { readonly allowance: number; readonly limit: number },
  runs: number,
): number {
  const random = seededRandom('run lengths')
  const draw = (): number => {
    let rest = random.below(1_000_000_000) / 1_000_000_000
    for (const [count, probability] of probabilities.entries()) {
      rest -= probability
      if (rest < 0) return count
    }
    return probabilities.length - 1
  }
  let days = 0
  for (let run = 0; run < runs; run += 1)
    for (let sum = 0; sum < limit; days += 1) sum = Math.max(0, sum + draw() - allowance)
  return days / runs
}

test('the computed mean run length is that of simulated sums, within five standard errors', () => {
  const probabilities = countProbabilities({ mean: 3, spread: 0.1 })
  const cusum = { allowance: 4.25, limit: 7 }
  const runs = 3_000
  const computed = meanRunLength(probabilities, cusum, 0.25)
  const simulated = simulatedRunLength(probabilities, cusum, runs)
  // Run lengths are nearly geometric: their deviation is about their mean.
  assert.ok(
    Math.abs(simulated - computed) < (5 * computed) / Math.sqrt(runs),
    `${simulated} ${computed}`,
  )
})

test('a design keeps the run length that was asked for, and the next smaller limit would not', () => {
  const law = { mean: 4, spread: 0.1 }
  const design = designCusum(law, 2, 2_000)
  assert.ok(design !== undefined && design.runLength >= 2_000)
  const smaller = { ...design, limit: design.limit - 0.5 }
  assert.ok(meanRunLength(countProbabilities(law), smaller, 0.5) < 2_000)
})
