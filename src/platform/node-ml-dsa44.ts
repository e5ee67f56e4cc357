import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto'
import { concatBytes, decodeHex } from '../bytes/index.ts'
import type { MlDsa44Signing } from '../crypto/index.ts'
import type { MlDsa44 } from '../log/verify/index.ts'

/** DER before the 1,312 bytes of a public key (SPKI). */
const publicPrefix = decodeHex('30820532300b06096086480165030403110382052100')
/** DER before the 32 bytes of a seed (PKCS #8, the seed alone; RFC 9881, section 6). */
const seedPrefix = decodeHex('3034020100300b060960864801650304031104228020')

function privateKey(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new RangeError('a seed of ML-DSA-44 has 32 bytes')
  const key = Buffer.from(concatBytes(seedPrefix, seed))
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** ML-DSA-44 by Node's own OpenSSL (3.5 and later). */
export const nodeMlDsa44: MlDsa44 & MlDsa44Signing = {
  publicKey(seed) {
    const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
    return new Uint8Array(der.subarray(publicPrefix.length))
  },
  sign: (message, seed) => new Uint8Array(signBytes(null, message, privateKey(seed))),
  verify(signature, message, publicKey) {
    try {
      const key = Buffer.from(concatBytes(publicPrefix, publicKey))
      const read = createPublicKey({ key, format: 'der', type: 'spki' })
      return verifyBytes(null, message, read, signature)
    } catch {
      return false
    }
  },
}
