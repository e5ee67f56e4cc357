import { createCipheriv, createDecipheriv } from 'node:crypto'
import { concatBytes } from '../bytes/index.ts'
import type { Aead, Randomness } from '../ports/index.ts'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/**
 * AES-256-GCM with a random 96-bit nonce: nonce ‖ ciphertext ‖ tag. One key seals fewer than 2^32
 * messages (NIST SP 800-38D, 8.3); keys of answers seal one, record keys are renewed by the month.
 */
export function aesGcm(randomness: Randomness): Aead {
  return {
    seal(key, plaintext, context) {
      const nonce = randomness.bytes(nonceLength)
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength })
      cipher.setAAD(context)
      const body = cipher.update(plaintext)
      return concatBytes(nonce, body, cipher.final(), cipher.getAuthTag())
    },
    open(key, sealed, context) {
      if (sealed.length < nonceLength + tagLength) return undefined
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), {
        authTagLength: tagLength,
      })
      decipher.setAAD(context)
      decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
      try {
        const body = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength))
        return concatBytes(body, decipher.final())
      } catch {
        return undefined
      }
    },
  }
}
