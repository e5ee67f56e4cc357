import * as z from 'zod'

import { base64Of } from './bounded-values.ts'
import { readMessage } from './read-message.ts'

/** The answer of `GET /v1/consistency`: that one tree of a log continues another (RFC 6962, 2.1.2). */
export type ConsistencyAnswer = {
  readonly from: number
  readonly to: number
  /** Base64, 32 bytes each. */
  readonly proof: readonly string[]
}

/** The closed form of {@link ConsistencyAnswer}. */
export const consistencyAnswerSchema: z.ZodType<ConsistencyAnswer> = z.strictObject({
  from: z.int().min(0),
  to: z.int().min(0),
  proof: z.array(base64Of(32)).max(64),
})

/**
 * Reads a consistency proof.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function parseConsistencyAnswer(bytes: Uint8Array): ConsistencyAnswer {
  return readMessage(consistencyAnswerSchema, bytes)
}
