import { equalBytes } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { requireNewestHeads } from './compare-heads.ts'
import { LogError } from './log-error.ts'
import { headConflict, type LogStart, type RootAudit } from './log-writer.ts'
import { formatCheckpoint, type NoteSigner, signNote } from './note/index.ts'
import type {
  HeadStore,
  LogsReader,
  LogTransaction,
  StateStore,
  StoredHead,
} from './state-store.ts'
import {
  emptyRoot,
  loadTree,
  peaksFrom,
  rootHash,
  storedTiles,
  tileNodeReader,
} from './tree/index.ts'

/** What a log's creation needs. */
export interface CreateLogDeps<Transaction extends LogTransaction> {
  readonly store: StateStore<Transaction>
  readonly headStore: HeadStore
  readonly ed25519: Ed25519
  readonly origin: string
  readonly signers: readonly NoteSigner[]
  readonly nowMs: number
}

/**
 * Brings a log into being: signs the checkpoint of the empty tree and records it in both stores.
 * Called by an explicit command only, never as a side effect of a start.
 *
 * @throws {@link LogError} `HEAD_CONFLICT` when the store holds a log already.
 */
export async function createLog<T extends LogTransaction>(deps: CreateLogDeps<T>): Promise<void> {
  const text = formatCheckpoint({ origin: deps.origin, size: 0, root: emptyRoot() })
  const head: StoredHead = {
    checkpoint: signNote(text, deps.signers, deps.ed25519),
    size: 0,
    timeMs: deps.nowMs,
  }
  await deps.store.transaction(async (tx) => {
    if ((await tx.logs()).length > 0) {
      throw new LogError('HEAD_CONFLICT', 'The store holds a log already; a log is created once.')
    }
    await tx.openLog(deps.origin)
    if ((await tx.swapHead(undefined, head)) === 'conflict') throw headConflict()
  })
  await deps.headStore.write(head)
}

const auditStep = 4_096
/** Leaves that a start hashes again, the newest ones: about a second's work. */
const rehashedLeaves = 262_144
const tileWidth = 256

/** What a start needs. `rootOf` opens a checkpoint note by the verifier's code. */
export interface StartLogDeps {
  readonly reader: LogsReader
  readonly headStore: HeadStore
  readonly audit: RootAudit
  /** Root in a checkpoint of this log, 32 bytes; throws when its signature is not this log's. */
  readonly rootOf: (checkpoint: string) => Uint8Array
  /** How many of the newest leaves are hashed again at least; 262,144 when left out. */
  readonly rehashed?: number
}

/**
 * Has the audit begin where the leaves begin that are hashed again: what lies before stands for itself
 * by the stored tiles above it. Wrong ones cannot give the signed root.
 */
async function beginAudit(
  { audit, reader, rehashed = rehashedLeaves }: StartLogDeps,
  size: number,
): Promise<number> {
  const from = Math.max(0, Math.floor((size - rehashed) / tileWidth)) * tileWidth
  if (from === 0 || audit.begin === undefined) return 0
  const nodes = tileNodeReader(from, storedTiles(reader))
  audit.begin(from, await nodes.read(peaksFrom(0, from)))
  return from
}

/** The leaves from `from` on, fed to the independent code; the root over the first `size` leaves. */
async function auditLeaves(deps: StartLogDeps, from: number, size: number): Promise<Uint8Array> {
  let root: Uint8Array = deps.audit.extend([])
  for (let first = from; first < size; first += auditStep) {
    root = deps.audit.extend(await deps.reader.readLeaves(first, Math.min(auditStep, size - first)))
  }
  return root
}

/** Compares the leaves with both signed roots: the one of the head store on the way to the newest. */
async function requireRoots(
  deps: StartLogDeps,
  recorded: StoredHead,
  newest: StoredHead,
): Promise<void> {
  const from = await beginAudit(deps, recorded.size)
  const earlier = await auditLeaves(deps, from, recorded.size)
  const continues = equalBytes(earlier, deps.rootOf(recorded.checkpoint))
  const root = await auditLeaves(deps, recorded.size, newest.size)
  if (!equalBytes(root, deps.rootOf(newest.checkpoint))) {
    throw new LogError(
      'ROOT_MISMATCH',
      'The entries in the store do not give the signed root; do not go on with this store.',
    )
  }
  if (continues) return
  throw new LogError(
    'LOG_FORKED',
    `The entries in the state store do not continue the ${recorded.size} that the head store has signed: these stores have two histories.`,
  )
}

/**
 * Opens the log for writing: neither the state store nor the head store may be older than the other
 * allows, the newest leaves are re-hashed by the verifier's code, and together with the stored tiles
 * over the older ones give both signed roots, as must the tree that the writer goes on with. A leaf
 * that was changed below a good tile is for the self-audit of a running gateway to find.
 *
 * @throws {@link LogError} `LOG_MISSING`, `LOG_REGRESSED`, `LOG_FORKED`, `ROOT_MISMATCH`
 */
export async function startLog(deps: StartLogDeps): Promise<LogStart> {
  const heads = { state: await deps.reader.head(), recorded: await deps.headStore.read() }
  const { state: head, recorded } = await requireNewestHeads(heads, deps)
  await requireRoots(deps, recorded, head)
  const tree = await loadTree(head.size, tileNodeReader(head.size, storedTiles(deps.reader)))
  if (!equalBytes(rootHash(tree), deps.rootOf(head.checkpoint))) {
    throw new LogError(
      'ROOT_MISMATCH',
      'The stored tiles do not give the signed root; do not go on with this store.',
    )
  }
  // The state store may lead by the one commit whose head was not recorded before a crash.
  if (heads.recorded?.checkpoint !== head.checkpoint) await deps.headStore.write(head)
  return { head, tree }
}
