import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'

import { concatBytes, equalBytes } from '../bytes/index.ts'
import { checkSeed, isStrictEncoding } from './ed25519.ts'
import type { Ed25519 } from './ed25519.ts'

/**
 * Ed25519 in JavaScript: runs everywhere, also in a browser, at about 1 ms a signature and 2 ms a
 * verification. Not constant-time in the strict sense.
 */
export const nobleEd25519: Ed25519 = { publicKey, sign, verify }

function publicKey(seed: Uint8Array): Uint8Array {
  checkSeed(seed)
  return ed25519.getPublicKey(seed)
}

function sign(message: Uint8Array, seed: Uint8Array): Uint8Array {
  checkSeed(seed)
  return ed25519.sign(message, seed)
}

function verify(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  if (!isStrictEncoding(signature, key)) return false
  try {
    return (
      ed25519.verify(signature, message, key, { zip215: false }) &&
      holdsWithoutCofactor(signature, message, key)
    )
  } catch {
    return false
  }
}

/**
 * Whether R is exactly [S]B - [k]A. The library multiplies both sides by 8 (as RFC 8032 allows), and
 * so accepts signatures of a dishonest signer that libsodium and OpenSSL refuse.
 */
function holdsWithoutCofactor(
  signature: Uint8Array,
  message: Uint8Array,
  key: Uint8Array,
): boolean {
  const { Point } = ed25519
  const encodedR = signature.subarray(0, 32)
  const s = Point.Fn.fromBytes(signature.subarray(32))
  const k = Point.Fn.create(numberOf(sha512(concatBytes(encodedR, key, message))))
  const r = Point.BASE.multiplyUnsafe(s).subtract(Point.fromBytes(key).multiplyUnsafe(k))
  return equalBytes(r.toBytes(), encodedR)
}

function numberOf(littleEndian: Uint8Array): bigint {
  return littleEndian.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}
