import { concatBytes, equalBytes, utf8 } from '../../../bytes/index.ts'
import {
  bytesOf,
  type EdwardsGroup,
  edwardsToU,
  GROUP_ORDER,
  liftU,
  numberOf,
  reduced,
  sha256,
  signOfX,
} from '../../../crypto/index.ts'
import type { Randomness } from '../../../ports/index.ts'
import { clampedScalar } from './clamped-scalar.ts'

/** What is proven: that `output` = X25519(k, `point`) for the k with `key` = X25519(k, 9). u-coordinates. */
export interface ExponentClaim {
  readonly key: Uint8Array
  readonly point: Uint8Array
  readonly output: Uint8Array
}

/** The proof, with the sign that the output has when the point is lifted with sign 0. */
export interface ExponentProof {
  readonly sign: 0 | 1
  /** c (16 bytes) ‖ z (32 bytes, little-endian). */
  readonly proof: Uint8Array
}

const challengeBytes = 16
/** Length of a proof. */
export const exponentProofBytes = 48
/** 1/8 modulo the order of the group. */
const EIGHTH = (GROUP_ORDER * 3n + 1n) / 8n
const label = utf8('cloison/join-exponent/v1\n')

/** What both sides of a proof share. */
export interface ProofContext {
  readonly edwards: EdwardsGroup
  /** 32 bytes: a proof of one plan is none of another. */
  readonly planHash: Uint8Array
}

/**
 * Proves one exponent without showing it (Chaum, Pedersen 1992, made non-interactive by a hash; on points of the prime-order
 * group, 8 times the lifted ones, as `spec/join.md` has it).
 *
 * @throws RangeError for a point that is not on the curve, or of small order
 */
export function proveExponent(
  { edwards, planHash }: ProofContext,
  { scalar, point }: { readonly scalar: Uint8Array; readonly point: Uint8Array },
  randomness: Randomness,
): ExponentClaim & ExponentProof {
  const masked = reduced(clampedScalar(scalar), GROUP_ORDER)
  const isOdd = signOfX(edwards.multiplyBase(masked)) === 1
  const kappa = isOdd ? GROUP_ORDER - masked : masked
  const e = reduced(kappa * EIGHTH, GROUP_ORDER)
  const base = eightfold(edwards, liftU(point, 0))
  const output = edwards.multiply(e, base)
  const w = reduced(numberOf(randomness.bytes(64)), GROUP_ORDER - 1n) + 1n
  const claim = {
    key: edwardsToU(edwards.multiplyBase(kappa)),
    point,
    output: edwardsToU(output),
  }
  const sign = signOfX(output)
  const c = challengeOf(
    { planHash, sign, ...claim },
    edwards.multiplyBase(reduced(8n * w, GROUP_ORDER)),
    edwards.multiply(w, base),
  )
  const z = reduced(w + numberOf(c) * e, GROUP_ORDER)
  return { ...claim, sign, proof: concatBytes(c, bytesOf(z)) }
}

/** Whether the proof holds for the claim. Never throws on anything that a prover may send. */
export function isExponentProven(
  { edwards, planHash }: ProofContext,
  claim: ExponentClaim,
  { sign, proof }: ExponentProof,
): boolean {
  if (proof.length !== exponentProofBytes) return false
  const c = numberOf(proof.subarray(0, challengeBytes))
  const z = numberOf(proof.subarray(challengeBytes))
  if (z === 0n || z >= GROUP_ORDER || c === 0n) return false
  try {
    const base = eightfold(edwards, liftU(claim.point, 0))
    const first = edwards.subtract(
      edwards.multiplyBase(reduced(8n * z, GROUP_ORDER)),
      edwards.multiply(c, liftU(claim.key, 0)),
    )
    const second = edwards.subtract(
      edwards.multiply(z, base),
      edwards.multiply(c, liftU(claim.output, sign)),
    )
    const expected = challengeOf({ planHash, sign, ...claim }, first, second)
    return equalBytes(expected, proof.subarray(0, challengeBytes))
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}

/** By sums, since a point that somebody sent may have a part of small order, which this takes away. */
function eightfold(edwards: EdwardsGroup, point: Uint8Array): Uint8Array {
  const twice = edwards.add(point, point)
  const fourfold = edwards.add(twice, twice)
  return edwards.add(fourfold, fourfold)
}

function challengeOf(
  bound: ExponentClaim & { readonly planHash: Uint8Array; readonly sign: 0 | 1 },
  first: Uint8Array,
  second: Uint8Array,
): Uint8Array {
  const { planHash, key, point, output, sign } = bound
  const hash = sha256(label, planHash, key, point, output, Uint8Array.of(sign), first, second)
  return hash.slice(0, challengeBytes)
}
