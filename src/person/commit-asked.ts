import { canonicalBytes, decodeUtf8, encodeBase64 } from '../bytes/index.ts'
import type { BatchContext, EntryPlace, Preparation } from '../log/index.ts'
import { caseDigest, parsePersonQuestion } from '../protocol/index.ts'
import { marksOf } from './bystander.ts'
import { newestPeerHead } from './newest-peer-head.ts'
import type { AskRow, ExchangeTransaction } from './exchange-store.ts'
import { sealKept } from './kept-question.ts'
import type { PersonCommitDeps } from './person-commit-deps.ts'
import { addChainedEntry } from './subject-chain.ts'
import type { AskedCommitted, AskedIntent, RefusedCommitted, RefusedIntent } from './writer.ts'

const taken: Preparation<AskedCommitted> = {
  complete: () => Promise.resolve({ type: 'asked', state: 'taken' }),
}

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
 * crash, and the caller's idempotency key. The same key never asks twice, and an exchange id stands for
 * one question only.
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
  const before = await tx.askByIdempotencyKey(intent.idempotencyKey)
  if (before !== undefined) return { complete: () => Promise.resolve(known(before, intent)) }
  const isClaimed = !batch.claim(`asked as ${intent.exchangeId}`)
  if (isClaimed || (await tx.ask(intent.exchangeId)) !== undefined) return taken
  const s = deps.randomness.bytes(32)
  const record = {
    ...intent.record,
    kind: 'person.asked' as const,
    outcome: null,
    code: null,
    cap: null,
    case: encodeBase64(caseDigest(s, intent.reference)),
    consent: null,
    resultDigest: null,
    peer: null,
  }
  const { subjectHandle } = intent
  const marks = marksOf(intent.bystander)
  const entry = await addChainedEntry(tx, batch, { record, subjectHandle, s, marks }, deps)
  const lastSeenCheckpoint = (await newestPeerHead(tx, intent.providerOrigins))?.checkpoint ?? null
  const { origin, index } = entry
  const row = { intent, asked: { origin, index }, nowMs: batch.timeMs, lastSeenCheckpoint }
  if (intent.trace !== undefined)
    await tx.saveTrace({ ...intent.trace, place: { origin, index }, atMs: batch.timeMs })
  await tx.saveAsk(newRow(row, deps))
  await keepIdentity(tx, { origin, index }, intent)
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
      lastSeenCheckpoint,
    }),
  }
}

/** In the transaction of its entry, so that no entry is without what belongs to it. */
async function keepIdentity(
  tx: ExchangeTransaction,
  place: EntryPlace,
  { sealedOfficial }: Pick<AskedIntent, 'sealedOfficial'>,
): Promise<void> {
  if (sealedOfficial !== undefined) await tx.saveSealedIdentity(place, sealedOfficial)
}

interface NewAsk {
  readonly intent: AskedIntent
  readonly asked: EntryPlace
  readonly nowMs: number
  readonly lastSeenCheckpoint: string | null
}

/**
 * The question is kept with the checkpoint that goes along with it: every re-send names the same one,
 * because the answer's one body proves that the provider's log extends that and no later one.
 */
function newRow(ask: NewAsk, deps: PersonCommitDeps): AskRow {
  const { intent, asked, nowMs, lastSeenCheckpoint } = ask
  const question = { ...parsePersonQuestion(intent.questionCore), lastSeenCheckpoint }
  const { exchangeId } = intent
  return {
    exchangeId,
    idempotencyKey: intent.idempotencyKey,
    requestDigest: intent.requestDigest,
    provider: intent.provider,
    sealedQuestion: sealKept(canonicalBytes(question), { exchangeId, createdAtMs: nowMs }, deps),
    state: 'asked',
    asked,
    received: undefined,
    sealedOutcome: undefined,
    provisional: undefined,
    witnessedAtMs: undefined,
    alarmedAtMs: undefined,
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
    resultDigest: null,
    peer: null,
  }
  const added = {
    record,
    subjectHandle: intent.subjectHandle,
    s,
    marks: marksOf(intent.bystander),
  }
  const { origin, index } = await addChainedEntry(tx, batch, added, deps)
  await keepIdentity(tx, { origin, index }, intent)
  return { complete: () => Promise.resolve({ type: 'refused', index }) }
}
