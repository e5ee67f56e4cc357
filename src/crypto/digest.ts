import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256, sha512 as nobleSha512 } from '@noble/hashes/sha2.js'

import { concatBytes, equalBytes } from '../bytes/index.ts'

/** The digests of a platform, each over one stretch of bytes, into memory of its own. */
export interface Digests {
  /** FIPS 180-4; 32 bytes. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array
  /** FIPS 180-4; 64 bytes. */
  readonly sha512: (bytes: Uint8Array) => Uint8Array
  /** RFC 2104 over SHA-256; 32 bytes. */
  readonly hmacSha256: (key: Uint8Array, bytes: Uint8Array) => Uint8Array
  /** SHA-256 of many messages, as {@link sha256Each} gives it; left out where one after the other is as fast. */
  readonly sha256Each?:
    ((prefix: Uint8Array, messages: Uint8Array, ends: Uint32Array) => Uint8Array) | undefined
}

const portable: Digests = {
  sha256: nobleSha256,
  sha512: nobleSha512,
  hmacSha256: (key, bytes) => hmac(nobleSha256, key, bytes),
}
let inUse = portable

/** Lengths around the borders of blocks and padding, and one of many blocks. */
const triedLengths = [0, 1, 34, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 400, 8_192]

/**
 * Has this thread compute its digests by a faster implementation from here on. Called by a program
 * when it starts, never by a library; until then, and in a browser, the portable one computes.
 *
 * @throws TypeError, and changes nothing, when the faster one gives other bytes than the portable one
 * for any of a set of inputs
 */
export function useDigests(faster: Digests): void {
  for (const length of triedLengths) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 151 + length) & 0xff)
    const agree =
      equalBytes(faster.sha256(bytes), portable.sha256(bytes)) &&
      equalBytes(faster.sha512(bytes), portable.sha512(bytes)) &&
      equalBytes(faster.hmacSha256(bytes, bytes), portable.hmacSha256(bytes, bytes))
    const manyAgree =
      faster.sha256Each === undefined ||
      [0, 1, 64].every((before) => isEach(faster, bytes.subarray(0, before), bytes))
    if (!agree || !manyAgree)
      throw new TypeError('these digests are not SHA-256, SHA-512 and HMAC-SHA-256')
  }
  inUse = faster
}

/** Whether what an implementation gives for many messages is what the portable one gives for each. */
function isEach(faster: Digests, prefix: Uint8Array, bytes: Uint8Array): boolean {
  const ends = Uint32Array.of(0, Math.min(1, bytes.length), bytes.length)
  const many = faster.sha256Each?.(prefix, bytes, ends)
  return many !== undefined && equalBytes(many, eachAlone(portable, prefix, { bytes, ends }))
}

/** SHA-256 (FIPS 180-4) of the parts one after the other; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return inUse.sha256(joined(parts))
}

/** Longest prefix of {@link sha256Each}, in bytes: a block. */
export const sha256PrefixCeiling = 64

/**
 * SHA-256 of each of many messages, with the same bytes before it: 32 bytes a message, packed. The messages lie one after the
 * other in `messages`, and `ends` says where each ends.
 *
 * @throws RangeError for a prefix of more than 64 bytes, and for ends that do not ascend or lie outside
 */
export function sha256Each(
  prefix: Uint8Array,
  messages: Uint8Array,
  ends: Uint32Array,
): Uint8Array {
  const ascend = ends.every((end, at) => end >= (ends[at - 1] ?? 0) && end <= messages.length)
  if (prefix.length > sha256PrefixCeiling || !ascend)
    throw new RangeError('messages end in ascending order, and at most 64 bytes are before each')
  return (
    inUse.sha256Each?.(prefix, messages, ends) ??
    eachAlone(inUse, prefix, { bytes: messages, ends })
  )
}

function eachAlone(
  digests: Digests,
  prefix: Uint8Array,
  { bytes, ends }: { readonly bytes: Uint8Array; readonly ends: Uint32Array },
): Uint8Array {
  const packed = new Uint8Array(32 * ends.length)
  ends.forEach((end, at) => {
    const message = bytes.subarray(ends[at - 1] ?? 0, end)
    packed.set(digests.sha256(concatBytes(prefix, message)), 32 * at)
  })
  return packed
}

/** SHA-512 (FIPS 180-4) of the parts one after the other; 64 bytes. */
export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return inUse.sha512(joined(parts))
}

/** HMAC-SHA-256 (RFC 2104) of the parts one after the other; 32 bytes. The key may have any length. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return inUse.hmacSha256(key, joined(parts))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : concatBytes(...parts)
}
