import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import { equalBytes } from '../bytes/index.ts'
import type { Digests } from '../crypto/index.ts'
import { loadNativeParts } from './native-parts.ts'

/** A digest as Latin-1 text, a character a byte: Node returns short text much faster than a buffer. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** A key as OpenSSL takes it, with a copy of the bytes that it was made from. */
interface ReadyKey {
  readonly of: Uint8Array
  readonly key: KeyObject
}

const ready = new WeakMap<Uint8Array, ReadyKey>()

/** Handing over a key's bytes costs four times the digest itself, so each key is made ready once. */
function keyOf(bytes: Uint8Array): KeyObject {
  const known = ready.get(bytes)
  if (known !== undefined && equalBytes(known.of, bytes)) return known.key
  const key = createSecretKey(bytes)
  ready.set(bytes, { of: bytes.slice(), key })
  return key
}

const each = loadNativeParts().sha256Each

/**
 * SHA-256, SHA-512 and HMAC-SHA-256 by OpenSSL: several times as fast as the portable ones. Of many messages at once by
 * `native/`, where it was built and the processor has instructions for SHA-256: a twentieth of the time of as many calls.
 */
export const nativeDigests: Digests = {
  sha256: (bytes) => bytesOf(hash('sha256', bytes, 'binary')),
  sha512: (bytes) => bytesOf(hash('sha512', bytes, 'binary')),
  hmacSha256: (key, bytes) =>
    bytesOf(createHmac('sha256', keyOf(key)).update(bytes).digest('binary')),
  sha256Each:
    each &&
    ((prefix, messages, ends) => {
      const packed = new Uint8Array(32 * ends.length)
      each(packed, prefix, messages, ends)
      return packed
    }),
}
