import { BytesError } from './bytes-error.ts'

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const REFUSED = 255
/** About as many characters become one text at once. */
const PIECE = 256
const STANDARD_CODES = codesOf(STANDARD)
const URL_SAFE_CODES = codesOf(URL_SAFE)
const STANDARD_VALUES = valuesOf(STANDARD)
const URL_SAFE_VALUES = valuesOf(URL_SAFE)

/** Base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD_CODES)
  return text + '='.repeat(-text.length & 3)
}

/**
 * The bytes of a base64 text with padding. Strict: exactly one text decodes to given bytes, so
 * white space, missing or extra padding, and stray bits at the end are refused.
 *
 * @throws {@link BytesError} `BASE64_INVALID`
 */
export function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw refused()
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return decode(text, text.length - padding, STANDARD_VALUES)
}

/** Base64 for URLs and file names, without padding (RFC 4648, section 5). */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE_CODES)
}

/**
 * Base64url for names that are given to commands. Law: it never begins with a hyphen, which a command line takes
 * for an option; where it would, the first of its bits is cleared, and one name in 64 is another. For digests and
 * random bytes only: such a name does not give its bytes back.
 */
export function encodeBase64UrlName(bytes: Uint8Array): string {
  const text = encodeBase64Url(bytes)
  if (!text.startsWith('-')) return text
  const [first = 0, ...others] = bytes
  return encodeBase64Url(Uint8Array.of(first & 0x7f, ...others))
}

/**
 * The bytes of a base64url text without padding; as strict as {@link decodeBase64}.
 *
 * @throws {@link BytesError} `BASE64_INVALID`
 */
export function decodeBase64Url(text: string): Uint8Array {
  return decode(text, text.length, URL_SAFE_VALUES)
}

/** As character codes, many of which become one text: a text that grows by single characters is slow. */
function encode(bytes: Uint8Array, codeOf: Uint8Array): string {
  const { length } = bytes
  let codes: number[] = []
  let text = ''
  for (let i = 0; i < length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    codes.push(codeOf[three >> 18] ?? 0, codeOf[(three >> 12) & 63] ?? 0)
    if (i + 1 < length) codes.push(codeOf[(three >> 6) & 63] ?? 0)
    if (i + 2 < length) codes.push(codeOf[three & 63] ?? 0)
    if (codes.length < PIECE) continue
    text += String.fromCharCode.apply(undefined, codes)
    codes = []
  }
  return text + String.fromCharCode.apply(undefined, codes)
}

function decode(text: string, length: number, values: Uint8Array): Uint8Array {
  if (length % 4 === 1) throw refused()
  const bytes = new Uint8Array((length * 3) >> 2)
  let held = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < length; i += 1) {
    const value = values[text.charCodeAt(i)] ?? REFUSED
    if (value === REFUSED) throw refused()
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = held >> bits
    at += 1
  }
  if ((held & ((1 << bits) - 1)) !== 0) throw refused()
  return bytes
}

function codesOf(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, (character) => character.charCodeAt(0))
}

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(REFUSED)
  for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i
  return values
}

function refused(): BytesError {
  return new BytesError('BASE64_INVALID', 'not base64 in its one accepted form')
}
