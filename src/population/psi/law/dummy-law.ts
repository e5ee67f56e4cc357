import { divide, expNegative, type Fixed, fixedOne, multiply } from '../../privacy/index.ts'

/** The law of how many dummies of a cell are used: P(k) ∝ exp(−epsilon |k − tau/2|) for k = 0 … tau, and 0 elsewhere. */
export interface DummyLaw {
  /** Millionths of epsilon, 1 to 10^8. */
  readonly microEpsilon: number
  /** Even, ≥ 2. */
  readonly tau: number
}

const million = 1_000_000n
/** Above it no plan has room for the dummies of one cell. */
const largestTau = 4_194_304

/** The probabilities of k = 0 … tau, each off by less than 2^−180. */
export function dummyProbabilities({ microEpsilon, tau }: DummyLaw): readonly Fixed[] {
  const half = tau / 2
  const step = expNegative(BigInt(microEpsilon), million)
  const weights: Fixed[] = [fixedOne]
  for (let k = 1; k <= half; k += 1) weights.push(multiply(weights[k - 1] ?? 0n, step))
  const total = weights.reduce((sum, weight) => sum + 2n * weight, -fixedOne)
  return Array.from({ length: tau + 1 }, (_, k) => divide(weights[Math.abs(k - half)] ?? 0n, total))
}

/**
 * The delta that the law keeps with its epsilon, for a number that one person changes by 1: the hockey-stick divergence
 * of the law and the law shifted by one. All ratios inside are exactly e^±epsilon, so it is what lies at the end, P(0).
 */
export function dummyDelta({ microEpsilon, tau }: DummyLaw): Fixed {
  const half = BigInt(tau / 2)
  const r = expNegative(BigInt(microEpsilon), million)
  const atEnd = expNegative(half * BigInt(microEpsilon), million)
  // The sum of all weights times 1 − r: 1 + r − 2 r^(half + 1).
  const total = fixedOne + r - 2n * multiply(atEnd, r)
  return divide(multiply(atEnd, fixedOne - r), total)
}

/**
 * The smallest even tau whose law keeps 10^−`deltaExponent` with this epsilon.
 *
 * @throws RangeError for an epsilon so small that it would need over four million dummies a cell, or unless
 * 1 ≤ `microEpsilon` ≤ 10^8 and 1 ≤ `deltaExponent` ≤ 15
 */
export function smallestTau(microEpsilon: number, deltaExponent: number): number {
  if (!Number.isInteger(microEpsilon) || microEpsilon < 1 || microEpsilon > 1e8)
    throw new RangeError('epsilon is a whole number of millionths from 1 to 10^8')
  if (!Number.isInteger(deltaExponent) || deltaExponent < 1 || deltaExponent > 15)
    throw new RangeError('delta is 10 to the power of −1 to −15')
  const target = fixedOne / 10n ** BigInt(deltaExponent)
  const keeps = (half: number): boolean => dummyDelta({ microEpsilon, tau: 2 * half }) <= target
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
