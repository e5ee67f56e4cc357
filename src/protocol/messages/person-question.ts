import * as z from 'zod'

import { exchangeIdSchema } from '../exchange-id.ts'
import type { ExchangeId } from '../exchange-id.ts'
import {
  MAX_ELEMENTS,
  base64Of,
  elementName,
  lineText,
  noteText,
  timeMs,
  visibleAscii,
  vocabularyName,
} from './bounded-values.ts'
import { readMessage } from './read-message.ts'

/** Who a question is about: one person, by an identifier in a scheme. Personal data. */
export type SubjectReference = {
  readonly scheme: string
  /** As the consumer sent it; `readSubjectIdentifier` says whether the scheme allows it. */
  readonly value: string
}

/** The case in which a question is asked. */
export type CaseReference = {
  /** The case's name in the consumer's own system. May be personal data. */
  readonly reference: string
  /** The case source's signed statement, a JWS; `''` where no case is needed. */
  readonly token: string
}

/** A value that an `equals-supplied` element is compared with. Personal data. */
export type SuppliedValue = {
  readonly element: string
  /** One line of text in NFC; an integer in its shortest decimal form, a date as `YYYY-MM-DD`. */
  readonly value: string
}

/** An official who proved who they are. */
export type AuthenticatedOfficial = {
  /** Stable for one official of the consumer; not a name. */
  readonly pseudonym: string
  /** When the official last proved who they are. */
  readonly authTimeMs: number
}

/** The consumer's proof that it logged "asked" before it asked. */
export type AskedReceipt = {
  /** Base64, 32 bytes: what opens the commitment. */
  readonly r: string
  /** The logged record as canonical JSON text. */
  readonly record: string
  /** An inclusion proof with the consumer's checkpoint (C2SP tlog-proof). */
  readonly proof: string
}

/** A question about one person: the body of `POST /v1/person-questions`. Personal data. */
export type PersonQuestion = {
  readonly v: 1
  readonly exchangeId: ExchangeId
  /** The id of the agreement under which it is asked. */
  readonly agreement: string
  readonly version: number
  readonly purpose: string
  readonly legalBasis: string
  /** 1 to 16 different data elements. */
  readonly elements: readonly string[]
  readonly subject: SubjectReference
  readonly case: CaseReference
  /** A consent issuer's JWS. */
  readonly consent?: string
  /** What the elements asked for are compared with, at most one value each. */
  readonly supplied?: readonly SuppliedValue[]
  readonly official: AuthenticatedOfficial
  /** The second official, who confirms a question in an emergency. */
  readonly confirmation?: AuthenticatedOfficial
  /** Without it nothing is answered; it may be absent only so that the refusal can say so. */
  readonly askedReceipt?: AskedReceipt
  /** The last checkpoint of the provider's log that the consumer verified: a signed note. */
  readonly lastSeenCheckpoint: string | null
  readonly createdAtMs: number
}

/** The closed form of {@link SubjectReference}. */
export const subjectSchema: z.ZodType<SubjectReference> = z.strictObject({
  scheme: z
    .string()
    .max(32)
    .regex(/^[a-z][a-z0-9-]{0,31}$/),
  value: lineText(64),
})

const askedReceipt = z.strictObject({
  r: base64Of(32),
  record: lineText(8192),
  proof: noteText(16_384),
})

/** The closed form of {@link SuppliedValue}s: at most one for each element. */
export const suppliedSchema: z.ZodType<readonly SuppliedValue[]> = z
  .array(z.strictObject({ element: elementName, value: lineText(200) }))
  .min(1)
  .max(MAX_ELEMENTS)
  .refine((values) => new Set(values.map(({ element }) => element)).size === values.length)

const official: z.ZodType<AuthenticatedOfficial> = z.strictObject({
  pseudonym: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_-]{1,64}$/),
  authTimeMs: timeMs,
})

const elements = z
  .array(elementName)
  .min(1)
  .max(MAX_ELEMENTS)
  .refine((names) => new Set(names).size === names.length)

/** The closed form of {@link PersonQuestion}: every text and list is bounded. */
export const personQuestionSchema: z.ZodType<PersonQuestion> = z.strictObject({
  v: z.literal(1),
  exchangeId: exchangeIdSchema,
  agreement: z
    .string()
    .max(64)
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/),
  version: z.int().min(1).max(1_000_000),
  purpose: vocabularyName(128),
  legalBasis: vocabularyName(128),
  elements,
  subject: subjectSchema,
  case: z.strictObject({
    reference: lineText(128),
    token: z
      .string()
      .max(4096)
      .regex(/^[\x21-\x7e]*$/),
  }),
  consent: visibleAscii(4096).exactOptional(),
  supplied: suppliedSchema.exactOptional(),
  official,
  confirmation: official.exactOptional(),
  askedReceipt: askedReceipt.exactOptional(),
  lastSeenCheckpoint: noteText(16_384).nullable(),
  createdAtMs: timeMs,
})

/**
 * Reads a question from the body of a request: canonical JSON in the closed form, or nothing.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` above 64 KiB, else `MALFORMED` with the JSON path
 */
export function parsePersonQuestion(bytes: Uint8Array): PersonQuestion {
  return readMessage(personQuestionSchema, bytes)
}
