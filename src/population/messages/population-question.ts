import * as z from 'zod'
import { type Json, canonicalBytes } from '../../bytes/index.ts'
import { type ExchangeId, exchangeIdSchema } from '../../protocol/index.ts'
import { type PopulationQuery, populationQuerySchema, queryJson } from '../query/index.ts'
import { mostQuestionBytes, readPopulationMessage } from './read-population-message.ts'

/** Where gateways ask each other for a table. */
export const populationQuestionPath = '/v1/population-questions'

/** One question about a population, from the gateway of the organisation that asks. It names no person. */
export interface PopulationQuestion {
  readonly v: 1
  readonly exchangeId: ExchangeId
  /** Pseudonym of the analyst towards this provider. */
  readonly analyst: string
  readonly query: PopulationQuery
}

/** A pseudonym: 22 characters, base64url. */
export const analystSchema: z.ZodType<string> = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** The closed schema of a {@link PopulationQuestion}. */
export const populationQuestionSchema: z.ZodType<PopulationQuestion> = z.strictObject({
  v: z.literal(1),
  exchangeId: exchangeIdSchema,
  analyst: analystSchema,
  query: populationQuerySchema,
})

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parsePopulationQuestion(bytes: Uint8Array): PopulationQuestion {
  return readPopulationMessage(populationQuestionSchema, bytes, mostQuestionBytes)
}

/** The canonical bytes of a question, as they are signed and sent. */
export function populationQuestionBytes({ query, ...rest }: PopulationQuestion): Uint8Array {
  const json: Json = { ...rest, query: queryJson(query) }
  return canonicalBytes(json)
}
