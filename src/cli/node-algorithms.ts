import { createPublicKey, hash, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { concatBytes, decodeHex } from '../bytes/index.ts'
import type { MlDsa44, SignatureAlgorithms } from '../log/verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'

/** DER before the 1,312 bytes of an ML-DSA-44 public key (SPKI). */
const MLDSA_PREFIX = decodeHex('30820532300b06096086480165030403110382052100')

const mlDsa44: MlDsa44 = {
  verify(signature, message, publicKey) {
    try {
      return verify(null, message, publicKeyOf(publicKey), signature)
    } catch {
      return false
    }
  },
}

/** The algorithms of this Node with which a whole log is verified fastest. */
export function nodeAlgorithms(): SignatureAlgorithms & {
  readonly sha256: (bytes: Uint8Array) => Uint8Array
} {
  const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')
  return { ed25519: bestEd25519(), mlDsa44, sha256 }
}

function publicKeyOf(bytes: Uint8Array): KeyObject {
  const der = Buffer.from(concatBytes(MLDSA_PREFIX, bytes))
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}
