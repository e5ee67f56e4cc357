/**
 * Why bytes were refused. `NOT_CANONICAL`: they parse, but are not the RFC 8785 form of what they
 * say. `KEY_REFUSED`: an object has a member named `__proto__`. `NOT_NFC`: a string is not in
 * Unicode Normalization Form C.
 */
export type BytesErrorCode =
  | 'BASE64_INVALID'
  | 'HEX_INVALID'
  | 'UTF8_INVALID'
  | 'JSON_INVALID'
  | 'NOT_CANONICAL'
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'NOT_NFC'
  | 'KEY_REFUSED'

/** Bytes or text that are not what they should be. The message never repeats what was read. */
export class BytesError extends Error {
  override readonly name = 'BytesError'
  readonly code: BytesErrorCode

  constructor(code: BytesErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
