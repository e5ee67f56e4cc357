import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createLog,
  formatVerifierKey,
  groupCommit,
  logWriter,
  SIGNATURE_TYPES,
  startLog,
} from '../../log/index.ts'
import { openCheckpoint, parseVerifierKey, treeHasher } from '../../log/verify/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import {
  type Budget,
  type PopulationCommitted,
  type PopulationIntent,
  preparePopulation,
} from '../../population/index.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateReader,
  openStateStore,
  type SqliteReader,
} from '../../storage/sqlite/index.ts'
import { memoryRecordKeys } from '../memory-record-keys.ts'
import type { PreparePopulation } from './population-organisation.ts'

const origin = 'tax.localhost/log/2026h2'
const ed25519 = bestEd25519()
const seed = new Uint8Array(32).fill(4)
const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
const log = parseVerifierKey(
  formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seed)),
)
/** When the log of a {@link LedgerLog} begins. */
export const ledgerBeginMs = 1_800_000_000_000

/** The log of `tax` with its ledger. */
export interface LedgerLog extends Disposable {
  commit(intent: PopulationIntent): Promise<PopulationCommitted>
  readonly reader: SqliteReader
}

/** A log over real stores that takes population intents, a batch at a time, as the gateway's writer does. */
export async function openLedgerLog(
  prepare: PreparePopulation = (tx, intent, batch) =>
    preparePopulation(tx, intent, batch, { organisation: 'tax' }),
): Promise<LedgerLog> {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-ledger-'))
  const [statePath, headPath] = [join(dir, 'state'), join(dir, 'head')]
  createStateStore(statePath)
  createHeadStore(headPath)
  const store = openStateStore(statePath)
  const headStore = openHeadStore(headPath)
  const common = { store, headStore, ed25519, origin, signers: [signer] }
  await createLog({ ...common, nowMs: ledgerBeginMs })
  const hasher = treeHasher()
  const audit = {
    extend(leaves: readonly Uint8Array[]) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
  const rootOf = (note: string): Uint8Array =>
    openCheckpoint(note, { log, witnesses: [], ed25519 }).checkpoint.root
  const start = await store.transaction((reader) => startLog({ reader, headStore, audit, rootOf }))
  let nowMs = ledgerBeginMs
  const writer = logWriter(
    {
      ...common,
      audit,
      clock: { now: () => (nowMs += 1) },
      randomness: systemRandomness,
      aead: aesGcm(systemRandomness),
      recordKeys: memoryRecordKeys(new Uint8Array(32).fill(5)),
    },
    prepare,
    start,
  )
  const group = groupCommit<PopulationIntent, PopulationCommitted>(
    (batch) => writer.commit(batch),
    64,
  )
  const reader = openStateReader(statePath)
  return {
    reader,
    commit: (intent) => group.submit(intent),
    [Symbol.dispose]: () => {
      reader[Symbol.dispose]()
      store[Symbol.dispose]()
      headStore[Symbol.dispose]()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A year of a tenth of epsilon. */
export const sampleBudget: Budget = {
  composition: 'basic',
  microEpsilon: 100_000,
  deltaExponent: null,
  perAnalystMicroEpsilon: null,
  fromMs: ledgerBeginMs,
  countersigned: false,
}
