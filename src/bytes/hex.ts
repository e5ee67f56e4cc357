import { BytesError } from './bytes-error.ts'

const DIGITS = '0123456789abcdef'

/** Lower-case hexadecimal, two digits a byte. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15)
  return text
}

/**
 * The bytes of a hexadecimal text. Only lower-case digits are accepted, so exactly one text
 * decodes to given bytes.
 *
 * @throws {@link BytesError} `HEX_INVALID`
 */
export function decodeHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) {
    throw new BytesError('HEX_INVALID', 'not lower-case hexadecimal of whole bytes')
  }
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  }
  return bytes
}
