import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { systemRandomness } from '../../../platform/index.ts'
import { seededRandom } from '../../../testing/simulator/index.ts'
import { deviationOfFit } from '../../../testing/statistics/index.ts'
import {
  expNegative,
  type Fixed,
  fixedOne,
  multiply,
  partsPerMillion,
  UniformDraws,
} from '../../privacy/index.ts'
import { drawDummies } from './draw-dummies.ts'
import { dummyDelta, type DummyLaw, dummyProbabilities, smallestTau } from './dummy-law.ts'
import { joinInterval } from './join-interval.ts'

interface TauVector {
  readonly epsilon: string
  readonly targetDelta: string
  readonly tau: number
  readonly delta: string
  readonly deltaAtTauMinus2: string
  readonly variance: string
}
interface LawVector {
  readonly epsilon: string
  readonly tau: number
  readonly probabilities: readonly { readonly k: number; readonly p: string }[]
}
const file = new URL('../../../../vectors/discrete-laplace-tau.json', import.meta.url)
const { vectors }: { vectors: { tau: TauVector[]; truncatedDiscreteLaplace: LawVector[] } } =
  JSON.parse(readFileSync(file, 'utf8'))
const isLong = process.env['CLOISON_TEST_ALL'] === '1'

const microOf = (epsilon: string): number => Math.round(Number(epsilon) * 1e6)

/** A decimal text with an exponent as a fixed-point number. */
function fixedOf(text: string): Fixed {
  const [digits = '', exponent = '0'] = text.split('e')
  const [whole = '', part = ''] = digits.split('.')
  const power = Number(exponent) - part.length
  const scaled = BigInt(whole + part) * fixedOne
  return power < 0 ? scaled / 10n ** BigInt(-power) : scaled * 10n ** BigInt(power)
}

/** Whether two numbers agree to 28 digits. */
function agree(found: Fixed, expected: Fixed): boolean {
  const distance = found > expected ? found - expected : expected - found
  return distance * 10n ** 28n <= expected
}

test('tau and delta are those of every row of the vectors, and no smaller tau will do', () => {
  let run = 0
  for (const row of vectors.tau) {
    const microEpsilon = microOf(row.epsilon)
    const exponent = Number(row.targetDelta.replace('1e-', ''))
    assert.equal(smallestTau(microEpsilon, exponent), row.tau, `${row.epsilon} ${row.targetDelta}`)
    assert.ok(agree(dummyDelta({ microEpsilon, tau: row.tau }), fixedOf(row.delta)))
    const smaller = dummyDelta({ microEpsilon, tau: row.tau - 2 })
    assert.ok(agree(smaller, fixedOf(row.deltaAtTauMinus2)))
    assert.ok(smaller > fixedOf(row.targetDelta))
    assert.ok(
      !agree(dummyDelta({ microEpsilon: microEpsilon + 1, tau: row.tau }), fixedOf(row.delta)),
    )
    run += 1
  }
  for (const { epsilon, tau, probabilities } of vectors.truncatedDiscreteLaplace) {
    const law = dummyProbabilities({ microEpsilon: microOf(epsilon), tau })
    for (const { k, p } of probabilities)
      assert.ok(agree(law[k] ?? 0n, fixedOf(p)), `${epsilon}, ${k}`)
    run += 1
  }
  const total = vectors.tau.length + vectors.truncatedDiscreteLaplace.length
  console.log(`discrete-laplace-tau.json, tau and the truncated law: ${run}/${total} rows`)
  assert.equal(run, total)
})

test('delta is the hockey-stick divergence of the law and the law shifted by one', () => {
  const law = fc.property(
    fc.integer({ min: 20_000, max: 3_000_000 }),
    fc.integer({ min: 1, max: 60 }),
    (microEpsilon, half) => {
      const p = dummyProbabilities({ microEpsilon, tau: 2 * half })
      const shrink = expNegative(BigInt(microEpsilon), 1_000_000n)
      let sum = 0n
      // P(k) − e^epsilon P(k − 1), as (r P(k) − P(k − 1)) / r: only a positive part counts.
      p.forEach((one, k) => {
        const excess = multiply(one, shrink) - (p[k - 1] ?? 0n)
        if (excess > 0n && excess >> 60n !== 0n) sum += (excess * fixedOne) / shrink
      })
      const delta = dummyDelta({ microEpsilon, tau: 2 * half })
      const distance = sum > delta ? sum - delta : delta - sum
      assert.ok(distance < fixedOne >> 150n, `${microEpsilon}, ${half}`)
      const all = p.reduce((total, one) => total + one, 0n)
      assert.ok(fixedOne - all < fixedOne >> 150n && all <= fixedOne)
    },
  )
  fc.assert(law, { numRuns: 60 })
})

test('of a number that one person changes by s, delta is the divergence of the law shifted by s, and no smaller shift has more', () => {
  const law = fc.property(
    fc.integer({ min: 100_000, max: 3_000_000 }),
    fc.integer({ min: 20, max: 60 }),
    fc.integer({ min: 1, max: 16 }),
    (microEpsilon, half, sensitivity) => {
      const p = dummyProbabilities({ microEpsilon, sensitivity, tau: 2 * half })
      const shrink = expNegative(BigInt(microEpsilon), 1_000_000n)
      const divergence = (shift: number): Fixed =>
        p.reduce((sum, one, k) => {
          const excess = multiply(one, shrink) - (p[k - shift] ?? 0n)
          return excess > 0n && excess >> 60n !== 0n ? sum + (excess * fixedOne) / shrink : sum
        }, 0n)
      const delta = dummyDelta({ microEpsilon, sensitivity, tau: 2 * half })
      const distance = divergence(sensitivity) - delta
      assert.ok(distance < fixedOne >> 140n && -distance < fixedOne >> 140n)
      for (let shift = 1; shift < sensitivity; shift += 1)
        assert.ok(divergence(shift) <= delta + (fixedOne >> 140n))
    },
  )
  fc.assert(law, { numRuns: 40 })
  for (const [exponent, tau] of [
    [6, 438],
    [9, 658],
    [12, 880],
  ] as const)
    assert.equal(smallestTau(1_000_000, exponent, 16), tau)
})

/** How many standard deviations the chi-square of the draws lies from what the law expects. */
function deviation(law: DummyLaw, draw: () => number, count: number): number {
  const seen = Array.from({ length: law.tau + 1 }, () => 0)
  for (let one = 0; one < count; one += 1) {
    const drawn = draw()
    assert.ok(Number.isInteger(drawn) && drawn >= 0 && drawn <= law.tau)
    seen[drawn] = (seen[drawn] ?? 0) + 1
  }
  return deviationOfFit(
    dummyProbabilities(law).map((p, k) => ({
      expected: (Number(p >> 196n) / 2 ** 60) * count,
      seen: seen[k] ?? 0,
    })),
  )
}

const drawCount = isLong ? 5_000_000 : 100_000
/** Beyond it lies a right sampler in less than one of 10^9 runs. */
const mostDeviation = 6.5

for (const law of [
  { microEpsilon: 500_000, tau: 50 },
  { microEpsilon: 1_000_000, tau: 28 },
  { microEpsilon: 370_001, tau: 8 },
  { microEpsilon: 500_000, sensitivity: 4, tau: 60 },
] satisfies DummyLaw[]) {
  test(`${drawCount} draws of epsilon ${law.microEpsilon / 1e6}, tau ${law.tau} fit their law`, () => {
    const seed = `${law.microEpsilon} ${law.tau}`
    const draws = new UniformDraws(isLong ? systemRandomness : seededRandom(seed))
    const found = deviation(law, () => drawDummies(draws, law), drawCount)
    console.log(`tau ${law.tau}: ${drawCount} draws, ${found.toFixed(2)} deviations`)
    assert.ok(Math.abs(found) < mostDeviation)
  })
}

test('a draw that is cut off at the ends, one of another epsilon and one off by one are found', () => {
  const law: DummyLaw = { microEpsilon: 370_001, tau: 8 }
  const draws = new UniformDraws(seededRandom('wrong draws'))
  const wide: DummyLaw = { microEpsilon: 370_001, tau: 40 }
  const clamped = (): number => Math.min(8, Math.max(0, drawDummies(draws, wide) - 16))
  const other = (): number => drawDummies(draws, { microEpsilon: 390_000, tau: 8 })
  const shifted = (): number =>
    Math.min(8, drawDummies(draws, law) + (draws.below(20) === 0 ? 1 : 0))
  for (const draw of [clamped, other, shifted])
    assert.ok(deviation(law, draw, 500_000) > mostDeviation)
})

test('the level of an interval is what all pairs of draws within it add up to', () => {
  const law = fc.property(
    fc.integer({ min: 50_000, max: 3_000_000 }),
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 1, max: 40 }),
    (microEpsilon, sensitivity, half) => {
      const dummies = { microEpsilon, sensitivity, tau: 2 * half }
      const p = dummyProbabilities(dummies)
      const { halfWidth, levelPpm } = joinInterval(dummies)
      let level = 0n
      p.forEach((one, k) => {
        p.forEach((other, m) => {
          if (Math.abs(k + m - 2 * half) <= halfWidth) level += multiply(one, other)
        })
      })
      assert.ok(Math.abs(partsPerMillion(level) - levelPpm) <= 1)
    },
  )
  fc.assert(law, { numRuns: 25 })
})

test('an interval has its level exactly, and the next smaller one has less than was asked', () => {
  const law: DummyLaw = { microEpsilon: 500_000, tau: 50 }
  const { halfWidth, levelPpm } = joinInterval(law)
  assert.ok(levelPpm >= 950_000)
  assert.ok(joinInterval(law, levelPpm).halfWidth === halfWidth)
  assert.ok(joinInterval(law, levelPpm + 1).halfWidth === halfWidth + 1)
  const draws = new UniformDraws(seededRandom('interval'))
  const count = 40_000
  let inside = 0
  for (let one = 0; one < count; one += 1) {
    const noise = drawDummies(draws, law) + drawDummies(draws, law) - law.tau
    if (Math.abs(noise) <= halfWidth) inside += 1
  }
  const level = levelPpm / 1e6
  const sigma = Math.sqrt((level * (1 - level)) / count)
  console.log(`±${halfWidth} at ${levelPpm} ppm; ${inside} of ${count} inside`)
  assert.ok(Math.abs(inside / count - level) < 5 * sigma)
})

test('epsilons and deltas that have no law are refused', () => {
  for (const [epsilon, exponent] of [
    [0, 6],
    [1.5, 6],
    [1, 9],
    [500_000, 0],
    [500_000, 16],
  ] as const)
    assert.throws(() => smallestTau(epsilon, exponent), RangeError)
  assert.throws(() => joinInterval({ microEpsilon: 1, tau: 2 }, 1_000_000), RangeError)
})
