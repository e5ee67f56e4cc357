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

/** The outcome as bytes, to be sealed. */
export function encodeOutcome(outcome: AskOutcome): Uint8Array {
  return canonicalBytes(outcome)
}

/** Reads what {@link encodeOutcome} wrote; only ever applied to bytes that this gateway sealed itself. */
export function decodeOutcome(bytes: Uint8Array): AskOutcome {
  const json: unknown = readCanonicalJson(bytes)
  return trustOwnOutcome(json)
}

function trustOwnOutcome(json: unknown): AskOutcome {
  if (typeof json !== 'object' || json === null || !('exchangeId' in json)) {
    throw new TypeError('sealed bytes hold no outcome')
  }
  return json as AskOutcome
}
