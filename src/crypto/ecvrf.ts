import { ed25519, ed25519_hasher } from '@noble/curves/ed25519.js'

import { concatBytes, equalBytes, utf8 } from '../bytes/index.ts'
import { sha512 } from './digest.ts'
import { checkSeed } from './ed25519.ts'
import { fieldHasher } from './hash-to-field.ts'

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

/** What a platform computes on edwards25519 faster than the curve library; both throw for bad input. */
export interface FastEdwards {
  /**
   * Multiplies a point of the prime-order group by a secret scalar, in constant time. Both are 32 bytes,
   * little-endian, the scalar reduced; so is the product. Throws for anything but such a point.
   */
  readonly multiply: (scalar: Uint8Array, point: Uint8Array) => Uint8Array
  /**
   * Elligator 2 of a field element, 32 bytes, little-endian, and the cofactor cleared. The highest bit is the
   * sign of x before that: RFC 9380 gets it from the map to the Montgomery curve, other callers from anywhere.
   */
  readonly map: (element: Uint8Array) => Uint8Array
  /** The power (p − 5) / 8 of a reduced field element, reduced. Left out: the curve library computes it. */
  readonly power?: ((element: bigint) => bigint) | undefined
}

/**
 * The key of a 32-byte secret seed, as RFC 8032 (5.1.5) makes it from that. `fast` makes outputs
 * faster, and multiplies in constant time; without it the curve library computes them. Both ways give
 * the same outputs.
 *
 * @throws {RangeError} for other than 32 bytes
 */
export function vrfKey(seed: Uint8Array, fast?: FastEdwards): VrfKey {
  checkSeed(seed)
  const { scalar, prefix, pointBytes: publicKey } = ed25519.utils.getExtendedPublicKey(seed)
  const cleared = Point.Fn.toBytes(Point.Fn.create(COFACTOR * scalar))
  return {
    publicKey,
    output(alpha) {
      const h = fast === undefined ? undefined : fastEncode(publicKey, alpha, fast)
      const point = h ?? encodeToCurve(publicKey, alpha).toBytes()
      return hashOf((fast?.multiply ?? curveMultiply)(cleared, point))
    },
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

const hashToField = fieldHasher(DST)

/** RFC 9380, 6.8.2: the square root of -486664 whose sign is 0. */
const SCALE = evenRoot(Point.Fp.neg(486_664n))

function evenRoot(square: bigint): bigint {
  const root = Point.Fp.sqrt(square)
  return Point.Fp.isOdd?.(root) === true ? Point.Fp.neg(root) : root
}

/**
 * What {@link encodeToCurve} gives, encoded, with the platform's map. That one leaves open which of two
 * opposite points it is. `undefined` for the exceptional elements of the map, which the library treats.
 */
function fastEncode(
  publicKey: Uint8Array,
  alpha: Uint8Array,
  fast: FastEdwards,
): Uint8Array | undefined {
  const element = hashToField(concatBytes(publicKey, alpha))
  const sign = signOf(element, fast)
  if (sign === undefined) return undefined
  const bytes = Point.Fp.toBytes(element)
  bytes[POINT_BYTES - 1] = (bytes[POINT_BYTES - 1] ?? 0) | (sign << 7)
  return fast.map(bytes)
}

/** RFC 9380, 6.7.1: the Montgomery curve v² = u³ + Au² + u of the map, with Z = 2. */
const A = 486_662n
const { Fp } = Point
const mul = (one: bigint, other: bigint): bigint => Fp.mul(one, other)
/** The square root of −1. */
const I = Fp.sqrt(Fp.neg(1n))
/** Divides by a square root of 2i, and of −2i. */
const HALF_ROOTS = [1n - I, 1n + I].map((root) => Fp.div(Fp.create(root), 2n))
const EXPONENT = (Fp.ORDER - 5n) / 8n

/**
 * The sign of x, on the Edwards curve, of the point that RFC 9380 maps a field element `r` to, before the
 * cofactor is cleared (6.7.1 and 6.8.2); `undefined` for exceptional elements. With D = 1 + 2r² and
 * N = A(2A²r² − D²), the first candidate is u = −A/D with v² = N/D³, the second 2r² times both. One power
 * gives s = (ND)^(−1/2), or (2ND)^(−1/2) where only the second is on the curve, and every division with it:
 * v = N²s³ and x = −cAD·s, or v = 4rN²s³ and x = −2cArD·s, with c the square root of −A − 2.
 */
function signOf(
  r: bigint,
  { power = (of) => Fp.pow(of, EXPONENT) }: FastEdwards,
): 0 | 1 | undefined {
  const twice = mul(2n, Fp.sqr(r))
  const d = Fp.add(1n, twice)
  const n = mul(A, Fp.sub(mul(A * A, twice), Fp.sqr(d)))
  const both = mul(n, d)
  const t = power(both)
  const root = rootOf(t, mul(Fp.sqr(t), both))
  // Where u is −1 or v is 0, x has no quotient: 6.8.2 names them.
  if (root === undefined || d === A || d === mul(A, twice)) return undefined
  const { s, isFirst } = root
  const cubed = mul(mul(Fp.sqr(n), s), Fp.sqr(s))
  const v = isFirst ? cubed : mul(mul(4n, r), cubed)
  if (v === 0n) return undefined
  const x = mul(mul(mul(SCALE, A), mul(d, s)), isFirst ? 1n : mul(2n, r))
  // v is odd for the first candidate and even for the second: −s is the root where it is not.
  const isRight = (v & 1n) === (isFirst ? 1n : 0n)
  return Fp.isOdd?.(isRight ? Fp.neg(x) : x) === true ? 1 : 0
}

/** From t and `unit` = t²ND, a fourth root of one: the s of {@link signOf}, for the first candidate or the second. */
function rootOf(
  t: bigint,
  unit: bigint,
): { readonly s: bigint; readonly isFirst: boolean } | undefined {
  const [overI = 0n, overMinusI = 0n] = HALF_ROOTS
  if (unit === 1n) return { s: t, isFirst: true }
  if (unit === Fp.neg(1n)) return { s: mul(t, I), isFirst: true }
  if (unit === I) return { s: mul(t, overI), isFirst: false }
  return unit === Fp.neg(I) ? { s: mul(t, overMinusI), isFirst: false } : undefined
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
