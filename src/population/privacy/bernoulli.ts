import type { UniformDraws } from '../../crypto/index.ts'

/**
 * True with probability `exp(−num/den)`, exactly, for whole numbers 0 ≤ num ≤ 2^53 − 1 and den ≥ 1 (Canonne, Kamath,
 * Steinke 2020, Algorithm 1): one draw of `exp(−1)` for each whole part, then the alternating series of the rest, a
 * term a draw. Integers only.
 *
 * @throws RangeError from {@link UniformDraws.below} where `den` times the terms of a series passes 2^53: never a rounded
 * product
 */
export function bernoulliExp(draws: UniformDraws, num: number, den: number): boolean {
  let rest = num
  for (; rest >= den; rest -= den) {
    if (!seriesIsOdd(draws, 1, 1)) return false
  }
  return seriesIsOdd(draws, rest, den)
}

function seriesIsOdd(draws: UniformDraws, num: number, den: number): boolean {
  let terms = 1
  while (draws.below(den * terms) < num) terms += 1
  return terms % 2 === 1
}
