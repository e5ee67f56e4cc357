/**
 * Arithmetic on tree sizes and node indexes. They are integers up to 2^53 − 1, so 32-bit operators
 * (`>>`, `<<`, `&`) never touch them: dividing a double by a power of two is exact.
 */

const WORD = 4_294_967_296
const POWERS: readonly number[] = powers(64)

/** 2^exponent, 0 ≤ exponent ≤ 63. Exact. */
export function powerOfTwo(exponent: number): number {
  const power = POWERS[exponent]
  if (power === undefined) throw new RangeError(`exponent out of range: ${String(exponent)}`)
  return power
}

/** ⌊n ÷ 2^level⌋: how many perfect subtrees of 2^level leaves a tree of n leaves has. */
export function subtreesAt(level: number, n: number): number {
  return Math.floor(n / powerOfTwo(level))
}

/** ⌊log₂ n⌋ for an integer 1 ≤ n < 2^53, by counting bits, never by a rounded logarithm. */
export function floorLog2(n: number): number {
  return n < WORD ? 31 - Math.clz32(n) : 63 - Math.clz32(Math.floor(n / WORD))
}

/**
 * Checks that `value` can be a tree size or an index.
 *
 * @throws RangeError when it is not an integer from 0 to 2^53 − 1
 */
export function checkCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} must be an integer from 0 to 2^53 - 1, not ${String(value)}`)
  }
}

function powers(count: number): number[] {
  const list = [1]
  while (list.length < count) list.push((list.at(-1) ?? 0) * 2)
  return list
}
