import * as z from 'zod'

import { exchangeIdSchema } from '../exchange-id.ts'
import type { ExchangeId } from '../exchange-id.ts'
import { MAX_ELEMENTS, elementName, lineText, timeMs } from './bounded-values.ts'
import { loggedEntryShape } from './opening.ts'
import type { LoggedEntry } from './opening.ts'
import { readMessage } from './read-message.ts'

/** What the register says of one data element; `null` is "none". Personal data. */
export type QuestionResult = {
  readonly element: string
  readonly value: boolean | number | string | null
}

/** What the consumer owes for an answer. */
export type Obligations = {
  readonly retentionDays: number
  readonly disposal: 'delete' | 'anonymise' | 'return'
  /** Until then the person may contest the answer before it counts against them. */
  readonly contestUntilMs: number
  readonly noRedisclosure: true
}

/** The answer to a question about one person. Personal data. */
export type PersonAnswer = LoggedEntry & {
  readonly v: 1
  readonly exchangeId: ExchangeId
  readonly outcome: 'permit'
  readonly results: readonly QuestionResult[]
  readonly obligations: Obligations
}

const result = z.strictObject({
  element: elementName,
  value: z.union([z.boolean(), z.int(), lineText(256), z.null()]),
})

/** Whether a result can be part of an answer: a value of the closed form, in well-formed NFC. */
export function isSendable(candidate: QuestionResult): boolean {
  const { value } = candidate
  const isText = typeof value === 'string'
  if (isText && (!value.isWellFormed() || value.normalize('NFC') !== value)) return false
  return result.safeParse(candidate).success
}

/** The closed form of {@link PersonAnswer}. */
export const personAnswerSchema: z.ZodType<PersonAnswer> = z.strictObject({
  v: z.literal(1),
  exchangeId: exchangeIdSchema,
  outcome: z.literal('permit'),
  results: z.array(result).min(1).max(MAX_ELEMENTS),
  obligations: z.strictObject({
    retentionDays: z.int().min(0).max(36_525),
    disposal: z.enum(['delete', 'anonymise', 'return']),
    contestUntilMs: timeMs,
    noRedisclosure: z.literal(true),
  }),
  ...loggedEntryShape,
})

/**
 * Reads an answer. That its proofs hold is another matter.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parsePersonAnswer(bytes: Uint8Array): PersonAnswer {
  return readMessage(personAnswerSchema, bytes)
}
