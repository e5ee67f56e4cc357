import type { Ed25519 } from '../../../crypto/index.ts'
import { groupCommit, logTime, logWriter, type RootAudit, startLog } from '../../../log/index.ts'
import { openCheckpoint, treeHasher } from '../../../log/verify/index.ts'
import {
  type KnownAgreement,
  type PersonCommitted,
  type PersonIntent,
  type PersonWriter,
  preparePerson,
} from '../../../person/index.ts'
import type { TimeLock } from '../../../agreement/index.ts'
import type { Aead, Clock, Randomness } from '../../../ports/index.ts'
import type { ProcessLife } from '../../simulator/index.ts'
import type { GatewayStores } from './sim-disk.ts'
import type { SimOrganisation } from '../sim-organisation.ts'

/** What the writer of a simulated gateway is made of. */
export interface SimWriterDeps {
  readonly life: ProcessLife
  readonly organisation: SimOrganisation
  readonly stores: GatewayStores
  readonly agreements: readonly KnownAgreement[]
  readonly timeLock: TimeLock
  readonly clock: Clock
  readonly randomness: Randomness
  readonly aead: Aead
  readonly ed25519: Ed25519
  readonly audit: RootAudit
}

/** The verifier's own computation of the root, as the gateway's writer has it. */
export function simAudit(): RootAudit {
  const hasher = treeHasher()
  return {
    extend(leaves) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
}

const maxBatch = 64
/** How long a gateway takes to end after its writer has failed. */
const lastMs = 2

type Write = (batch: readonly PersonIntent[]) => Promise<readonly PersonCommitted[]>

/** After a failure every commit is refused, and the process ends: as the host of the writer does it. */
function failingOnce(write: Write, life: ProcessLife): Write {
  let failure: Error | undefined
  return async (batch) => {
    if (failure !== undefined) throw failure
    try {
      return await write(batch)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'unknown'
      failure = new Error('WRITER_FAILED', { cause })
      void life.call('exit', () => life.end(`writer failed: ${reason}`), { delayMs: lastMs })
      throw failure
    }
  }
}

/**
 * Opens the log and makes its writer, from the same parts and in the same order as a gateway does.
 * Rejects as `startLog` does.
 */
export async function simWriter(deps: SimWriterDeps): Promise<PersonWriter> {
  const { organisation, stores, ed25519, audit, clock, randomness, aead, life } = deps
  const { store, headStore } = stores
  const { origin, recordKeys, logKey } = organisation
  const rootOf = (note: string): Uint8Array =>
    openCheckpoint(note, { log: logKey, witnesses: [], ed25519 }).checkpoint.root
  const start = await store.transaction((reader) => startLog({ reader, headStore, audit, rootOf }))
  logTime(clock, start.head)
  const { agreements, timeLock } = deps
  const commitDeps = {
    organisation: organisation.id,
    randomness,
    aead,
    recordKeys,
    agreements,
    timeLock,
  }
  const signers = [organisation.logSigner]
  const log = logWriter(
    { store, headStore, clock, randomness, aead, ed25519, origin, signers, recordKeys, audit },
    (tx, intent: PersonIntent, batch) => preparePerson(tx, intent, batch, commitDeps),
    start,
  )
  const group = groupCommit<PersonIntent, PersonCommitted>(
    failingOnce((batch) => log.commit(batch), life),
    maxBatch,
  )
  return { commit: (intent) => group.submit(intent) }
}
