import * as z from 'zod'

import { canonicalBytes } from '../../bytes/index.ts'
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
  /** Makes answers to the same elements equally long, whatever they say: {@link answerPadding}. */
  readonly padding: string
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

/** Most bytes that a value takes in canonical JSON: `false`, and 256 characters of three bytes in quotes. */
const valueRoom = { predicate: 5, attribute: 770 } as const

/**
 * The one padding of these results: a `0` for every byte by which their values are shorter than the longest
 * that the agreement's answer types allow.
 */
export function answerPadding(
  results: readonly QuestionResult[],
  isPredicate: (element: string) => boolean,
): string {
  const missing = results.map(({ element, value }) => {
    const room = isPredicate(element) ? valueRoom.predicate : valueRoom.attribute
    return Math.max(0, room - canonicalBytes(value).length)
  })
  return '0'.repeat(missing.reduce((sum, one) => sum + one, 0))
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
  padding: z
    .string()
    .max(MAX_ELEMENTS * valueRoom.attribute)
    .regex(/^0*$/),
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
