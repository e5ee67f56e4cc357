import { encodeBase64, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import { type BatchContext, type Preparation, readEntry } from '../log/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import { sealKept } from './kept-question.ts'
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
  if (row.received !== undefined || !batch.claim(`received ${intent.exchangeId}`)) {
    return { complete: () => receivedBefore(tx, intent.exchangeId) }
  }
  const record = {
    ...intent.record,
    kind: 'person.received' as const,
    case: null,
    consent: null,
  }
  const s = new Uint8Array(32)
  const { subjectHandle, providerHead } = intent
  // The token may have expired since; what "asked" was marked with holds for its answer.
  const asked = await readEntry(tx.logOf(row.asked.origin), row.asked.index, deps)
  const marks = asked?.marks
  const entry = await addChainedEntry(tx, batch, { record, subjectHandle, s, marks }, deps)
  await tx.saveAsk({
    ...row,
    sealedQuestion: undefined,
    state: intent.state,
    received: { origin: entry.origin, index: entry.index },
    sealedOutcome: sealKept(intent.outcome, row, deps),
    provisional: providerHead?.checkpoint,
  })
  if (providerHead !== undefined) await tx.savePeerHead(providerHead)
  return { complete: () => Promise.resolve({ type: 'received', state: 'new', index: entry.index }) }
}

async function receivedBefore(
  tx: ExchangeTransaction,
  exchangeId: string,
): Promise<ReceivedCommitted> {
  const row = await tx.ask(exchangeId)
  if (row?.received === undefined) throw new TypeError('a claimed outcome must have been written')
  return { type: 'received', state: 'known', index: row.received.index }
}

/** Notes what became of a provisional receipt; an alarm is an entry, and given once. */
export async function prepareSettled(
  tx: ExchangeTransaction,
  { exchangeId, standing }: SettledIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<SettledCommitted>> {
  const done: Preparation<SettledCommitted> = {
    complete: () => Promise.resolve({ type: 'settled' }),
  }
  const row = await tx.ask(exchangeId)
  if (row === undefined) return done
  if (standing.state === 'witnessed') {
    await tx.saveAsk({ ...row, witnessedAtMs: standing.atMs })
    return done
  }
  if (row.alarmedAtMs !== undefined || !batch.claim(`alarm ${exchangeId}`)) return done
  const forked = standing.state === 'forked'
  const about = row.received ?? row.asked
  batch.add({
    v: 1,
    class: 'governance',
    kind: forked ? 'signal.fork' : 'signal.unwitnessed',
    timeMs: batch.timeMs,
    organisation: deps.organisation,
    name: standing.origin,
    digest: encodeBase64(sha256(utf8(row.provisional ?? ''))),
    body: { log: about.origin, entry: about.index },
  })
  await tx.saveAsk({ ...row, alarmedAtMs: batch.timeMs, state: forked ? 'failed' : row.state })
  return done
}
