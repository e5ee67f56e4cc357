import * as z from 'zod'

/** SHA-256 digests and commitments: standard base64 of 32 bytes, the one accepted form. */
export const digestField: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/)

/** A name out of a vocabulary or a pseudonym: 1 to 200 printable ASCII characters, never free text. */
export const tokenField: z.ZodType<string> = z.string().regex(/^[!#-[\]-~]{1,200}$/)

/** An organisation's id. */
export const organisationField: z.ZodType<string> = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/)

/** Milliseconds since the epoch, 0 ≤ time < 2^53. */
export const timeField: z.ZodType<number> = z.int().nonnegative()
