import { encodeHex } from '../../bytes/index.ts'
import { POINT_BYTES } from './join-group.ts'

/** The order of the field of curve25519 and edwards25519. */
export const FIELD_ORDER: bigint = 2n ** 255n - 19n
/** The order of their groups of prime order. */
export const GROUP_ORDER: bigint = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n

const A = 486_662n

/** A whole number below `order` and congruent to `value`. */
export function reduced(value: bigint, order: bigint = FIELD_ORDER): bigint {
  const rest = value % order
  return rest < 0n ? rest + order : rest
}

/** The whole number of little-endian bytes. */
export function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${encodeHex(bytes.toReversed())}`)
}

/** 32 little-endian bytes of a whole number below 2^256. */
export function bytesOf(value: bigint): Uint8Array {
  const bytes = new Uint8Array(POINT_BYTES)
  const view = new DataView(bytes.buffer)
  for (let word = 0; word < 4; word += 1)
    view.setBigUint64(8 * word, BigInt.asUintN(64, value >> BigInt(64 * word)), true)
  return bytes
}

/** `base` to a power ≥ 0 in the field. */
export function fieldPower(base: bigint, exponent: bigint): bigint {
  let product = 1n
  let square = base
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) product = (product * square) % FIELD_ORDER
    square = (square * square) % FIELD_ORDER
  }
  return product
}

/** Inverses in the field, all by one power (Montgomery's trick); the inverse of 0 is 0. */
export function invertAll(values: readonly bigint[]): bigint[] {
  const before: bigint[] = []
  let product = 1n
  for (const value of values) {
    before.push(product)
    if (value !== 0n) product = (product * value) % FIELD_ORDER
  }
  let inverse = fieldPower(product, FIELD_ORDER - 2n)
  const inverses = Array.from(values, () => 0n)
  for (let at = values.length - 1; at >= 0; at -= 1) {
    const value = values[at] ?? 0n
    if (value === 0n) continue
    inverses[at] = (inverse * (before[at] ?? 0n)) % FIELD_ORDER
    inverse = (inverse * value) % FIELD_ORDER
  }
  return inverses
}

/** u³ + 486662u² + u: a square exactly for the u of the curve (RFC 7748, 4.1), for others on the twist. */
export function curveSquare(u: bigint): bigint {
  return (((((u + A) * u) % FIELD_ORDER) * u) % FIELD_ORDER) + u
}
