import * as z from 'zod'

import { exchangeIdSchema } from '../exchange-id.ts'
import type { ExchangeId } from '../exchange-id.ts'
import { base64Of, elementName, MAX_ELEMENTS, timeMs } from './bounded-values.ts'
import { readMessage } from './read-message.ts'

/**
 * What a provider tells a consumer that had data which was corrected since (GDPR 19): the exchange and the
 * names of the elements, never a value and never a person.
 */
export type CorrectionMessage = {
  readonly v: 1
  readonly exchangeId: ExchangeId
  readonly elements: readonly string[]
  /** Log time of the decision. */
  readonly correctedAtMs: number
}

/** What the consumer answers: the message is an entry of its log. */
export type CorrectionReceipt = {
  readonly v: 1
  /** SHA-256 of the message's bytes, base64. */
  readonly digest: string
  readonly log: string
  readonly entry: number
  /** Commitment of that entry, base64. */
  readonly commitment: string
}

/** The closed form of {@link CorrectionMessage}. */
export const correctionMessageSchema: z.ZodType<CorrectionMessage> = z.strictObject({
  v: z.literal(1),
  exchangeId: exchangeIdSchema,
  elements: z
    .array(elementName)
    .min(1)
    .max(MAX_ELEMENTS)
    .refine((names) => new Set(names).size === names.length),
  correctedAtMs: timeMs,
})

/** The closed form of {@link CorrectionReceipt}. */
export const correctionReceiptSchema: z.ZodType<CorrectionReceipt> = z.strictObject({
  v: z.literal(1),
  digest: base64Of(32),
  log: z
    .string()
    .max(200)
    .regex(/^[a-z0-9][a-z0-9./:-]*$/),
  entry: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  commitment: base64Of(32),
})

/**
 * Reads the word of a correction.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parseCorrectionMessage(bytes: Uint8Array): CorrectionMessage {
  return readMessage(correctionMessageSchema, bytes)
}

/**
 * Reads its receipt.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parseCorrectionReceipt(bytes: Uint8Array): CorrectionReceipt {
  return readMessage(correctionReceiptSchema, bytes)
}
