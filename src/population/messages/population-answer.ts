import * as z from 'zod'
import type { JsonObject } from '../../bytes/index.ts'
import {
  type ExchangeId,
  exchangeIdSchema,
  type LoggedEntry,
  loggedEntryShape,
} from '../../protocol/index.ts'
import type { BudgetSpent } from '../ledger/index.ts'
import { type RefusalCode, refusalCodes } from '../query/index.ts'
import { mostAnswerBytes, readPopulationMessage } from './read-population-message.ts'

/** The provider's signature over a release, which stays with it wherever it goes. */
export interface ReleaseSignature {
  /** The provider's gateway key. */
  readonly keyId: string
  /** Ed25519 over `cloison/release/v1\n` and the canonical release; base64. */
  readonly value: string
}

/** The release, with the entry of this exchange. */
export type ReleasedAnswer = LoggedEntry & {
  readonly v: 1
  readonly exchangeId: ExchangeId
  readonly state: 'released'
  /** As its provider has signed it. */
  readonly release: JsonObject
  readonly signature: ReleaseSignature
}

/** Reserved and charged; the release leaves at `releaseAtMs`. The same question again, until then, gets the same answer. */
export interface PendingAnswer {
  readonly v: 1
  readonly exchangeId: ExchangeId
  readonly state: 'pending'
  readonly nowMs: number
  readonly releaseAtMs: number
}

/** Refused, by an entry. */
export type RefusedAnswer = LoggedEntry & {
  readonly v: 1
  readonly exchangeId: ExchangeId
  readonly state: 'refused'
  readonly code: RefusalCode
  readonly path: string
  readonly message: string
  readonly spent: BudgetSpent | null
}

/** What a provider answers to a question about a population. */
export type PopulationAnswer = ReleasedAnswer | PendingAnswer | RefusedAnswer

const head = { v: z.literal(1), exchangeId: exchangeIdSchema }

/** Which account is short. */
export const budgetSpentSchema: z.ZodType<BudgetSpent> = z.strictObject({
  account: z.enum(['population', 'delta', 'agreement', 'analyst']),
  left: z.int().min(0),
})

const released = z.strictObject({
  ...head,
  state: z.literal('released'),
  release: z.record(z.string(), z.json()),
  signature: z.strictObject({ keyId: z.string().max(200), value: z.base64().length(88) }),
  ...loggedEntryShape,
})
const refused = z.strictObject({
  ...head,
  state: z.literal('refused'),
  code: z.enum(refusalCodes),
  path: z.string().max(200),
  message: z.string().max(600),
  spent: budgetSpentSchema.nullable(),
  ...loggedEntryShape,
})
const pending = z.strictObject({
  ...head,
  state: z.literal('pending'),
  nowMs: z.int().min(0),
  releaseAtMs: z.int().min(0),
})

/** The closed schema of an answer that ends a question; that a release is one is checked apart. */
export const outcomeSchema: z.ZodType<ReleasedAnswer | RefusedAnswer> = z.discriminatedUnion(
  'state',
  [released, refused],
)

/** The closed schema of a {@link PopulationAnswer}. */
export const populationAnswerSchema: z.ZodType<PopulationAnswer> = z.discriminatedUnion('state', [
  released,
  refused,
  pending,
])

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parsePopulationAnswer(bytes: Uint8Array): PopulationAnswer {
  return readPopulationMessage(populationAnswerSchema, bytes, mostAnswerBytes)
}
