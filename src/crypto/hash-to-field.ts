import { concatBytes, encodeHex } from '../bytes/index.ts'
import { sha512 } from './digest.ts'

/** The order of the field of curve25519. */
const ORDER = 2n ** 255n - 19n
const FIELD_BYTES = 48
const BLOCK = new Uint8Array(128)

/**
 * The function that hashes a message to one element of the field of curve25519, reduced: RFC 9380, 5.2 with
 * expand_message_xmd over SHA-512 (5.3.1), of which a single block holds the 48 bytes.
 *
 * @throws RangeError for a domain separation tag that is empty or longer than 255 bytes
 */
export function fieldHasher(dst: Uint8Array): (message: Uint8Array) => bigint {
  const expand = messageExpander(dst)
  return (message) => BigInt(`0x${encodeHex(expand(message))}`) % ORDER
}

/**
 * The same element as 32 little-endian bytes of a number below 2^255, reduced or not: without big integers, which cost more
 * than the digests.
 *
 * @throws RangeError for a domain separation tag that is empty or longer than 255 bytes
 */
export function fieldBytesHasher(dst: Uint8Array): (message: Uint8Array) => Uint8Array {
  const expand = messageExpander(dst)
  return (message) => foldedBytes(expand(message))
}

/** 48 big-endian bytes as 32 little-endian ones of the same element: 2^256 = 38 and 2^255 = 19. */
function foldedBytes(uniform: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(32)
  let carry = 0
  for (let at = 0; at < 32; at += 1) {
    const above = at < 16 ? (uniform[15 - at] ?? 0) : 0
    carry += (uniform[47 - at] ?? 0) + 38 * above
    bytes[at] = carry & 0xff
    carry >>= 8
  }
  // What is above 2^255 goes round once more; then the number is below it.
  carry = 38 * carry + 19 * ((bytes[31] ?? 0) >> 7)
  bytes[31] = (bytes[31] ?? 0) & 0x7f
  for (let at = 0; carry > 0 && at < 32; at += 1) {
    carry += bytes[at] ?? 0
    bytes[at] = carry & 0xff
    carry >>= 8
  }
  return bytes
}

/** expand_message_xmd of 48 bytes. */
function messageExpander(dst: Uint8Array): (message: Uint8Array) => Uint8Array {
  if (dst.length === 0 || dst.length > 255)
    throw new RangeError(`a domain separation tag has 1 to 255 bytes, not ${dst.length}`)
  const dstPrime = concatBytes(dst, Uint8Array.of(dst.length))
  // The tail of the first message, with the length asked for, and of the second.
  const firstTail = concatBytes(Uint8Array.of(0, FIELD_BYTES, 0), dstPrime)
  const secondTail = concatBytes(Uint8Array.of(1), dstPrime)
  return (message) => {
    const first = sha512(BLOCK, message, firstTail)
    return sha512(first, secondTail).subarray(0, FIELD_BYTES)
  }
}
