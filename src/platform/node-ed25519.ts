import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

import { concatBytes, decodeHex, equalBytes } from '../bytes/index.ts'
import { checkSeed, isStrictEncoding } from '../crypto/index.ts'
import type { Ed25519 } from '../crypto/index.ts'

/** DER before the 32 bytes of a seed (PKCS #8) and of a public key (SPKI); RFC 8410, section 7. */
const PRIVATE_PREFIX = decodeHex('302e020100300506032b657004220420')
const PUBLIC_PREFIX = decodeHex('302a300506032b6570032100')

const privateKeys = keyCache((seed) =>
  createPrivateKey({ key: der(PRIVATE_PREFIX, seed), format: 'der', type: 'pkcs8' }),
)
const publicKeys = keyCache((key) =>
  createPublicKey({ key: der(PUBLIC_PREFIX, key), format: 'der', type: 'spki' }),
)

/** Ed25519 by the OpenSSL inside Node: about half as fast as libsodium, always there. */
export const nodeEd25519: Ed25519 = {
  publicKey(seed) {
    checkSeed(seed)
    const spki = createPublicKey(privateKeys(seed)).export({ format: 'der', type: 'spki' })
    return new Uint8Array(spki.subarray(PUBLIC_PREFIX.length))
  },
  sign(message, seed) {
    checkSeed(seed)
    return new Uint8Array(sign(null, message, privateKeys(seed)))
  },
  verify(signature, message, publicKey) {
    if (!isStrictEncoding(signature, publicKey)) return false
    try {
      return verify(null, message, publicKeys(publicKey), signature)
    } catch {
      return false
    }
  },
}

/** Remembers the key object of an array for as long as the array lives unchanged. */
function keyCache(make: (bytes: Uint8Array) => KeyObject): (bytes: Uint8Array) => KeyObject {
  const made = new WeakMap<Uint8Array, { readonly of: Uint8Array; readonly key: KeyObject }>()
  return (bytes) => {
    const known = made.get(bytes)
    if (known !== undefined && equalBytes(known.of, bytes)) return known.key
    const key = make(bytes)
    made.set(bytes, { of: new Uint8Array(bytes), key })
    return key
  }
}

function der(prefix: Uint8Array, bytes: Uint8Array): Buffer {
  return Buffer.from(concatBytes(prefix, bytes))
}
