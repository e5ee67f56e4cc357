import { utf8 } from '../bytes/index.ts'
import type { BatchContext, Preparation } from '../log/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import type { PersonCommitDeps } from './person-commit-deps.ts'
import { addChainedEntry } from './subject-chain.ts'
import type {
  ReceivedCommitted,
  ReceivedIntent,
  SettledCommitted,
  SettledIntent,
} from './writer.ts'

/**
 * Writes "received": the entry that cites the provider's, the sealed outcome for the caller's
 * retries, and the provider's newest verified checkpoint. A second "received" of one exchange
 * writes nothing.
 */
export async function prepareReceived(
  tx: ExchangeTransaction,
  intent: ReceivedIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<ReceivedCommitted>> {
  const row = await tx.ask(intent.exchangeId)
  if (row === undefined) throw new TypeError('"received" needs an "asked" before it')
  if (row.receivedIndex !== undefined || !batch.claim(`received ${intent.exchangeId}`)) {
    return {
      complete: () =>
        Promise.resolve({ type: 'received', index: row.receivedIndex ?? row.askedIndex }),
    }
  }
  const record = {
    ...intent.record,
    kind: 'person.received' as const,
    case: null,
    consent: null,
    noticeUntilMs: null,
  }
  const s = new Uint8Array(32)
  const { subjectHandle, providerHead } = intent
  const entry = await addChainedEntry(tx, batch, { record, subjectHandle, s }, deps)
  await tx.saveAsk({
    ...row,
    sealedQuestion: undefined,
    state: intent.state,
    receivedIndex: entry.index,
    sealedOutcome: deps.aead.seal(deps.recordKey, intent.outcome, utf8(intent.exchangeId)),
    provisional: providerHead?.checkpoint,
  })
  if (providerHead !== undefined) await tx.savePeerHead(providerHead)
  return { complete: () => Promise.resolve({ type: 'received', index: entry.index }) }
}

/** Notes that the receipt of an answer is covered by a witnessed checkpoint. No entry. */
export async function prepareSettled(
  tx: ExchangeTransaction,
  intent: SettledIntent,
): Promise<Preparation<SettledCommitted>> {
  const row = await tx.ask(intent.exchangeId)
  if (row !== undefined) await tx.saveAsk({ ...row, witnessedAtMs: intent.witnessedAtMs })
  return { complete: () => Promise.resolve({ type: 'settled' }) }
}
