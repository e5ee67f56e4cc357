import { decodeUtf8, encodeBase64, utf8 } from '../bytes/index.ts'
import type { BatchContext, Preparation } from '../log/index.ts'
import { caseDigest } from '../protocol/index.ts'
import type { AskRow, ExchangeTransaction } from './exchange-store.ts'
import type { PersonCommitDeps } from './person-commit-deps.ts'
import { addChainedEntry } from './subject-chain.ts'
import type { AskedCommitted, AskedIntent, RefusedCommitted, RefusedIntent } from './writer.ts'

function known(row: AskRow, intent: AskedIntent): AskedCommitted {
  const sameRequest = row.requestDigest === intent.requestDigest
  return { type: 'asked', state: 'known', exchangeId: row.exchangeId, sameRequest }
}

async function readKnown(tx: ExchangeTransaction, intent: AskedIntent): Promise<AskedCommitted> {
  const row = await tx.askByIdempotencyKey(intent.idempotencyKey)
  if (row === undefined) throw new TypeError('a claimed request must have been written')
  return known(row, intent)
}

/**
 * Writes "asked" before a question leaves: the entry, the sealed question for a re-send after a
 * crash, and the caller's idempotency key. The same key never asks twice.
 */
export async function prepareAsked(
  tx: ExchangeTransaction,
  intent: AskedIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<AskedCommitted>> {
  if (!batch.claim(`ask ${intent.idempotencyKey}`)) {
    return { complete: () => readKnown(tx, intent) }
  }
  const row = await tx.askByIdempotencyKey(intent.idempotencyKey)
  if (row !== undefined) return { complete: () => Promise.resolve(known(row, intent)) }
  const s = deps.randomness.bytes(32)
  const record = {
    ...intent.record,
    kind: 'person.asked' as const,
    outcome: null,
    code: null,
    cap: null,
    case: encodeBase64(caseDigest(s, intent.reference)),
    consent: null,
    noticeUntilMs: null,
    resultDigest: null,
    peer: null,
  }
  const { subjectHandle } = intent
  const entry = await addChainedEntry(tx, batch, { record, subjectHandle, s }, deps)
  await tx.saveAsk(newRow(intent, entry.index, batch.timeMs, deps))
  const providerHead = await tx.peerHead(intent.providerOrigin)
  return {
    complete: async (proofs) => ({
      type: 'asked',
      state: 'new',
      index: entry.index,
      commitment: encodeBase64(entry.commitment),
      receipt: {
        r: encodeBase64(entry.r),
        record: decodeUtf8(entry.recordBytes),
        proof: await proofs.inclusion(entry.index),
      },
      lastSeenCheckpoint: providerHead?.checkpoint ?? null,
    }),
  }
}

function newRow(
  intent: AskedIntent,
  askedIndex: number,
  nowMs: number,
  { aead, recordKey }: PersonCommitDeps,
): AskRow {
  return {
    exchangeId: intent.exchangeId,
    idempotencyKey: intent.idempotencyKey,
    requestDigest: intent.requestDigest,
    provider: intent.provider,
    sealedQuestion: aead.seal(recordKey, intent.questionCore, utf8(intent.exchangeId)),
    state: 'asked',
    askedIndex,
    receivedIndex: undefined,
    sealedOutcome: undefined,
    provisional: undefined,
    witnessedAtMs: undefined,
    createdAtMs: nowMs,
  }
}

/** Writes a refusal by the consumer's own case system: a denial in its own log, about a question that never left. */
export async function prepareRefused(
  tx: ExchangeTransaction,
  intent: RefusedIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<RefusedCommitted>> {
  const s = deps.randomness.bytes(32)
  const record = {
    ...intent.record,
    kind: 'person.denied' as const,
    outcome: 'deny' as const,
    cap: null,
    case: encodeBase64(caseDigest(s, intent.reference)),
    consent: null,
    noticeUntilMs: null,
    resultDigest: null,
    peer: null,
  }
  const { subjectHandle } = intent
  const { index } = await addChainedEntry(tx, batch, { record, subjectHandle, s }, deps)
  return { complete: () => Promise.resolve({ type: 'refused', index }) }
}
