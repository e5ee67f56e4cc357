import type { SealedBox } from '../ports/index.ts'
import { loadSodium } from './load-sodium.ts'

/** The functions of sodium-native that are used here; each fills its first buffer. */
interface Sodium {
  readonly crypto_box_SEALBYTES: number
  crypto_scalarmult_base(publicKey: Uint8Array, secretKey: Uint8Array): void
  crypto_box_seal(sealed: Uint8Array, message: Uint8Array, publicKey: Uint8Array): void
  crypto_box_seal_open(
    message: Uint8Array,
    sealed: Uint8Array,
    publicKey: Uint8Array,
    secretKey: Uint8Array,
  ): boolean
}

const keyLength = 32

function requireKey(key: Uint8Array, what: string): void {
  if (key.length !== keyLength) throw new RangeError(`${what} must have 32 bytes`)
}

/**
 * Sealed boxes by libsodium: X25519 with a fresh key pair, XSalsa20-Poly1305, the nonce a BLAKE2b of both
 * public keys. `undefined` on a machine for which sodium-native has no binary.
 */
export function sodiumSealedBox(): SealedBox | undefined {
  const sodium = loadSodium(isSodium)
  if (sodium === undefined) return undefined
  const publicKeyOf = (secretKey: Uint8Array): Uint8Array => {
    requireKey(secretKey, 'a secret key')
    const publicKey = new Uint8Array(keyLength)
    sodium.crypto_scalarmult_base(publicKey, secretKey)
    return publicKey
  }
  return {
    publicKey: publicKeyOf,
    seal(publicKey, message) {
      requireKey(publicKey, 'a public key')
      const sealed = new Uint8Array(message.length + sodium.crypto_box_SEALBYTES)
      try {
        sodium.crypto_box_seal(sealed, message, publicKey)
      } catch (cause) {
        throw new RangeError('a public key must be a point of large order', { cause })
      }
      return sealed
    },
    open(secretKey, sealed) {
      if (sealed.length < sodium.crypto_box_SEALBYTES) return undefined
      const message = new Uint8Array(sealed.length - sodium.crypto_box_SEALBYTES)
      const isGood = sodium.crypto_box_seal_open(message, sealed, publicKeyOf(secretKey), secretKey)
      return isGood ? message : undefined
    },
  }
}

function isSodium(loaded: unknown): loaded is Sodium {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'crypto_box_SEALBYTES' in loaded &&
    'crypto_scalarmult_base' in loaded &&
    'crypto_box_seal' in loaded &&
    'crypto_box_seal_open' in loaded
  )
}
