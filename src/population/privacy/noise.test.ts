import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as z from 'zod'
import { systemRandomness } from '../../platform/index.ts'
import { seededRandom } from '../../testing/simulator/index.ts'
import { deviationOfFit, type FitCell } from '../../testing/statistics/index.ts'
import { bernoulliExp } from './bernoulli.ts'
import { bernoulliExpLong } from './bernoulli-long.ts'
import { drawDiscreteLaplace } from './discrete-laplace.ts'
import { figuresOf, type NoiseLaw } from './noise-law.ts'
import { noiseSampler } from './noise-sampler.ts'
import { fixedBits, type Fixed } from './fixed-point.ts'
import { ratio } from './ratio.ts'
import { UniformDraws } from '../../crypto/index.ts'

const isLong = process.env['CLOISON_TEST_ALL'] === '1'
const drawCount = isLong ? 10_000_000 : 200_000
/** Beyond it lies a right sampler in less than one of 10^9 runs. */
const mostDeviation = 6.5

/** What draws are made from: the same in every run, and in the long ones the machine's. */
function drawsOf(seed: string): UniformDraws {
  return new UniformDraws(isLong ? systemRandomness : seededRandom(seed))
}

const number = z.string().or(z.number()).transform(Number)
const rows = z.array(z.object({ k: z.number(), p: number }))
const laws = z.object({
  vectors: z.object({
    discreteLaplace: z.array(z.object({ scale: number, probabilities: rows })),
    discreteGaussian: z.array(z.object({ sigmaSquared: number, probabilities: rows })),
  }),
})
const { vectors } = laws.parse(
  JSON.parse(
    readFileSync(new URL('../../../vectors/discrete-laplace-tau.json', import.meta.url), 'utf8'),
  ),
)

function asNumber(value: Fixed): number {
  return Number(value >> (fixedBits - 60n)) / 2 ** 60
}

/** P(k), from the sums that intervals are made of. */
function probability(law: NoiseLaw, k: number): number {
  const { within } = figuresOf(law)
  const size = Math.abs(k)
  if (size === 0) return asNumber(within(0))
  return asNumber(within(size) - within(size - 1)) / 2
}

/** How many standard deviations the chi-square of the draws lies from what the law expects. */
function deviation(law: NoiseLaw, draw: () => number, count: number): number {
  const seen = new Map<number, number>()
  for (let one = 0; one < count; one += 1) {
    const drawn = draw()
    seen.set(drawn, (seen.get(drawn) ?? 0) + 1)
  }
  const cells: FitCell[] = []
  let [expectedIn, seenIn] = [0, 0]
  for (let k = 0; probability(law, k) * count > 20; k += 1) {
    for (const one of k === 0 ? [0] : [k, -k]) {
      const cell = { expected: probability(law, one) * count, seen: seen.get(one) ?? 0 }
      cells.push(cell)
      expectedIn += cell.expected
      seenIn += cell.seen
    }
  }
  return deviationOfFit([...cells, { expected: count - expectedIn, seen: count - seenIn }])
}

const tried: readonly NoiseLaw[] = [
  { kind: 'discrete-laplace', scale: ratio(1, 1) },
  { kind: 'discrete-laplace', scale: ratio(10, 1) },
  { kind: 'discrete-laplace', scale: ratio(100, 37) },
  { kind: 'discrete-gaussian', variance: ratio(1, 1) },
  { kind: 'discrete-gaussian', variance: ratio(100, 1) },
  { kind: 'discrete-gaussian', variance: ratio(6250, 83) },
]

test('the figures of each law are those of the vectors', () => {
  let run = 0
  for (const { scale, probabilities } of vectors.discreteLaplace) {
    for (const { k, p } of probabilities) {
      const law: NoiseLaw = { kind: 'discrete-laplace', scale: ratio(scale, 1) }
      assert.ok(Math.abs(probability(law, k) / p - 1) < 1e-6, `scale ${scale}, ${k}`)
      run += 1
    }
  }
  for (const { sigmaSquared, probabilities } of vectors.discreteGaussian) {
    for (const { k, p } of probabilities) {
      const law: NoiseLaw = { kind: 'discrete-gaussian', variance: ratio(sigmaSquared, 1) }
      const given = probability(law, k)
      assert.ok(Math.abs(given - p) < 1e-15, `variance ${sigmaSquared}, ${k}: ${given} for ${p}`)
      run += 1
    }
  }
  console.log(`discrete-laplace-tau.json, the two laws: ${run}/${run}`)
  assert.ok(run > 100)
})

for (const law of tried) {
  const { num, den } = law.kind === 'discrete-laplace' ? law.scale : law.variance
  test(`${drawCount} draws of the ${law.kind} law ${num}/${den} fit it`, () => {
    const randomness = isLong ? systemRandomness : seededRandom(`${law.kind} ${num}/${den}`)
    const found = deviation(law, noiseSampler(law, randomness), drawCount)
    console.log(`${law.kind} ${num}/${den}: ${drawCount} draws, ${found.toFixed(2)} deviations`)
    assert.ok(Math.abs(found) < mostDeviation, `${found} deviations`)
  })
}

test('a sampler that counts zero twice, one of another scale and a rounded one are found', () => {
  const law: NoiseLaw = { kind: 'discrete-laplace', scale: ratio(2, 1) }
  const draws = drawsOf('wrong samplers')
  const doubled = (): number => {
    const drawn = drawDiscreteLaplace(draws, ratio(2, 1))
    return drawn === 1 && draws.below(4) === 0 ? 0 : drawn
  }
  const wider = (): number => drawDiscreteLaplace(draws, ratio(205, 100))
  const float = (): number => {
    const uniform = draws.word() / 2 ** 32 - 0.5
    return Math.round(-2 * Math.sign(uniform) * Math.log(1 - 2 * Math.abs(uniform)))
  }
  // The wider one lies around 50 deviations off, and varies by five.
  for (const draw of [doubled, wider, float]) {
    assert.ok(deviation(law, draw, 600_000) > mostDeviation)
  }
})

test('a draw of exp(−x) holds as often as it must, for short and for long fractions', () => {
  const draws = new UniformDraws(seededRandom('bernoulli'))
  for (const [num, den] of [
    [0, 1],
    [1, 3],
    [1, 1],
    [7, 3],
  ] as const) {
    const count = 40_000
    let [short, long] = [0, 0]
    for (let one = 0; one < count; one += 1) {
      if (bernoulliExp(draws, num, den)) short += 1
      if (bernoulliExpLong(draws, BigInt(num) << 70n, BigInt(den) << 70n)) long += 1
    }
    const expected = Math.exp(-num / den)
    const sigma = Math.sqrt((expected * (1 - expected)) / count) + 1e-12
    for (const found of [short, long])
      assert.ok(Math.abs(found / count - expected) < 5 * sigma, `exp(−${num}/${den}): ${found}`)
  }
})

test('what would be rounded is refused: no draw is made of a product beyond 2^53', () => {
  const draws = new UniformDraws(seededRandom('rounded'))
  assert.throws(() => draws.below(2 ** 53), RangeError)
  assert.throws(() => draws.below(0), RangeError)
  assert.throws(() => bernoulliExp(draws, 2 ** 52 - 1, 2 ** 52) && draws.below(2 ** 60), RangeError)
  assert.throws(() => ratio(0, 1), RangeError)
  assert.throws(() => ratio(1, 1.5), RangeError)
  assert.deepEqual(ratio(1_000_000, 370_000), { num: 100, den: 37 })
})

test('whole numbers below a bound are uniform, on both sides of what fits a word', () => {
  const draws = drawsOf('uniform')
  for (const limit of [1, 2, 3, 10, 2_097_151, 2_097_153, 2 ** 32 + 5, 2 ** 52 + 3]) {
    const parts = Math.min(limit, 7)
    const seen = new Map<number, number>()
    const count = 70_000
    for (let one = 0; one < count; one += 1) {
      const drawn = draws.below(limit)
      assert.ok(drawn >= 0 && drawn < limit)
      const part = Math.floor((drawn / limit) * parts)
      seen.set(part, (seen.get(part) ?? 0) + 1)
    }
    for (let part = 0; part < parts; part += 1) {
      const [from, to] = [part, part + 1].map((edge) => Math.ceil((edge * limit) / parts))
      const share = ((to ?? 0) - (from ?? 0)) / limit
      const sigma = Math.sqrt((share * (1 - share)) / count) + 1e-9
      assert.ok(Math.abs((seen.get(part) ?? 0) / count - share) < 6.5 * sigma, `${limit}, ${part}`)
    }
  }
})
