import { decodeBase64, encodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { exchangeEntry, exchangeRecordSchema } from '../log/index.ts'
import {
  openedCheckpoints,
  type OpenedCheckpoints,
  parseTlogProof,
  type Policy,
  verifyReceipt,
} from '../log/verify/index.ts'
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
  /** The consumer's log alone: a prompt receipt carries no cosignatures yet. Another object for other keys. */
  readonly policy: Policy
  readonly ed25519: Ed25519
}

/** What was opened under a policy, for as long as the policy is in use. */
const openedUnder = new WeakMap<Policy, OpenedCheckpoints>()

function openedOf(policy: Policy): OpenedCheckpoints {
  const known = openedUnder.get(policy)
  if (known !== undefined) return known
  const made = openedCheckpoints()
  openedUnder.set(policy, made)
  return made
}

function readValid(
  question: PersonQuestion,
  expected: ReceiptExpectation,
): Extract<ReceiptReading, { state: 'valid' }> | undefined {
  const { askedReceipt } = question
  if (askedReceipt === undefined) return undefined
  const recordBytes = utf8(askedReceipt.record)
  const parsed = exchangeRecordSchema.safeParse(readCanonicalJson(recordBytes))
  if (!parsed.success) return undefined
  const record = parsed.data
  const cites =
    record.kind === 'person.asked' &&
    record.exchangeId === question.exchangeId &&
    record.consumer === expected.consumer &&
    record.provider === expected.provider &&
    record.questionDigest === encodeBase64(expected.questionDigest)
  if (!cites) return undefined
  const { leaf, commitment } = exchangeEntry(recordBytes, decodeBase64(askedReceipt.r))
  const { policy, ed25519 } = expected
  const opened = openedOf(policy)
  const proof = parseTlogProof(askedReceipt.proof, opened)
  const verdict = verifyReceipt({ proof, leaf, policy, opened, ed25519 })
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
