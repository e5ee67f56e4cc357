import { divide, expNegative, type Fixed, fixedOne, multiply } from '../../privacy/index.ts'

/**
 * The law of how many dummies of a cell are used: P(k) ∝ exp(−epsilon |k − tau/2| / sensitivity) for k = 0 … tau, and 0
 * elsewhere.
 */
export interface DummyLaw {
  /** Millionths of epsilon, 1 to 10^8. */
  readonly microEpsilon: number
  /** By how much one person changes the number; 1 unless said. */
  readonly sensitivity?: number
  /** Even, ≥ 2. */
  readonly tau: number
}

const million = 1_000_000n
/** Above it no plan has room for the dummies of one cell. */
const largestTau = 4_194_304

/** By how many parts of what epsilon falls with one step away from the middle. */
function partsOf(sensitivity: number): bigint {
  return million * BigInt(sensitivity)
}

/** The probabilities of k = 0 … tau, each off by less than 2^−180. */
export function dummyProbabilities({
  microEpsilon,
  sensitivity = 1,
  tau,
}: DummyLaw): readonly Fixed[] {
  const half = tau / 2
  const step = expNegative(BigInt(microEpsilon), partsOf(sensitivity))
  const weights: Fixed[] = [fixedOne]
  for (let k = 1; k <= half; k += 1) weights.push(multiply(weights[k - 1] ?? 0n, step))
  const total = weights.reduce((sum, weight) => sum + 2n * weight, -fixedOne)
  return Array.from({ length: tau + 1 }, (_, k) => divide(weights[Math.abs(k - half)] ?? 0n, total))
}

/**
 * The delta that the law keeps with its epsilon, for a number that one person changes by its sensitivity s at most: the
 * hockey-stick divergence of the law and the law shifted by s. From s on all ratios inside are e^±epsilon at most, so it is
 * what lies at the end, P(0) + … + P(s − 1); a smaller shift has less.
 */
export function dummyDelta({ microEpsilon, sensitivity = 1, tau }: DummyLaw): Fixed {
  const half = BigInt(tau / 2)
  const parts = partsOf(sensitivity)
  const r = expNegative(BigInt(microEpsilon), parts)
  const atEnd = expNegative(half * BigInt(microEpsilon), parts)
  // The sum of all weights times 1 − r: 1 + r − 2 r^(half + 1).
  const total = fixedOne + r - 2n * multiply(atEnd, r)
  const weightAt = (k: number): Fixed =>
    expNegative(BigInt(Math.abs(tau / 2 - k)) * BigInt(microEpsilon), parts)
  let end = atEnd
  for (let k = 1; k < Math.min(sensitivity, tau + 1); k += 1) end += weightAt(k)
  return divide(multiply(end, fixedOne - r), total)
}

/**
 * The smallest even tau whose law keeps 10^−`deltaExponent` with this epsilon.
 *
 * @throws RangeError for an epsilon so small that it would need over four million dummies a cell, or unless
 * 1 ≤ `microEpsilon` ≤ 10^8, 1 ≤ `deltaExponent` ≤ 15 and 1 ≤ `sensitivity` ≤ 16
 */
export function smallestTau(
  microEpsilon: number,
  deltaExponent: number,
  sensitivity: number = 1,
): number {
  const isWhole = (value: number, most: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= most
  if (!isWhole(microEpsilon, 1e8))
    throw new RangeError('epsilon is a whole number of millionths from 1 to 10^8')
  if (!isWhole(deltaExponent, 15)) throw new RangeError('delta is 10 to the power of −1 to −15')
  if (!isWhole(sensitivity, 16)) throw new RangeError('a person changes a number by 1 to 16')
  const name = `${microEpsilon} ${deltaExponent} ${sensitivity}`
  const found = knownTaus.get(name) ?? searchTau({ microEpsilon, deltaExponent, sensitivity })
  if (knownTaus.size >= mostKnownTaus) knownTaus.clear()
  knownTaus.set(name, found)
  return found
}

/** Whoever reads a plan computes its tau again, at every message of a run; it depends on these three numbers alone. */
const knownTaus = new Map<string, number>()
const mostKnownTaus = 256

function searchTau({
  microEpsilon,
  deltaExponent,
  sensitivity,
}: {
  readonly microEpsilon: number
  readonly deltaExponent: number
  readonly sensitivity: number
}): number {
  const target = fixedOne / 10n ** BigInt(deltaExponent)
  const keeps = (half: number): boolean =>
    dummyDelta({ microEpsilon, sensitivity, tau: 2 * half }) <= target
  let above = 1
  while (!keeps(above)) {
    above *= 2
    if (2 * above > largestTau) throw new RangeError('so small an epsilon needs too many dummies')
  }
  let below = above / 2
  while (above - below > 1) {
    const middle = Math.floor((above + below) / 2)
    if (keeps(middle)) above = middle
    else below = middle
  }
  return 2 * above
}
