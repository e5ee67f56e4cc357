import type { z } from 'zod'
import { BytesError, type Json, readCanonicalJson } from '../../bytes/index.ts'
import { ProtocolError } from '../../protocol/index.ts'

/** Most bytes of a question or preview about a population. */
export const mostQuestionBytes = 20_480
/** Most bytes of an answer: a table of 1,000 cells with 64 buckets each, and its certificate. */
export const mostAnswerBytes = 2_097_152

const maxDepth = 12

function throughGate(bytes: Uint8Array, maxBytes: number): Json {
  try {
    return readCanonicalJson(bytes, { maxBytes, maxDepth })
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    const code = cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
    throw new ProtocolError(code, `the message is refused: ${cause.message}`)
  }
}

/**
 * Reads a message about a population: canonical JSON that fits a closed schema.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`
 */
export function readPopulationMessage<T>(
  schema: z.ZodType<T>,
  bytes: Uint8Array,
  maxBytes: number,
): T {
  const { data } = schema.safeParse(throughGate(bytes, maxBytes))
  if (data !== undefined) return data
  throw new ProtocolError('MALFORMED', 'the message does not fit')
}
