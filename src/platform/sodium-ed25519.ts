import { equalBytes } from '../bytes/index.ts'
import { checkSeed, isStrictEncoding } from '../crypto/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { loadSodium } from './load-sodium.ts'

/** The functions of sodium-native that are used here; each fills its first buffers. */
interface Sodium {
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void
  crypto_sign_verify_detached(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): boolean
}

/** Ed25519 by libsodium, or `undefined` on a machine for which sodium-native has no binary. */
export function sodiumEd25519(): Ed25519 | undefined {
  const sodium = loadSodium(isSodium)
  if (sodium === undefined) return undefined
  // libsodium's secret key is seed || public key; deriving it costs more than a signature.
  const secretKeys = new WeakMap<Uint8Array, Uint8Array>()
  const keyOf = (seed: Uint8Array): Uint8Array => {
    const known = secretKeys.get(seed)
    if (known !== undefined && equalBytes(known.subarray(0, 32), seed)) return known
    const secretKey = secretKeyOf(seed, sodium)
    secretKeys.set(seed, secretKey)
    return secretKey
  }
  return {
    publicKey: (seed) => keyOf(seed).slice(32),
    sign(message, seed) {
      const signature = new Uint8Array(64)
      sodium.crypto_sign_detached(signature, message, keyOf(seed))
      return signature
    },
    verify: (signature, message, publicKey) =>
      isStrictEncoding(signature, publicKey) &&
      sodium.crypto_sign_verify_detached(signature, message, publicKey),
  }
}

function secretKeyOf(seed: Uint8Array, sodium: Sodium): Uint8Array {
  checkSeed(seed)
  const secretKey = new Uint8Array(64)
  sodium.crypto_sign_seed_keypair(new Uint8Array(32), secretKey, seed)
  return secretKey
}

function isSodium(loaded: unknown): loaded is Sodium {
  return typeof loaded === 'object' && loaded !== null && 'crypto_sign_verify_detached' in loaded
}
