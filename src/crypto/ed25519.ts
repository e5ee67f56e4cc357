import { decodeHex } from '../bytes/index.ts'

/**
 * Ed25519 signatures (RFC 8032, section 5.1). All implementations accept and refuse exactly the same
 * signatures: {@link isStrictEncoding} holds, and the equation holds without the cofactor.
 */
export interface Ed25519 {
  /** The 32-byte public key of a 32-byte secret seed. */
  publicKey(seed: Uint8Array): Uint8Array
  /** The 64-byte signature of a message by a 32-byte secret seed; the same input, the same output. */
  sign(message: Uint8Array, seed: Uint8Array): Uint8Array
  /** Whether the signature is good. Malformed keys and signatures are not good; never throws. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}

/** 2^255 - 19, little-endian: y coordinates are below it. */
const FIELD = littleEndian('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed')
/** The order of the base point, little-endian: S is below it. */
const ORDER = littleEndian('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed')
/** The y coordinates of the eight points of small order: 0, 1, -1 and those of the order-8 points. */
const SMALL_ORDER = [
  littleEndian('0000000000000000000000000000000000000000000000000000000000000000'),
  littleEndian('0000000000000000000000000000000000000000000000000000000000000001'),
  littleEndian('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec'),
  littleEndian('05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
  littleEndian('7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7'),
]

/**
 * Whether a signature and a public key are written in the only accepted way: 64 and 32 bytes, S
 * below the group order (RFC 8032, 5.1.7 step 1), both points with a reduced y coordinate, and
 * neither of small order, with which one signature can be good for many messages.
 *
 * Libraries differ in these checks, so every implementation of {@link Ed25519} makes them first.
 */
export function isStrictEncoding(signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  return (
    isBelow(signature.subarray(32), ORDER) &&
    isStrictPoint(signature.subarray(0, 32)) &&
    isStrictPoint(publicKey)
  )
}

/** Whether 32 bytes are a reduced encoding, not of small order. On the curve or not is not checked. */
function isStrictPoint(encoding: Uint8Array): boolean {
  // A copy in any case: the `slice` of a Buffer shares its memory.
  const y = new Uint8Array(encoding)
  y[31] = (y[31] ?? 0) & 0x7f
  return isBelow(y, FIELD) && !SMALL_ORDER.some((small) => y.every((byte, i) => byte === small[i]))
}

/**
 * Refuses what cannot be a secret seed.
 *
 * @throws {RangeError} for other than 32 bytes
 */
export function checkSeed(seed: Uint8Array): void {
  if (seed.length !== 32) throw new RangeError(`seed must have 32 bytes, not ${seed.length}`)
}

function isBelow(value: Uint8Array, limit: Uint8Array): boolean {
  for (let i = 31; i >= 0; i -= 1) {
    const difference = (value[i] ?? 0) - (limit[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

function littleEndian(bigEndianHex: string): Uint8Array {
  return decodeHex(bigEndianHex).reverse()
}
