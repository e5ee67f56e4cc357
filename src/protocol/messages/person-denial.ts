import * as z from 'zod'

import { exchangeIdSchema } from '../exchange-id.ts'
import type { ExchangeId } from '../exchange-id.ts'
import { problemCodes, problemOf } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { lineText, visibleAscii } from './bounded-values.ts'
import { loggedEntryShape } from './opening.ts'
import type { LoggedEntry } from './opening.ts'
import { readMessage } from './read-message.ts'

/** A refusal that left an entry in the provider's log: a problem document with its proof. */
export type PersonDenial = Problem &
  LoggedEntry & {
    readonly v: 1
    readonly exchangeId: ExchangeId
    readonly outcome: 'deny'
    /** Which limit is used up, with `CAP_EXCEEDED`. */
    readonly cap?: string
  }

const problemShape = {
  type: visibleAscii(128),
  title: lineText(256),
  status: z.int().min(400).max(599),
  code: z.enum(problemCodes),
}

/** Whether type and status are those of the code; the title may be worded differently. */
function fitsCode(problem: Problem): boolean {
  const { type, status } = problemOf(problem.code)
  return problem.type === type && problem.status === status
}

/** The closed form of {@link Problem}: a refusal without an entry. */
export const problemSchema: z.ZodType<Problem> = z.strictObject(problemShape).refine(fitsCode)

/** The closed form of {@link PersonDenial}. */
export const personDenialSchema: z.ZodType<PersonDenial> = z
  .strictObject({
    v: z.literal(1),
    exchangeId: exchangeIdSchema,
    outcome: z.literal('deny'),
    ...problemShape,
    cap: z
      .string()
      .max(64)
      .regex(/^[a-z][A-Za-z0-9]{0,63}$/)
      .exactOptional(),
    ...loggedEntryShape,
  })
  .refine(fitsCode)

/**
 * Reads a denial. That its proofs hold is another matter.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parsePersonDenial(bytes: Uint8Array): PersonDenial {
  return readMessage(personDenialSchema, bytes)
}

/**
 * Reads a problem document without an entry.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parseProblem(bytes: Uint8Array): Problem {
  return readMessage(problemSchema, bytes)
}
