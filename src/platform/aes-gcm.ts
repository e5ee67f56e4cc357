import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { equalBytes, releaseBytes } from '../bytes/index.ts'
import type { Aead, Randomness } from '../ports/index.ts'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** A key as OpenSSL takes it, with a copy of the bytes that it was made from. */
interface ReadyKey {
  readonly of: Uint8Array
  readonly key: KeyObject
}

/**
 * Makes each key ready once: handing over its bytes costs more than sealing a record. It is held as
 * long as the caller's bytes are, and not used once they are overwritten.
 */
function readyKeys(): (key: Uint8Array) => KeyObject {
  const ready = new WeakMap<Uint8Array, ReadyKey>()
  return (bytes) => {
    const known = ready.get(bytes)
    if (known !== undefined && equalBytes(known.of, bytes)) return known.key
    const key = createSecretKey(bytes)
    ready.set(bytes, { of: bytes.slice(), key })
    return key
  }
}

/** From this size on, memory is worth giving back by hand. */
const largeBytes = 65_536

function releaseLarge(bytes: Uint8Array): void {
  if (bytes.length >= largeBytes) releaseBytes(bytes)
}

/**
 * AES-256-GCM with a random 96-bit nonce: nonce ‖ ciphertext ‖ tag. One key seals fewer than 2^32
 * messages (NIST SP 800-38D, 8.3); keys of answers seal one, record keys are renewed by the month.
 */
export function aesGcm(randomness: Randomness): Aead {
  const keyOf = readyKeys()
  return {
    seal(key, plaintext, context) {
      const nonce = randomness.bytes(nonceLength)
      const cipher = createCipheriv(algorithm, keyOf(key), nonce, { authTagLength: tagLength })
      cipher.setAAD(context)
      const sealed = new Uint8Array(nonceLength + plaintext.length + tagLength)
      sealed.set(nonce)
      const body = cipher.update(plaintext)
      sealed.set(body, nonceLength)
      releaseLarge(body)
      // Counter mode holds nothing back: what is left to be given out has no bytes.
      cipher.final()
      sealed.set(cipher.getAuthTag(), nonceLength + plaintext.length)
      return sealed
    },
    open(key, sealed, context) {
      if (sealed.length < nonceLength + tagLength) return undefined
      const nonce = sealed.subarray(0, nonceLength)
      const decipher = createDecipheriv(algorithm, keyOf(key), nonce, { authTagLength: tagLength })
      decipher.setAAD(context)
      decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
      try {
        const body = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength))
        decipher.final()
        return new Uint8Array(body.buffer, body.byteOffset, body.length)
      } catch {
        return undefined
      }
    },
  }
}
