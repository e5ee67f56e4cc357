/** Bits behind the point of every {@link Fixed}. */
export const fixedBits = 256n
/** 1 as a {@link Fixed}. */
export const fixedOne: bigint = 1n << fixedBits

/**
 * A number as a whole multiple of 2^−256. For what is said about a law of noise: probabilities, levels, deltas. No
 * float takes part, so the same law has the same figures on every machine.
 */
export type Fixed = bigint

/** `a · b`, rounded down. */
export function multiply(a: Fixed, b: Fixed): Fixed {
  return (a * b) >> fixedBits
}

/** `a / b`, rounded down. */
export function divide(a: Fixed, b: Fixed): Fixed {
  return (a << fixedBits) / b
}

/** `base` to a whole power ≥ 0; each of its at most 2 · log2(power) products is rounded down. */
export function power(base: Fixed, exponent: bigint): Fixed {
  let result = fixedOne
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = multiply(result, square)
    square = multiply(square, square)
  }
  return result
}

/** Halvings before the series, so that it ends soon. */
const halvings = 16n

/**
 * `exp(−num/den)` for whole numbers num ≥ 0, den ≥ 1; off by less than 2^−200.
 *
 * The series of `exp(−x / 2^16 / w)` with x / w < 1, squared back. Sixteen squarings and a whole power w lose under 50 of the
 * 256 bits for every exponent whose result is not 0 at all.
 */
export function expNegative(num: bigint, den: bigint): Fixed {
  const whole = num / den + 1n
  const x = (num << fixedBits) / (den * whole * (1n << halvings))
  let term = fixedOne
  let sum = fixedOne
  for (let n = 1n; term !== 0n; n += 1n) {
    term = -multiply(term, x) / n
    sum += term
  }
  return power(power(sum, 1n << halvings), whole)
}

/** Parts per million, rounded down: a level that is promised is never above the exact one. */
export function partsPerMillion(value: Fixed): number {
  return Number((value * 1_000_000n) >> fixedBits)
}
