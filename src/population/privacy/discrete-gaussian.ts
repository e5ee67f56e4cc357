import { bernoulliExp } from './bernoulli.ts'
import { bernoulliExpLong } from './bernoulli-long.ts'
import { drawDiscreteLaplace } from './discrete-laplace.ts'
import type { Ratio } from './ratio.ts'
import type { UniformDraws } from '../../crypto/index.ts'

/** Up to here a denominator leaves room below 2^53 for the longest series ever drawn. */
const roomy = 2 ** 45

/** What depends on the variance alone. */
interface GaussianPlan {
  readonly num: number
  readonly den: number
  /** Of the discrete Laplace law that proposes. */
  readonly scale: Ratio
  /** 2 · num · den · scale²: under every exponent. */
  readonly below: bigint
}

/** The whole part of the square root of `num / den`, by bits from the highest: integers only. */
function wholeRoot({ num, den }: Ratio): number {
  const [above, below] = [BigInt(num), BigInt(den)]
  let root = 0n
  for (let bit = 1n << 27n; bit > 0n; bit >>= 1n) {
    if ((root + bit) ** 2n * below <= above) root += bit
  }
  return Number(root)
}

function planOf(variance: Ratio): GaussianPlan {
  const { num, den } = variance
  const scale = wholeRoot(variance) + 1
  const below = 2n * BigInt(num) * BigInt(den) * BigInt(scale) ** 2n
  return { num, den, scale: { num: scale, den: 1 }, below }
}

/**
 * Whether a proposal stays: with probability exp(−(|k| − variance/scale)² / (2 variance)). The usual variances have short
 * fractions, and whole numbers below 2^53 do; the others take longer ones.
 */
function keeping(draws: UniformDraws, plan: GaussianPlan): (drawn: number) => boolean {
  const { num, den, scale, below } = plan
  const [long, short] = [below, Number(below)]
  const keepLong = (drawn: number): boolean => {
    const distance = BigInt(Math.abs(drawn)) * BigInt(scale.num) * BigInt(den) - BigInt(num)
    return bernoulliExpLong(draws, distance ** 2n, long)
  }
  if (long > BigInt(roomy)) return keepLong
  return (drawn) => {
    const distance = Math.abs(drawn) * scale.num * den - num
    const above = distance * distance
    return above <= Number.MAX_SAFE_INTEGER ? bernoulliExp(draws, above, short) : keepLong(drawn)
  }
}

/**
 * Draws of the discrete Gaussian law, exact: P(k) ∝ exp(−k² / (2 variance)). With variance = sensitivity² / (2 rho) it makes
 * a whole number rho-zCDP (Canonne, Kamath, Steinke 2020, Algorithm 3). Integers only; like a discrete Laplace draw, none
 * is made inside a request.
 */
export function discreteGaussianSampler(draws: UniformDraws, variance: Ratio): () => number {
  const plan = planOf(variance)
  const keep = keeping(draws, plan)
  return () => {
    for (;;) {
      const drawn = drawDiscreteLaplace(draws, plan.scale)
      if (keep(drawn)) return drawn
    }
  }
}
