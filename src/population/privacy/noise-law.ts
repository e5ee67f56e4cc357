import { divide, expNegative, fixedOne, type Fixed, multiply } from './fixed-point.ts'
import type { Ratio } from './ratio.ts'

/** The law of the noise of one number: symmetric around 0, on the whole numbers. */
export type NoiseLaw =
  /** P(k) ∝ exp(−|k| / scale); scale = sensitivity / epsilon. */
  | { readonly kind: 'discrete-laplace'; readonly scale: Ratio }
  /** P(k) ∝ exp(−k² / (2 variance)); variance = sensitivity² / (2 rho). */
  | { readonly kind: 'discrete-gaussian'; readonly variance: Ratio }

/** Largest variance of a Gaussian law whose sums are still computed term by term. */
const largestVariance = 1e10

/** What a law says about a draw, exactly but for less than 2^−150. */
export interface LawFigures {
  /** P(|draw| ≤ bound), for a whole number bound ≥ 0. */
  readonly within: (bound: number) => Fixed
}

/**
 * The figures of a law, computed from the law alone.
 *
 * @throws RangeError for a Gaussian law with a variance above 10^10
 */
export function figuresOf(law: NoiseLaw): LawFigures {
  switch (law.kind) {
    case 'discrete-laplace':
      return laplaceFigures(law.scale)
    case 'discrete-gaussian':
      return gaussianFigures(law.variance)
  }
}

/** P(|draw| > m) = 2 r^(m+1) / (1 + r) with r = exp(−1/scale). */
function laplaceFigures({ num, den }: Ratio): LawFigures {
  const r = expNegative(BigInt(den), BigInt(num))
  return {
    within: (bound) => {
      const beyond = expNegative(BigInt(bound + 1) * BigInt(den), BigInt(num))
      return fixedOne - divide(2n * beyond, fixedOne + r)
    },
  }
}

/** Weights exp(−k² / (2 variance)), each from the one before, up to where they are nothing. */
function gaussianFigures({ num, den }: Ratio): LawFigures {
  if (num / den > largestVariance)
    throw new RangeError('so wide a Gaussian law has no figures here; use a discrete Laplace law')
  const sums: Fixed[] = []
  const twice = expNegative(BigInt(den), BigInt(num))
  let factor = expNegative(BigInt(den), 2n * BigInt(num))
  let weight = fixedOne
  let sum = 0n
  for (let k = 0; weight >> 90n !== 0n; k += 1) {
    sum += k === 0 ? weight : 2n * weight
    sums.push(sum)
    weight = multiply(weight, factor)
    factor = multiply(factor, twice)
  }
  return {
    within: (bound) => divide(sums[Math.min(bound, sums.length - 1)] ?? 0n, sum),
  }
}
