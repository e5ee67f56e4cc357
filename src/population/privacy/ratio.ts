/** An exact positive fraction of safe integers: scales and variances of noise, never a float. */
export interface Ratio {
  /** 1 ≤ numerator ≤ 2^53 − 1. */
  readonly num: number
  /** 1 ≤ denominator ≤ 2^53 − 1. */
  readonly den: number
}

function greatestCommonDivisor(a: number, b: number): number {
  let [one, other] = [a, b]
  while (other > 0) [one, other] = [other, one % other]
  return one
}

/**
 * The fraction `num / den` in lowest terms.
 *
 * @throws RangeError unless both are whole numbers from 1 to 2^53 − 1
 */
export function ratio(num: number, den: number): Ratio {
  for (const one of [num, den]) {
    if (!Number.isSafeInteger(one) || one < 1)
      throw new RangeError(`a ratio is of whole numbers from 1 on, not of ${one}`)
  }
  const common = greatestCommonDivisor(num, den)
  return { num: num / common, den: den / common }
}
