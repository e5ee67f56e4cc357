import type { GovernanceRecord } from './entry/index.ts'
import {
  headConflict,
  type LogStart,
  type LogWriterDeps,
  sequence,
  startBatch,
} from './log-writer.ts'
import { formatCheckpoint, type NoteSigner, signNote } from './note/index.ts'
import type { LogTransaction, StoredHead } from './state-store.ts'
import { emptyRoot } from './tree/index.ts'

/** The log that follows a closed one. */
export interface Successor {
  /** Never used before. */
  readonly origin: string
  /** Keys that sign in the name of that origin. */
  readonly signers: readonly NoteSigner[]
  /** Their public halves, for the closing entry: C2SP verifier keys. */
  readonly verifierKeys: readonly string[]
}

/** A log that was closed, and the empty one behind it. */
export interface ClosedLog {
  readonly closing: StoredHead
  readonly opened: StoredHead
}

function closingRecord(
  organisation: string,
  timeMs: number,
  { origin, verifierKeys }: Successor,
): GovernanceRecord {
  return {
    v: 1,
    class: 'governance',
    kind: 'log.closed',
    timeMs,
    organisation,
    name: origin,
    digest: null,
    body: { successor: { origin, keys: [...verifierKeys] } },
  }
}

/**
 * Closes the log and opens its successor in one transaction: the entry `log.closed`, the closing
 * checkpoint, and the signed checkpoint of the empty successor. Then the head store gets the new head.
 * Resolves once both are on disk; a crash leaves the old log as it was or both done. `start` comes from
 * `startLog`; no other writer may be at work. After a rejection the process must end.
 *
 * @throws {@link LogError} `CLOCK_BACKWARDS`, `READ_BACK_DIFFERS`, `HEAD_CONFLICT`; a failure of the
 * store for an origin that was used before. Then nothing has changed
 */
export async function closeLog<T extends LogTransaction>(
  deps: LogWriterDeps<T>,
  start: LogStart,
  { organisation, successor }: { readonly organisation: string; readonly successor: Successor },
): Promise<ClosedLog> {
  const closed = await deps.store.transaction(async (tx) => {
    if ((await tx.head())?.checkpoint !== start.head.checkpoint) throw headConflict()
    const batch = await startBatch(tx, start.head, deps)
    batch.context.add(closingRecord(organisation, batch.context.timeMs, successor))
    const { head: closing } = await sequence(tx, batch, start, deps)
    await tx.openLog(successor.origin)
    const text = formatCheckpoint({ origin: successor.origin, size: 0, root: emptyRoot() })
    const checkpoint = signNote(text, successor.signers, deps.ed25519)
    const opened: StoredHead = { checkpoint, size: 0, timeMs: closing.timeMs }
    if ((await tx.swapHead(undefined, opened)) === 'conflict') throw headConflict()
    return { closing, opened }
  })
  await deps.headStore.write(closed.opened)
  return closed
}
