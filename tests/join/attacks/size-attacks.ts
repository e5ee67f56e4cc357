import { expNegative, type Fixed, fixedOne } from '../../../src/population/privacy/index.ts'
import {
  beginHolder,
  drawHolderNoise,
  dummyProbabilities,
  holderKeys,
  type JoinPlan,
  paddingLaws,
  readCommit,
} from '../../../src/population/psi/index.ts'
import { leastSize } from '../../../src/population/psi/plan/index.ts'
import {
  maskedRows,
  numbersFrom,
  people,
  sampleDeps,
  samplePlan,
} from '../../../src/testing/join/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import type { Attempt, JoinAttack } from './join-attack.ts'

/** Millionths of epsilon of a list's padding in these plans. */
export const paddingMicroEpsilon = 100_000

/** A plan of one group a side whose sizes have noise, and whose lists have room for it. */
export function noisyPlan(): JoinPlan {
  return samplePlan({
    cellMicroEpsilon: 300_000,
    padding: { kind: 'noisy', microEpsilon: paddingMicroEpsilon },
    taus: [80],
  })
}

/** The size that peer and tally are told, of a list of so many people and this padding: the product's own M1. */
export function toldSize(plan: JoinPlan, count: number, padding: number): number {
  const deps = sampleDeps()
  const keys = holderKeys(deps.randomness)
  const rows = maskedRows(plan, keys, [people(...numbersFrom(0, count))])
  const noise = { used: [40], padding: [padding] }
  const { state } = beginHolder({ plan, side: 'left', noise, keys, rows }, deps)
  return readCommit(plan, 'left', state.made.commit ?? new Uint8Array(0)).sizes[0] ?? 0
}

/** The exact law of told sizes for a list of so many people; {@link toldSize} is what it is held against. */
export function sizeLaw(plan: JoinPlan, count: number): ReadonlyMap<number, Fixed> {
  const [law] = paddingLaws(plan) ?? []
  if (law === undefined) throw new TypeError('sizes of this plan have no noise')
  const least = leastSize(plan, 'left', 0)
  const found = new Map<number, Fixed>()
  dummyProbabilities(law).forEach((probability, padding) => {
    const size = Math.max(least, count + padding)
    found.set(size, (found.get(size) ?? 0n) + probability)
  })
  return found
}

/** The hockey-stick of two laws: by how much one goes beyond e^epsilon times the other; a fraction of {@link fixedOne}. */
export function beyondEpsilon(
  one: ReadonlyMap<number, Fixed>,
  other: ReadonlyMap<number, Fixed>,
  microEpsilon: number,
): Fixed {
  const shrink = expNegative(BigInt(microEpsilon), 1_000_000n)
  let sum = 0n
  for (const [size, probability] of one) {
    const excess = (probability * shrink) / fixedOne - (other.get(size) ?? 0n)
    // Rounding of probabilities stays below 2^−180.
    if (excess > fixedOne >> 180n) sum += (excess * fixedOne) / shrink
  }
  return sum
}

/** How often the best guess from one size is right, even odds before. */
export function bestGuess(
  one: ReadonlyMap<number, Fixed>,
  other: ReadonlyMap<number, Fixed>,
): number {
  const sizes = new Set([...one.keys(), ...other.keys()])
  let sum = 0n
  for (const size of sizes) {
    const [a, b] = [one.get(size) ?? 0n, other.get(size) ?? 0n]
    sum += a > b ? a : b
  }
  return Number((sum * 1_000_000n) / fixedOne) / 2_000_000
}

const people400 = 400

/**
 * Guesses from the size of a list whether it has 400 or 401 people. The best guess is right as often as is allowed, so that a
 * figure of fresh draws lies beyond any bound now and then: these are out of a seed.
 */
function fromSizes(target: 'product' | 'twin'): Attempt {
  const plan = noisyPlan()
  const randomness = seededRandom('sizes of lists')
  const rounds = 10_000
  let right = 0
  for (let round = 0; round < rounds; round += 1) {
    const count = people400 + (round % 2)
    const [padding = 0] =
      target === 'twin' ? [0] : drawHolderNoise(plan, 'left', randomness).padding
    const half = target === 'twin' ? 0 : (paddingLaws(plan)?.[0]?.tau ?? 0) / 2
    const size = Math.max(leastSize(plan, 'left', 0), count + padding)
    if (size > people400 + half === (round % 2 === 1)) right += 1
  }
  const share = right / rounds
  const allowed = Math.exp(paddingMicroEpsilon / 1e6) / (1 + Math.exp(paddingMicroEpsilon / 1e6))
  const got = `${(100 * share).toFixed(1)} % of ${rounds} guesses right${target === 'product' ? `; ${(100 * allowed).toFixed(1)} % allowed` : ''}`
  const succeeds = share > allowed + 3 * Math.sqrt(0.25 / rounds)
  return { succeeds, got, evidence: 'nothing: a party reads what it is sent' }
}

/** What sizes tell. */
export const sizeAttacks: readonly JoinAttack[] = [
  {
    name: 'sizes',
    who: 'peer and tally',
    what: 'guess from the size of a list whether one person is in it',
    stoppedBy: 'sizes padded by noise of their own, paid for with the cells',
    twin: 'lists as long as they are',
    attempt: fromSizes,
  },
]
