import {
  formatVerifierKey,
  logTime,
  type LogWriter,
  logWriter,
  SIGNATURE_TYPES,
  startLog,
} from '../log/index.ts'
import { openCheckpoint, parseVerifierKey } from '../log/verify/index.ts'
import {
  type KnownAgreement,
  type PersonCommitted,
  type PersonIntent,
  preparePerson,
} from '../person/index.ts'
import { aesGcm, bestEd25519, systemClock, systemRandomness } from '../platform/index.ts'
import { holdWriterLock, openHeadStore, openStateStore } from '../storage/sqlite/index.ts'
import { readKeyFile } from './key-file.ts'
import { NodeError } from './node-error.ts'
import { verifierAudit } from './verifier-audit.ts'
import type { WriterSettings } from './writer-messages.ts'

/** The writer of one organisation's store, with the lock that makes it the only one. */
export interface OpenWriter extends Disposable {
  readonly log: LogWriter<PersonIntent, PersonCommitted>
}

/**
 * Reads the root out of a checkpoint of this log, by the verifier's code; it throws
 * {@link NodeError} `LOG_DAMAGED` for a checkpoint of another key or origin.
 */
function rootReader(origin: string, seed: Uint8Array): (checkpoint: string) => Uint8Array {
  const ed25519 = bestEd25519()
  const vkey = formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seed))
  const log = parseVerifierKey(vkey)
  return (checkpoint) => {
    try {
      return openCheckpoint(checkpoint, { log, witnesses: [], ed25519 }).checkpoint.root
    } catch (cause) {
      throw new NodeError(
        'LOG_DAMAGED',
        'The newest checkpoint in the stores is not signed by the key of "keys.log_file" under the name of "log.origin": put the right key and origin back, or close this log and open a new one.',
        { cause },
      )
    }
  }
}

/**
 * Opens the stores, checks them against each other and every leaf against the signed root, and
 * makes the log's writer.
 *
 * @throws {@link StorageError}, {@link LogError}, {@link NodeError}: each says what to do
 */
export async function openWriter(
  settings: WriterSettings,
  agreements: readonly KnownAgreement[],
): Promise<OpenWriter> {
  using stack = new DisposableStack()
  stack.use(holdWriterLock(settings.lockPath))
  const store = stack.use(openStateStore(settings.statePath))
  const headStore = stack.use(openHeadStore(settings.headPath))
  const seed = await readKeyFile(settings.logKeyFile)
  const recordKey = await readKeyFile(settings.recordKeyFile)
  const audit = verifierAudit()
  const rootOf = rootReader(settings.origin, seed)
  const start = await store.transaction((reader) => startLog({ reader, headStore, audit, rootOf }))
  logTime(systemClock, start.head)
  const randomness = systemRandomness
  const aead = aesGcm(randomness)
  const signer = { name: settings.origin, type: SIGNATURE_TYPES.ed25519, seed }
  const { origin, organisation, timeLock } = settings
  const deps = { organisation, randomness, aead, recordKey, agreements, timeLock }
  const log = logWriter(
    {
      store,
      headStore,
      clock: systemClock,
      randomness,
      aead,
      ed25519: bestEd25519(),
      origin,
      signer,
      recordKey,
      audit,
    },
    (tx, intent: PersonIntent, batch) => preparePerson(tx, intent, batch, deps),
    start,
  )
  const owned = stack.move()
  return { log, [Symbol.dispose]: () => owned.dispose() }
}
