import { encodeBase64, equalBytes } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { Aead, Clock, Randomness } from '../ports/index.ts'
import { batchProofs, type CommittedProofs } from './batch-proofs.ts'
import type { ExchangeRecord, GovernanceRecord } from './entry/index.ts'
import type { EntryMarks } from './entry-marks.ts'
import { joinPayload } from './entry-payload.ts'
import { LogError } from './log-error.ts'
import { logTime } from './log-time.ts'
import { makeEntry } from './make-entry.ts'
import type { WritableRecordKeys } from './record-keys.ts'
import { sealingKey } from './sealing-key.ts'
import { formatCheckpoint, type NoteSigner, signNote } from './note/index.ts'
import type {
  EntryPlace,
  EntryRow,
  HeadStore,
  LogTransaction,
  StateStore,
  StoredHead,
} from './state-store.ts'
import {
  appendLeaves,
  leafHash,
  type LogTree,
  type NodeRun,
  rootHash,
  tileCache,
  type TileCache,
} from './tree/index.ts'

/** An entry that has its place and its commitment, but is not durable yet. */
export interface PreparedEntry extends EntryPlace {
  readonly leaf: Uint8Array
  /** 32 bytes. */
  readonly commitment: Uint8Array
  /** The 32 random bytes that open the commitment. */
  readonly r: Uint8Array
  /** The record's canonical JSON. */
  readonly recordBytes: Uint8Array
}

/** An entry whose leaf and sealed payload depend on nothing in its batch. */
export type SealedEntry = Pick<EntryRow, 'leaf' | 'sealed'>

/** What preparing one intent may use of the batch that it is in. */
export interface BatchContext {
  /** Log time of the whole batch, milliseconds since the epoch; never falls. */
  readonly timeMs: number
  /**
   * Adds an entry to the batch. `s` are the entry's second 32 random bytes, which salt the result
   * digest; zeros when it has none. `marks` are sealed with an exchange record and no part of its leaf.
   */
  add(record: ExchangeRecord | GovernanceRecord, s?: Uint8Array, marks?: EntryMarks): PreparedEntry
  /** Adds an entry that was made and sealed before the batch; returns its index. */
  addSealed(entry: SealedEntry): number
  /** False when an earlier intent of this batch has claimed the same key. */
  claim(key: string): boolean
}

/** An intent whose rows are written; its result needs the proofs of the finished batch. */
export interface Preparation<Result> {
  complete(proofs: CommittedProofs): Promise<Result>
}

/** Decides one intent on live state, writes its rows and adds its entries. Must not reject on bad input. */
export type Prepare<Transaction, Intent, Result> = (
  tx: Transaction,
  intent: Intent,
  batch: BatchContext,
) => Promise<Preparation<Result>>

/** What the log writer needs from outside. */
export interface LogWriterDeps<Transaction extends LogTransaction> {
  readonly store: StateStore<Transaction>
  readonly headStore: HeadStore
  readonly clock: Clock
  readonly randomness: Randomness
  readonly aead: Aead
  readonly ed25519: Ed25519
  readonly origin: string
  /** Sign every checkpoint in the origin's name: one key, or two while they overlap. */
  readonly signers: readonly NoteSigner[]
  readonly recordKeys: WritableRecordKeys
  /** Re-hashes leaves as they were read back and returns the root: the verifier's code, not the writer's. */
  readonly audit: RootAudit
}

/** A second, independent computation of the root over all leaves so far. */
export interface RootAudit {
  /**
   * Forgets everything and goes on behind `size` leaves, given by the roots of the perfect subtrees that
   * `size` falls into, 32 bytes each, largest first. An audit without it begins at the first leaf.
   */
  begin?(size: number, peaks: readonly Uint8Array[]): void
  /** Takes the next leaves as they stand in the store; returns the root over all, 32 bytes. */
  extend(leaves: readonly Uint8Array[]): Uint8Array
}

/** The log's only writer. */
export interface LogWriter<Intent, Result> {
  /**
   * Commits a batch: prepare every intent on live state, insert the entries, read them back and
   * re-hash them by independent code, sign the new checkpoint, swap it against the whole previous
   * one, commit, and record the head in the second store. Resolves only once all of that is on
   * disk. After a rejection the process must end and verify itself at its next start.
   *
   * @throws {@link LogError} `CLOCK_BACKWARDS`, `READ_BACK_DIFFERS`, `HEAD_CONFLICT`, `RECORD_KEY_MISSING`
   */
  commit(batch: readonly Intent[]): Promise<readonly Result[]>
}

/** A batch that gathers its entries. */
export interface Batch {
  readonly context: BatchContext
  readonly rows: EntryRow[]
}

/** Begins a batch behind `head`. @throws {@link LogError} `CLOCK_BACKWARDS`, `RECORD_KEY_MISSING` */
export async function startBatch<T extends LogTransaction>(
  tx: T,
  head: StoredHead,
  deps: LogWriterDeps<T>,
): Promise<Batch> {
  const rows: EntryRow[] = []
  const claimed = new Set<string>()
  const timeMs = logTime(deps.clock, head)
  const key = await sealingKey(tx, timeMs, deps.recordKeys)
  const addSealed = ({ leaf, sealed }: SealedEntry): number => {
    const index = head.size + rows.length
    rows.push({ index, leaf, sealed, timeMs })
    return index
  }
  const context: BatchContext = {
    timeMs,
    addSealed,
    add(record, s = new Uint8Array(32), marks) {
      const entry = makeEntry(record, deps.randomness.bytes(32))
      const { leaf, r, recordBytes } = entry
      const isPublic = record.class === 'governance'
      const payload = joinPayload({ r, s, recordBytes, marks: isPublic ? undefined : marks })
      // Governance is public: in the clear it can be read and published whatever becomes of a key.
      const sealed = isPublic ? payload : deps.aead.seal(key, payload, leaf)
      return { ...entry, origin: deps.origin, index: addSealed({ leaf, sealed }) }
    },
    claim(key) {
      if (claimed.has(key)) return false
      claimed.add(key)
      return true
    },
  }
  return { context, rows }
}

/** A head with its tree and what proofs of its newest entries need. */
export interface Position extends LogStart {
  /** Nodes from the previous right edge on, so that proofs of the newest entries read no tiles. */
  readonly nodes: readonly NodeRun[]
}

/**
 * Inserts the batch's entries, checks them as they stand in the store, signs the new head and swaps it
 * against the previous one, within the transaction.
 *
 * @throws {@link LogError} `READ_BACK_DIFFERS`, `HEAD_CONFLICT`
 */
export async function sequence<T extends LogTransaction>(
  tx: T,
  batch: Batch,
  before: LogStart,
  deps: LogWriterDeps<T>,
): Promise<Position> {
  const { rows } = batch
  await tx.insertEntries(rows)
  const stored = await tx.readLeaves(before.head.size, rows.length)
  const appended = appendLeaves(
    before.tree,
    rows.map((row) => leafHash(row.leaf)),
  )
  const root = rootHash(appended.tree)
  if (stored.length !== rows.length || !equalBytes(deps.audit.extend(stored), root)) {
    throw new LogError('READ_BACK_DIFFERS', 'entries read back do not give the computed root')
  }
  await tx.saveTiles(appended.fullTiles)
  const size = before.head.size + rows.length
  const text = formatCheckpoint({ origin: deps.origin, size, root })
  const checkpoint = signNote(text, deps.signers, deps.ed25519)
  const head = { checkpoint, size, timeMs: batch.context.timeMs }
  if ((await tx.swapHead(before.head.checkpoint, head)) === 'conflict') throw headConflict()
  return { head, tree: appended.tree, nodes: appended.nodes }
}

/** Another writer was here, though a store has one only: the process must end. */
export function headConflict(): LogError {
  return new LogError('HEAD_CONFLICT', 'another writer has moved the head of this log')
}

/** What a fresh log writer starts from: the head as both stores agreed on it, and its tree. */
export interface LogStart {
  readonly head: StoredHead
  readonly tree: LogTree
}

interface Committed<Result> {
  readonly next: Position
  readonly results: readonly Result[]
}

/** One transaction: everything of the batch, or nothing. */
async function commitBatch<T extends LogTransaction, Intent, Result>(
  tx: T,
  {
    intents,
    prepare,
  }: { readonly intents: readonly Intent[]; readonly prepare: Prepare<T, Intent, Result> },
  { current, cache }: { readonly current: Position; readonly cache: TileCache },
  deps: LogWriterDeps<T>,
): Promise<Committed<Result>> {
  if ((await tx.head())?.checkpoint !== current.head.checkpoint) throw headConflict()
  const batch = await startBatch(tx, current.head, deps)
  const preparations: Preparation<Result>[] = []
  for (const intent of intents) preparations.push(await prepare(tx, intent, batch.context))
  const next = batch.rows.length === 0 ? current : await sequence(tx, batch, current, deps)
  const proofs = batchProofs(tx, next.head.checkpoint, { ...next, cache })
  const results: Result[] = []
  for (const preparation of preparations) results.push(await preparation.complete(proofs))
  return { next, results }
}

/** Makes the log's writer; only one may exist for a store. `start` comes from `startLog`. */
export function logWriter<T extends LogTransaction, Intent, Result>(
  deps: LogWriterDeps<T>,
  prepare: Prepare<T, Intent, Result>,
  start: LogStart,
): LogWriter<Intent, Result> {
  const cache = tileCache()
  let current: Position = { ...start, nodes: start.tree.edge }
  return {
    async commit(intents) {
      const { next, results } = await deps.store.transaction((tx) =>
        commitBatch(tx, { intents, prepare }, { current, cache }, deps),
      )
      // From here the batch is durable in the state store; the head store may trail it, never lead.
      if (next.head !== current.head) await deps.headStore.write(next.head)
      current = next
      return results
    },
  }
}

/** An entry's commitment as records carry it, base64. */
export function commitmentText(entry: PreparedEntry): string {
  return encodeBase64(entry.commitment)
}
