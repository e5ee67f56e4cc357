/**
 * The group of `spec/join.md`, in batches: points of curve25519 as u-coordinates, 32 bytes each, packed one after the
 * other; scalars alike, clamped as RFC 7748 clamps them. Every implementation gives the same bytes.
 */
export interface JoinGroup {
  /**
   * The point of each identifier: `curve25519_XMD:SHA-512_ELL2_NU_` (RFC 9380, 8.5) under one domain separation tag, the
   * cofactor cleared. Who knows the tag can try identifiers against such a point: it never leaves unmasked.
   */
  hash(identifiers: readonly Uint8Array[], dst: Uint8Array): Uint8Array
  /** X25519 of one secret scalar and each point. A point of small order gives 32 zero bytes. */
  mask(scalar: Uint8Array, points: Uint8Array): Uint8Array
  /** X25519 of each secret scalar and the base point. */
  base(scalars: Uint8Array): Uint8Array
  /** X25519 of each secret scalar and one point. */
  share(scalars: Uint8Array, point: Uint8Array): Uint8Array
  /** Index of the first point that is on the twist and not on the curve; −1 when all are on the curve. */
  firstOffCurve(points: Uint8Array): number
  /** The same curve in Edwards form, for proofs. */
  readonly edwards: EdwardsGroup
}

/** Points of edwards25519 as RFC 8032 encodes them, one at a time; 32 bytes each. */
export interface EdwardsGroup {
  /**
   * @throws RangeError for bytes that are no point of the curve
   */
  add(one: Uint8Array, other: Uint8Array): Uint8Array
  /**
   * @throws RangeError for bytes that are no point of the curve
   */
  subtract(one: Uint8Array, other: Uint8Array): Uint8Array
  /**
   * A scalar, 1 ≤ n < the group's order, times a point of prime order. In constant time, where the implementation can.
   *
   * @throws RangeError for a point that is none, has its second encoding, or is outside the group of prime order
   */
  multiply(scalar: bigint, point: Uint8Array): Uint8Array
  /** A scalar, 1 ≤ n < the group's order, times the base point. */
  multiplyBase(scalar: bigint): Uint8Array
}

/** Bytes of a point, and of a scalar. */
export const POINT_BYTES = 32

/**
 * How many points or scalars are packed in `bytes`.
 *
 * @throws RangeError for a length that is no multiple of 32
 */
export function packedCount(bytes: Uint8Array): number {
  if (bytes.length % POINT_BYTES !== 0)
    throw new RangeError(`points are packed 32 bytes each, not in ${bytes.length}`)
  return bytes.length / POINT_BYTES
}

/** The `index`th of what is packed in `bytes`: a view, not a copy. */
export function packedAt(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.subarray(index * POINT_BYTES, (index + 1) * POINT_BYTES)
}
