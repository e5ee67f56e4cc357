import type { Aead } from '../ports/index.ts'
import {
  type LogStart,
  logTime,
  type LogWriterDeps,
  type NoteSigner,
  requireSealingKey,
  startLog,
} from '../log/index.ts'
import { LogError, openCheckpoint } from '../log/verify/index.ts'
import { aesGcm, bestEd25519, systemClock, systemRandomness } from '../platform/index.ts'
import { openWritableRecordKeys } from '../storage/record-keys/index.ts'
import {
  holdWriterLock,
  openHeadStore,
  openStateStore,
  type GatewayTransaction,
  type SqliteStateStore,
} from '../storage/sqlite/index.ts'
import { keysOfHead, type KeysOfHead } from './keys-of-head.ts'
import { readLogSigners, verifierKeyOf } from './log-keys.ts'
import { NodeError } from './node-error.ts'
import { verifierAudit } from './verifier-audit.ts'
import type { WriterSettings } from './writer-messages.ts'

/** One organisation's log, held by its only writer: the stores agree, and the leaves give the root. */
export interface OpenLog extends Disposable {
  /** Signs with every configured key; whoever writes decides whether all of them may sign yet. */
  readonly deps: LogWriterDeps<GatewayTransaction>
  readonly start: LogStart
  /** Which of the configured keys have signed the head, and what has changed since. */
  readonly keys: KeysOfHead
  readonly aead: Aead
  /** The store of `deps`, with what an erasure needs of its files. */
  readonly store: SqliteStateStore
}

/** Reads roots out of checkpoints of these logs, by the verifier's code. */
function rootReader(
  origins: readonly string[],
  signers: readonly NoteSigner[],
): (checkpoint: string) => Uint8Array {
  const ed25519 = bestEd25519()
  const log = origins.flatMap((name) =>
    signers.map((signer) => verifierKeyOf({ ...signer, name }, ed25519)),
  )
  return (checkpoint) => {
    try {
      return openCheckpoint(checkpoint, { log, witnesses: [], ed25519 }).checkpoint.root
    } catch (cause) {
      if (cause instanceof LogError) throw foreignHead(cause)
      throw cause
    }
  }
}

function foreignHead(cause?: unknown): NodeError {
  return new NodeError(
    'LOG_DAMAGED',
    'The newest checkpoint in the stores is not signed by the key of "keys.log_file" under the name of "log.origin": put the right key and origin back, or close this log and open a new one.',
    { cause },
  )
}

/** Refuses to go on under the origin of a log that has ended. */
function requireOpen(logs: readonly string[], origin: string): void {
  const newest = logs.at(-1)
  if (newest === undefined || newest === origin || !logs.includes(origin)) return
  throw new NodeError(
    'LOG_CLOSED',
    `The log ${origin} was closed; the present one is ${newest}: set "log.origin" to it, and list the closed one under "log.closed".`,
  )
}

/**
 * Takes the writer's lock, opens the stores, checks them against each other and every leaf against the
 * signed root.
 *
 * @throws {@link StorageError}, {@link LogError}, {@link NodeError}: each says what to do
 */
export async function openLog(settings: WriterSettings): Promise<OpenLog> {
  const { origin } = settings
  using stack = new DisposableStack()
  stack.use(holdWriterLock(settings.lockPath))
  const store = stack.use(openStateStore(settings.statePath))
  const headStore = stack.use(openHeadStore(settings.headPath))
  store.foldIn()
  headStore.foldIn()
  const signers = await readLogSigners(settings.logKeyFiles, origin)
  const audit = verifierAudit()
  const start = await store.transaction(async (reader) => {
    const logs = await reader.logs()
    requireOpen(logs, origin)
    const rootOf = rootReader([...new Set([...logs, origin])], signers)
    return startLog({ reader, headStore, audit, rootOf })
  })
  if (!start.head.checkpoint.startsWith(`${origin}\n`)) throw foreignHead()
  const randomness = systemRandomness
  const recordKeys = openWritableRecordKeys({ path: settings.recordKeyFolder }, randomness)
  const nowMs = logTime(systemClock, start.head)
  await store.transaction((tx) => requireSealingKey(tx, nowMs, recordKeys))
  const aead = aesGcm(randomness)
  const ed25519 = bestEd25519()
  const stores = { store, headStore, recordKeys, audit }
  const machine = { clock: systemClock, randomness, aead, ed25519 }
  const owned = stack.move()
  return {
    deps: { ...stores, ...machine, origin, signers },
    start,
    keys: keysOfHead(start.head, signers, ed25519),
    aead,
    store,
    [Symbol.dispose]: () => owned.dispose(),
  }
}
