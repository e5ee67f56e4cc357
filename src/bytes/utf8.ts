import { BytesError } from './bytes-error.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The UTF-8 bytes of `text`. A lone surrogate becomes U+FFFD, so text of others is checked first. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/**
 * The text of UTF-8 bytes, nothing replaced and nothing removed: a byte order mark stays.
 *
 * @throws {@link BytesError} `UTF8_INVALID` for bytes that are not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new BytesError('UTF8_INVALID', 'not UTF-8', { cause })
  }
}
