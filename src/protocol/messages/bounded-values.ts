import * as z from 'zod'

/** Names of data elements in a message, also those of records. */
export const ELEMENT_NAME: RegExp = /^[a-z][a-z0-9_]{0,63}$/

/** Most data elements in one question. */
export const MAX_ELEMENTS = 16

/** Times: integer milliseconds since the epoch. */
export const timeMs: z.ZodInt = z.int().min(0).max(8_640_000_000_000_000)

/** The name of a data element. */
export const elementName: z.ZodString = z.string().max(64).regex(ELEMENT_NAME)

/** Text in one line for people: no control, format or line-separating characters. */
export function lineText(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)
}

/** Text in lines, such as a signed note: no control but the newline. */
export function noteText(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[\n[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]]*$/v)
}

/** A name out of a vocabulary, such as an IRI: visible ASCII without quote and backslash, as in records. */
export function vocabularyName(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[!#-[\]-~]*$/)
}

/** Visible ASCII without spaces, such as a token or a link. */
export function visibleAscii(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[\x21-\x7e]*$/)
}

/** Base64 with padding of exactly `bytes` bytes, in its one accepted form. */
export function base64Of(bytes: number): z.ZodString {
  const whole = Math.floor((bytes * 4) / 3)
  const length = Math.ceil(bytes / 3) * 4
  const form = {
    0: `^[A-Za-z0-9+/]{${whole}}$`,
    1: `^[A-Za-z0-9+/]{${whole}}[AQgw]==$`,
    2: `^[A-Za-z0-9+/]{${whole}}[AEIMQUYcgkosw048]=$`,
  }
  const pattern = bytes % 3 === 0 ? form[0] : bytes % 3 === 1 ? form[1] : form[2]
  return z.string().length(length).regex(new RegExp(pattern))
}
