import * as z from 'zod'

import { exchangeIdSchema } from '../exchange-id.ts'
import type { ExchangeId } from '../exchange-id.ts'
import { elementName, MAX_ELEMENTS, visibleAscii } from './bounded-values.ts'
import { subjectSchema } from './person-question.ts'
import type { SubjectReference } from './person-question.ts'
import { readMessage } from './read-message.ts'

/** What a consumer asks an issuer of consent for: the person's consent to one exchange. Personal data. */
export type ConsentRequest = {
  readonly v: 1
  readonly exchangeId: ExchangeId
  readonly agreement: string
  readonly version: number
  /** All elements of the question, those that need no consent as well. */
  readonly elements: readonly string[]
  readonly subject: SubjectReference
}

/** How far a consent is. */
export type ConsentState = 'waiting' | 'given' | 'declined' | 'expired'

/** What an issuer answers to a {@link ConsentRequest}. */
export type ConsentAnswer = {
  readonly v: 1
  readonly exchangeId: ExchangeId
  readonly state: ConsentState
  /** The token, exactly when it is `given`. */
  readonly consent: string | null
}

/** The closed form of {@link ConsentRequest}. */
export const consentRequestSchema: z.ZodType<ConsentRequest> = z.strictObject({
  v: z.literal(1),
  exchangeId: exchangeIdSchema,
  agreement: z
    .string()
    .max(64)
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/),
  version: z.int().min(1).max(1_000_000),
  elements: z
    .array(elementName)
    .min(1)
    .max(MAX_ELEMENTS)
    .refine((names) => new Set(names).size === names.length),
  subject: subjectSchema,
})

/** The closed form of {@link ConsentAnswer}. */
export const consentAnswerSchema: z.ZodType<ConsentAnswer> = z
  .strictObject({
    v: z.literal(1),
    exchangeId: exchangeIdSchema,
    state: z.enum(['waiting', 'given', 'declined', 'expired']),
    consent: visibleAscii(4096).nullable(),
  })
  .refine(({ state, consent }) => (state === 'given') === (consent !== null))

/**
 * Reads a request for consent.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parseConsentRequest(bytes: Uint8Array): ConsentRequest {
  return readMessage(consentRequestSchema, bytes)
}

/**
 * Reads an issuer's answer.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parseConsentAnswer(bytes: Uint8Array): ConsentAnswer {
  return readMessage(consentAnswerSchema, bytes)
}
