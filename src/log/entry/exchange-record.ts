import * as z from 'zod'

import { digestField, organisationField, timeField, tokenField } from './record-fields.ts'

/** What happened between two organisations. */
export const EXCHANGE_KINDS = [
  'person.asked',
  'person.answered',
  'person.denied',
  'person.received',
  'person.redelivered',
  'population.reserved',
  'population.released',
  'population.refused',
  'join.message',
] as const

/** One of {@link EXCHANGE_KINDS}. */
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number]

/**
 * The record behind the leaf of one step of an exchange, version 1, frozen. Holds names and digests,
 * never a value and never who the subject is. Secret until opened: the organisation, the other side
 * of the exchange, the subject and the inspector may see it.
 *
 * Every key is always present; `null` stands where a key does not apply. Digests are base64 of 32
 * bytes.
 */
export interface ExchangeRecord {
  readonly v: 1
  readonly class: 'exchange'
  readonly kind: ExchangeKind
  /** Log time of the commit, milliseconds since the epoch. */
  readonly timeMs: number
  /** 16 bytes, base64url. */
  readonly exchangeId: string
  readonly consumer: string
  readonly provider: string
  readonly agreement: AgreementCitation | null
  readonly purpose: string | null
  readonly legalBasis: string | null
  /** Names of data elements, in the order of the question. */
  readonly elements: readonly string[]
  readonly outcome: 'permit' | 'deny' | null
  /** Why it was denied. */
  readonly code: string | null
  /** Which cap was exceeded. */
  readonly cap: string | null
  /** The official's pseudonym at the consumer. */
  readonly official: string | null
  /** Salted digest of the case reference. */
  readonly case: string | null
  /** Digest of the consent. */
  readonly consent: string | null
  readonly notice: 'immediate' | 'withheld' | null
  /** When a withheld notice opens, milliseconds since the epoch. */
  readonly noticeUntilMs: number | null
  readonly questionDigest: string | null
  /** Salted digest of the results. */
  readonly resultDigest: string | null
  /** Commitment of the other side's entry of the same exchange. */
  readonly peer: string | null
  /** Blinded link in the chain of entries about one subject; see `chainLink`. */
  readonly chain: string | null
}

/** Which agreement an exchange took place under. */
export interface AgreementCitation {
  readonly id: string
  /** From 1. */
  readonly version: number
  readonly digest: string
}

const citation = z.strictObject({
  id: tokenField,
  version: z.int().positive(),
  digest: digestField,
})

/** Accepts an {@link ExchangeRecord}: every key, no other key, each value in its one form. */
export const exchangeRecordSchema: z.ZodType<ExchangeRecord> = z.strictObject({
  v: z.literal(1),
  class: z.literal('exchange'),
  kind: z.enum(EXCHANGE_KINDS),
  timeMs: timeField,
  exchangeId: z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/),
  consumer: organisationField,
  provider: organisationField,
  agreement: citation.nullable(),
  purpose: tokenField.nullable(),
  legalBasis: tokenField.nullable(),
  elements: z.array(tokenField).max(256),
  outcome: z.enum(['permit', 'deny']).nullable(),
  code: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
    .nullable(),
  cap: tokenField.nullable(),
  official: tokenField.nullable(),
  case: digestField.nullable(),
  consent: digestField.nullable(),
  notice: z.enum(['immediate', 'withheld']).nullable(),
  noticeUntilMs: timeField.nullable(),
  questionDigest: digestField.nullable(),
  resultDigest: digestField.nullable(),
  peer: digestField.nullable(),
  chain: digestField.nullable(),
})
