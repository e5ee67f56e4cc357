import type { NoiseLaw } from '../privacy/index.ts'

const million = 1_000_000n

/**
 * What the noise of one bucket is bounded by: its law, or, of a symmetric law, whole numbers that its second and fourth
 * moments are below.
 */
export type QuantileNoise =
  NoiseLaw | { readonly kind: 'moments'; readonly second: bigint; readonly fourth: bigint }

/**
 * Whether a weighted sum of draws of a law stays within ± `size` on one side with at least 97.5 %. `squares` and `fourths`
 * are the sums of the weights' powers. By integers, without a root.
 *
 * Laplace: P(W ≥ t) ≤ E W⁴ / (2 t⁴), as W is symmetric; a draw of scale s has variance ≤ 2s² and fourth cumulant
 * ≤ 12s⁴ + 2s². Gaussian: subgaussian with its variance (Canonne, Kamath, Steinke 2020), so P(W ≥ t) ≤
 * exp(−t² / (2 variance)), and 2 ln 40 < 7.378. Moments: E W⁴ ≤ 3 m₂² (Σ w²)² + m₄ Σ w⁴, as the cumulant is m₄ − 3 m₂².
 */
function isBeyond(
  size: bigint,
  law: QuantileNoise,
  { squares, fourths }: { readonly squares: bigint; readonly fourths: bigint },
): boolean {
  if (law.kind === 'discrete-gaussian') {
    const [num, den] = [BigInt(law.variance.num), BigInt(law.variance.den)]
    return size * size * den * 1_000n > 7_378n * num * squares
  }
  if (law.kind === 'moments')
    return size ** 4n > 20n * (3n * (law.second * squares) ** 2n + law.fourth * fourths)
  const [num, den] = [BigInt(law.scale.num), BigInt(law.scale.den)]
  const fourth =
    12n * num ** 4n * (squares * squares + fourths) + 2n * num * num * den * den * fourths
  return (size * den) ** 4n > 20n * fourth
}

/**
 * The first and the last bucket that a quantile can lie in, with at least 95 %: of the true bucket the running sum reaches
 * the share of the whole and the one before does not, and the noise of either hides that with at most 2.5 %. The buckets
 * that neither speaks against are the interval. `undefined` where there is none. By released numbers and public figures
 * alone.
 */
export function quantileInterval(
  buckets: readonly number[],
  ppm: number,
  law: QuantileNoise,
): { readonly first: number; readonly last: number } | undefined {
  const share = BigInt(ppm)
  const rest = million - share
  const whole = buckets.reduce((sum, count) => sum + BigInt(count), 0n)
  const weights = (below: number): { squares: bigint; fourths: bigint } => {
    const [low, high] = [BigInt(below), BigInt(buckets.length - below)]
    return {
      squares: low * rest ** 2n + high * share ** 2n,
      fourths: low * rest ** 4n + high * share ** 4n,
    }
  }
  let [sum, isBeforeShort] = [0n, true]
  const found: number[] = []
  for (const [at, count] of buckets.entries()) {
    sum += BigInt(count)
    const excess = million * sum - share * whole
    const size = excess < 0n ? -excess : excess
    const isFar = isBeyond(size, law, weights(at + 1))
    if (isBeforeShort && !(excess < 0n && isFar)) found.push(at)
    isBeforeShort = !(excess > 0n && isFar)
  }
  const [first] = found
  const last = found.at(-1)
  return first === undefined || last === undefined ? undefined : { first, last }
}
