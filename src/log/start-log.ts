import { equalBytes } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { LogError } from './log-error.ts'
import type { LogStart, RootAudit } from './log-writer.ts'
import { formatCheckpoint, type NoteSigner, signNote } from './note/index.ts'
import type { HeadStore, LogReader, LogTransaction, StateStore, StoredHead } from './state-store.ts'
import { emptyRoot, loadTree, rootHash, storedTiles, tileNodeReader } from './tree/index.ts'

/** What a log's creation needs. */
export interface CreateLogDeps<Transaction extends LogTransaction> {
  readonly store: StateStore<Transaction>
  readonly headStore: HeadStore
  readonly ed25519: Ed25519
  readonly origin: string
  readonly signer: NoteSigner
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
    checkpoint: signNote(text, [deps.signer], deps.ed25519),
    size: 0,
    timeMs: deps.nowMs,
  }
  await deps.store.transaction(async (tx) => {
    if ((await tx.swapHead(undefined, head)) === 'conflict') {
      throw new LogError('HEAD_CONFLICT', 'The store holds a log already; a log is created once.')
    }
  })
  await deps.headStore.write(head)
}

const auditStep = 4_096

/** What a start needs. `rootOf` opens a checkpoint note by the verifier's code. */
export interface StartLogDeps {
  readonly reader: LogReader
  readonly headStore: HeadStore
  readonly audit: RootAudit
  /** Root in a checkpoint of this log, 32 bytes; throws when its signature is not this log's. */
  readonly rootOf: (checkpoint: string) => Uint8Array
}

function requireNoRegression(
  state: StoredHead | undefined,
  head: StoredHead | undefined,
): StoredHead {
  if (state === undefined || head === undefined) {
    throw new LogError(
      'LOG_MISSING',
      'There is no log in the store; create one with "cloison init".',
    )
  }
  const sameSize = state.size === head.size && state.checkpoint !== head.checkpoint
  if (head.size > state.size || sameSize) {
    throw new LogError(
      'LOG_REGRESSED',
      `The state store ends at entry ${state.size}, the head store at ${head.size}: an older state was put back. Put back the newest state, or close this log and open a new one.`,
    )
  }
  return state
}

/** Feeds every leaf to the independent code and compares its root with the signed one. */
async function auditLeaves(deps: StartLogDeps, head: StoredHead): Promise<void> {
  let root: Uint8Array = deps.audit.extend([])
  for (let first = 0; first < head.size; first += auditStep) {
    root = deps.audit.extend(
      await deps.reader.readLeaves(first, Math.min(auditStep, head.size - first)),
    )
  }
  if (!equalBytes(root, deps.rootOf(head.checkpoint))) {
    throw new LogError(
      'ROOT_MISMATCH',
      'The entries in the store do not give the signed root; do not go on with this store.',
    )
  }
}

/**
 * Opens the log for writing: the state store may not be older than the head store, every leaf is
 * re-hashed by the verifier's code, and the tree that the writer goes on with must give the signed
 * root.
 *
 * @throws {@link LogError} `LOG_MISSING`, `LOG_REGRESSED`, `ROOT_MISMATCH`
 */
export async function startLog(deps: StartLogDeps): Promise<LogStart> {
  const head = requireNoRegression(await deps.reader.head(), await deps.headStore.read())
  await auditLeaves(deps, head)
  const tree = await loadTree(head.size, tileNodeReader(head.size, storedTiles(deps.reader)))
  if (!equalBytes(rootHash(tree), deps.rootOf(head.checkpoint))) {
    throw new LogError(
      'ROOT_MISMATCH',
      'The stored tiles do not give the signed root; do not go on with this store.',
    )
  }
  // The state store may lead by the one commit whose head was not recorded before a crash.
  await deps.headStore.write(head)
  return { head, tree }
}
