import { encodeBase64, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { BatchContext, GovernanceRecord } from '../log/index.ts'
import type { ExchangeTransaction, PeerHead } from './exchange-store.ts'

type SignalBatch = Pick<BatchContext, 'timeMs' | 'claim'> & {
  readonly add: (record: GovernanceRecord) => unknown
}

/** A checkpoint without its signatures: two of one log that differ here are of two trees. */
function textOf({ checkpoint }: PeerHead): string {
  return checkpoint.slice(0, checkpoint.lastIndexOf('\n\n'))
}

/** Both notes are the consumer's own, under its signature: whoever reads the entry has the proof. */
function addForkSignal(
  batch: SignalBatch,
  { before, now }: { readonly before: PeerHead; readonly now: PeerHead },
  organisation: string,
): void {
  if (!batch.claim(`fork ${now.origin} ${now.size}`)) return
  batch.add({
    v: 1,
    class: 'governance',
    kind: 'signal.fork',
    timeMs: batch.timeMs,
    organisation,
    name: now.origin,
    digest: encodeBase64(sha256(utf8(now.checkpoint))),
    body: { size: now.size, notes: [before.checkpoint, now.checkpoint] },
  })
}

/**
 * Holds the head that a consumer's receipt is under against what was seen of its log, and remembers the
 * larger. Law: of one log and size one tree is ever accepted; the two checkpoints of a fork become an
 * entry. Trees of different sizes are compared later, by `peerFollower`.
 */
export async function holdConsumerHead(
  tx: Pick<ExchangeTransaction, 'peerHead' | 'savePeerHead'>,
  now: PeerHead,
  { batch, organisation }: { readonly batch: SignalBatch; readonly organisation: string },
): Promise<'held' | 'forked'> {
  const before = await tx.peerHead(now.origin)
  if (before?.size === now.size && textOf(before) !== textOf(now)) {
    addForkSignal(batch, { before, now }, organisation)
    return 'forked'
  }
  if (before === undefined || now.size > before.size) await tx.savePeerHead(now)
  return 'held'
}
