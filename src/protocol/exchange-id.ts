import * as z from 'zod'

import { encodeBase64UrlName } from '../bytes/index.ts'
import { ProtocolError } from './protocol-error.ts'

/** The name of one exchange, chosen by the consumer: 16 random bytes as 22 characters of base64url. */
export type ExchangeId = string & z.core.$brand<'ExchangeId'>

/** The form of an exchange id in a message; exactly one text for given bytes. */
export const exchangeIdSchema: z.core.$ZodBranded<z.ZodString, 'ExchangeId'> = z
  .string()
  .length(22)
  .regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)
  .brand<'ExchangeId'>()

/**
 * Reads an exchange id.
 *
 * @throws {@link ProtocolError} `MALFORMED`
 */
export function parseExchangeId(text: string): ExchangeId {
  const read = z.safeParse(exchangeIdSchema, text)
  if (!read.success) throw new ProtocolError('MALFORMED', 'not an exchange id')
  return read.data
}

/** The exchange id of 16 fresh random bytes, by the one rule for names that are given to commands: no hyphen begins it. */
export function makeExchangeId(bytes: Uint8Array): ExchangeId {
  if (bytes.length !== 16) throw new RangeError(`bytes must be 16, not ${bytes.length}`)
  return parseExchangeId(encodeBase64UrlName(bytes))
}
