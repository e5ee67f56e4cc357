import { ed25519, ed25519_hasher } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'

import { concatBytes, equalBytes, utf8 } from '../bytes/index.ts'
import { checkSeed } from './ed25519.ts'

/**
 * A verifiable random function: ECVRF-EDWARDS25519-SHA512-ELL2 (RFC 9381, section 5.5). Of the two
 * suites on this curve it is the one whose running time does not depend on the input, which is a
 * person's identifier here (section 7.5 rules the other one out for secret inputs).
 */
export interface VrfKey {
  /** 32 bytes: who has it can verify proofs, and nobody else's output passes under it. */
  readonly publicKey: Uint8Array
  /** The output for an input, 64 bytes: unpredictable without the key, and one only. */
  output(alpha: Uint8Array): Uint8Array
  /** The proof of that output, 80 bytes; the same input, the same proof. */
  prove(alpha: Uint8Array): Uint8Array
}

const { Point } = ed25519
type CurvePoint = ReturnType<typeof Point.fromBytes>

const SUITE = 0x04
const COFACTOR = 8n
const POINT_BYTES = 32
const CHALLENGE_BYTES = 16
/** Length of a proof: Gamma, c and s (section 5.1, step 8). */
export const VRF_PROOF_BYTES = 80
/** Section 5.4.1.2: "ECVRF_", the suite of RFC 9380 and the suite string. */
const DST = concatBytes(utf8('ECVRF_edwards25519_XMD:SHA-512_ELL2_NU_'), Uint8Array.of(SUITE))

/**
 * Multiplies a point of the prime-order group by a secret scalar, in constant time. Both are 32 bytes,
 * little-endian, the scalar reduced; so is the product. Throws for anything but such a point.
 */
export type EdwardsMultiply = (scalar: Uint8Array, point: Uint8Array) => Uint8Array

/**
 * The key of a 32-byte secret seed, as RFC 8032 (5.1.5) makes it from that. `multiply` makes outputs
 * faster, and constant in time to the last step; without it the curve library computes them.
 *
 * @throws {RangeError} for other than 32 bytes
 */
export function vrfKey(seed: Uint8Array, multiply: EdwardsMultiply = curveMultiply): VrfKey {
  checkSeed(seed)
  const { scalar, prefix, pointBytes: publicKey } = ed25519.utils.getExtendedPublicKey(seed)
  const cleared = Point.Fn.toBytes(Point.Fn.create(COFACTOR * scalar))
  return {
    publicKey,
    output: (alpha) => hashOf(multiply(cleared, encodeToCurve(publicKey, alpha).toBytes())),
    prove(alpha) {
      const h = encodeToCurve(publicKey, alpha)
      const hBytes = h.toBytes()
      const gamma = h.multiply(scalar)
      const k = Point.Fn.create(numberOf(sha512(concatBytes(prefix, hBytes))))
      const c = challenge(
        [publicKey, hBytes, gamma.toBytes()],
        [Point.BASE.multiply(k), h.multiply(k)],
      )
      const s = Point.Fn.create(k + numberOf(c) * scalar)
      return concatBytes(gamma.toBytes(), c, Point.Fn.toBytes(s))
    },
  }
}

/**
 * Verifies a proof (section 5.3, with the key validation of 5.4.5) and gives the output that it
 * proves, 64 bytes; `undefined` when it proves nothing. Stricter than the RFC: key and Gamma must be
 * in the group of prime order and have their one encoding, so that one input has one proof of a kind
 * that an honest prover makes. Never throws on malformed input.
 */
export function verifyVrf(
  publicKey: Uint8Array,
  alpha: Uint8Array,
  proof: Uint8Array,
): Uint8Array | undefined {
  if (proof.length !== VRF_PROOF_BYTES) return undefined
  const y = readPoint(publicKey)
  const gamma = readPoint(proof.subarray(0, POINT_BYTES))
  const s = numberOf(proof.subarray(POINT_BYTES + CHALLENGE_BYTES))
  if (y === undefined || gamma === undefined || s >= Point.Fn.ORDER) return undefined
  const given = proof.subarray(POINT_BYTES, POINT_BYTES + CHALLENGE_BYTES)
  const c = numberOf(given)
  const h = encodeToCurve(publicKey, alpha)
  const u = Point.BASE.multiplyUnsafe(s).subtract(y.multiplyUnsafe(c))
  const v = h.multiplyUnsafe(s).subtract(gamma.multiplyUnsafe(c))
  const expected = challenge([publicKey, h.toBytes(), gamma.toBytes()], [u, v])
  return equalBytes(expected, given) ? hashOf(gamma.multiplyUnsafe(COFACTOR).toBytes()) : undefined
}

/** Section 5.4.1.2: the public key is the salt. */
function encodeToCurve(publicKey: Uint8Array, alpha: Uint8Array): CurvePoint {
  const point = ed25519_hasher.encodeToCurve(concatBytes(publicKey, alpha), { DST })
  if (!(point instanceof Point)) throw new TypeError('the hasher is of another curve')
  return point
}

/** Section 5.4.3: the first 16 bytes of the hash over the five points. */
function challenge(encoded: readonly Uint8Array[], points: readonly CurvePoint[]): Uint8Array {
  const all = [...encoded, ...points.map((point) => point.toBytes())]
  const input = concatBytes(Uint8Array.of(SUITE, 0x02), ...all, Uint8Array.of(0x00))
  return sha512(input).slice(0, CHALLENGE_BYTES)
}

function curveMultiply(scalar: Uint8Array, point: Uint8Array): Uint8Array {
  return Point.fromBytes(point).multiply(Point.Fn.fromBytes(scalar)).toBytes()
}

/** Section 5.2, from Gamma times the cofactor. */
function hashOf(cleared: Uint8Array): Uint8Array {
  return sha512(concatBytes(Uint8Array.of(SUITE, 0x03), cleared, Uint8Array.of(0x00)))
}

function readPoint(bytes: Uint8Array): CurvePoint | undefined {
  if (bytes.length !== POINT_BYTES) return undefined
  try {
    const point = Point.fromBytes(bytes)
    const isStrict = !point.isSmallOrder() && point.isTorsionFree()
    return isStrict && equalBytes(point.toBytes(), bytes) ? point : undefined
  } catch {
    return undefined
  }
}

function numberOf(littleEndian: Uint8Array): bigint {
  return littleEndian.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}
