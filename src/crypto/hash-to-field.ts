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
  if (dst.length === 0 || dst.length > 255)
    throw new RangeError(`a domain separation tag has 1 to 255 bytes, not ${dst.length}`)
  const dstPrime = concatBytes(dst, Uint8Array.of(dst.length))
  // The tail of the first message, with the length asked for, and of the second.
  const firstTail = concatBytes(Uint8Array.of(0, FIELD_BYTES, 0), dstPrime)
  const secondTail = concatBytes(Uint8Array.of(1), dstPrime)
  return (message) => {
    const first = sha512(BLOCK, message, firstTail)
    const uniform = sha512(first, secondTail).subarray(0, FIELD_BYTES)
    return BigInt(`0x${encodeHex(uniform)}`) % ORDER
  }
}
