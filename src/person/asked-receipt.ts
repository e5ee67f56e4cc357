import { decodeBase64, encodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { exchangeRecordSchema, makeEntry } from '../log/index.ts'
import { parseTlogProof, type Policy, verifyReceipt } from '../log/verify/index.ts'
import type { PersonQuestion } from '../protocol/index.ts'
import type { PeerHead } from './exchange-store.ts'

/** What reading the consumer's receipt for "asked" gave. */
export type ReceiptReading =
  | {
      readonly state: 'missing' | 'invalid'
      readonly commitment?: undefined
      readonly head?: undefined
    }
  /**
   * The commitment of the consumer's entry, base64: what the provider's entry cites; and the head of the
   * consumer's log that the receipt is under.
   */
  | { readonly state: 'valid'; readonly commitment: string; readonly head: PeerHead }

/** Whose log must hold the entry, and about which question. */
export interface ReceiptExpectation {
  readonly consumer: string
  readonly provider: string
  /** SHA-256 of the question without receipt and checkpoint, 32 bytes. */
  readonly questionDigest: Uint8Array
  /** The consumer's log alone: a prompt receipt carries no cosignatures yet. */
  readonly policy: Policy
  readonly ed25519: Ed25519
}

function readValid(
  question: PersonQuestion,
  expected: ReceiptExpectation,
): Extract<ReceiptReading, { state: 'valid' }> | undefined {
  const { askedReceipt } = question
  if (askedReceipt === undefined) return undefined
  const parsed = exchangeRecordSchema.safeParse(readCanonicalJson(utf8(askedReceipt.record)))
  if (!parsed.success) return undefined
  const record = parsed.data
  const cites =
    record.kind === 'person.asked' &&
    record.exchangeId === question.exchangeId &&
    record.consumer === expected.consumer &&
    record.provider === expected.provider &&
    record.questionDigest === encodeBase64(expected.questionDigest)
  if (!cites) return undefined
  const { leaf, commitment } = makeEntry(record, decodeBase64(askedReceipt.r))
  const { policy, ed25519 } = expected
  const proof = parseTlogProof(askedReceipt.proof)
  const verdict = verifyReceipt({ proof, leaf, policy, ed25519 })
  if (!verdict.ok) return undefined
  const { origin, size } = verdict.checkpoint
  const head = { origin, size, checkpoint: proof.checkpoint }
  return { state: 'valid', commitment: encodeBase64(commitment), head }
}

/**
 * Reads the receipt that a question carries: the consumer's own log holds an "asked" about exactly
 * this question. A receipt for another question, or out of another log, is `invalid`. Never throws.
 */
export function readAskedReceipt(
  question: PersonQuestion,
  expected: ReceiptExpectation,
): ReceiptReading {
  if (question.askedReceipt === undefined) return { state: 'missing' }
  try {
    return readValid(question, expected) ?? { state: 'invalid' }
  } catch {
    return { state: 'invalid' }
  }
}
