import * as z from 'zod'
import { canonicalBytes, readCanonicalJson } from '../bytes/index.ts'
import type { Obligations, QuestionResult } from '../protocol/index.ts'

/** The provider's proof of an outcome, as the caller may keep and show it. */
export type AskReceipt = {
  readonly origin: string
  readonly index: number
  /** Base64, 34 bytes. */
  readonly leaf: string
  readonly opening: { readonly r: string; readonly s: string; readonly record: string }
  /** C2SP tlog-proof. */
  readonly inclusion: string
}

/** What the caller of the consumer's gateway gets. Holds values: personal data. */
export type AskOutcome = {
  readonly exchangeId: string
  readonly outcome: 'permit' | 'deny'
  readonly code?: string
  readonly cap?: string
  readonly results: readonly QuestionResult[]
  readonly obligations: Obligations | null
  /** `null` for a refusal that left no entry at the provider. */
  readonly receipt: AskReceipt | null
  /** The consumer's own entries: "asked" and "received"; `null` where nothing was asked. */
  readonly entries: { readonly asked: number | null; readonly received: number | null }
  /** Whether the receipt's checkpoint has not been found in a witnessed one yet. */
  readonly provisional: boolean
  readonly witnessedAtMs?: number
}

const receipt: z.ZodType<AskReceipt> = z.strictObject({
  origin: z.string(),
  index: z.int(),
  leaf: z.string(),
  opening: z.strictObject({ r: z.string(), s: z.string(), record: z.string() }),
  inclusion: z.string(),
})

/** The closed form of {@link AskOutcome}: what `/v1/ask` returns. */
export const askOutcomeSchema: z.ZodType<AskOutcome> = z.strictObject({
  exchangeId: z.string(),
  outcome: z.enum(['permit', 'deny']),
  code: z.string().exactOptional(),
  cap: z.string().exactOptional(),
  results: z.array(
    z.strictObject({
      element: z.string(),
      value: z.union([z.boolean(), z.int(), z.string(), z.null()]),
    }),
  ),
  obligations: z
    .strictObject({
      retentionDays: z.int(),
      disposal: z.enum(['delete', 'anonymise', 'return']),
      contestUntilMs: z.int(),
      noRedisclosure: z.literal(true),
    })
    .nullable(),
  receipt: receipt.nullable(),
  entries: z.strictObject({ asked: z.int().nullable(), received: z.int().nullable() }),
  provisional: z.boolean(),
  witnessedAtMs: z.int().exactOptional(),
})

/** The outcome as bytes, to be sealed. */
export function encodeOutcome(outcome: AskOutcome): Uint8Array {
  return canonicalBytes(outcome)
}

/** Reads what {@link encodeOutcome} wrote. */
export function decodeOutcome(bytes: Uint8Array): AskOutcome {
  return askOutcomeSchema.parse(readCanonicalJson(bytes))
}
