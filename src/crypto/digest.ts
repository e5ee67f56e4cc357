import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256, sha512 as nobleSha512 } from '@noble/hashes/sha2.js'

import { concatBytes } from '../bytes/index.ts'

/** SHA-256 (FIPS 180-4) of the parts one after the other; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  return nobleSha256(parts.length === 1 && only !== undefined ? only : concatBytes(...parts))
}

/** SHA-512 (FIPS 180-4) of the parts one after the other; 64 bytes. */
export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return nobleSha512(concatBytes(...parts))
}

/** HMAC-SHA-256 (RFC 2104) of the parts one after the other; 32 bytes. The key may have any length. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return hmac(nobleSha256, key, concatBytes(...parts))
}
