import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  createLog,
  formatVerifierKey,
  groupCommit,
  logWriter,
  type Prepare,
  SIGNATURE_TYPES,
  startLog,
  type WritableRecordKeys,
} from '../../log/index.ts'
import {
  openCheckpoint,
  parseVerifierKey,
  treeHasher,
  type VerifierKey,
} from '../../log/verify/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import {
  type LedgerTransaction,
  type PopulationCommitted,
  type PopulationIntent,
  type PopulationWriter,
  preparePopulation,
} from '../../population/index.ts'
import type { Clock } from '../../ports/index.ts'
import { gatewayKeyId, parseOrganisationId, type SignatureKey } from '../../protocol/index.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateReader,
  openStateStore,
  type SqliteReader,
} from '../../storage/sqlite/index.ts'
import { memoryRecordKeys } from '../memory-record-keys.ts'

/** How one intent about a population is prepared; another one than the product's is a twin. */
export type PreparePopulation = Prepare<LedgerTransaction, PopulationIntent, PopulationCommitted>

/** An organisation with real stores and a real log, for what is about populations. */
export interface PopulationOrganisation extends Disposable {
  readonly id: string
  readonly key: SignatureKey
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly logKey: VerifierKey
  readonly origin: string
  readonly reader: SqliteReader
  readonly writer: PopulationWriter
}

/** How it is opened. */
export interface OrganisationSettings {
  readonly id: string
  readonly dir: string
  readonly clock: Clock
  readonly prepare?: PreparePopulation | undefined
  /** What signs and seals its log: given where an organisation is opened again. */
  readonly secrets?: LogSecrets
  /** Of the gateway's key; a new one unless given. */
  readonly seed?: Uint8Array
}

/** What a log is signed and sealed with. */
export interface LogSecrets {
  /** 32 bytes. */
  readonly seed: Uint8Array
  readonly recordKeys: WritableRecordKeys
}

/** New ones, in memory. */
export function logSecrets(): LogSecrets {
  return {
    seed: systemRandomness.bytes(32),
    recordKeys: memoryRecordKeys(systemRandomness.bytes(32)),
  }
}

const maxBatch = 256

function originOf(id: string): string {
  return `${id}.localhost/log/2026h2`
}

async function openWriter(
  { id, dir, clock, prepare }: OrganisationSettings,
  { seed, recordKeys }: LogSecrets,
  stack: DisposableStack,
): Promise<Pick<PopulationOrganisation, 'reader' | 'writer'>> {
  mkdirSync(dir, { recursive: true })
  const [statePath, headPath] = [join(dir, 'state.db'), join(dir, 'head.db')]
  const isNew = !existsSync(statePath)
  if (isNew) {
    createStateStore(statePath)
    createHeadStore(headPath)
  }
  const store = stack.use(openStateStore(statePath))
  const headStore = stack.use(openHeadStore(headPath))
  const ed25519 = bestEd25519()
  const origin = originOf(id)
  const signers = [{ name: origin, type: SIGNATURE_TYPES.ed25519, seed }]
  const common = { store, headStore, ed25519, origin, signers }
  if (isNew) await createLog({ ...common, nowMs: clock.now() })
  const hasher = treeHasher()
  const audit = {
    extend(leaves: readonly Uint8Array[]) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
  const log = logKeyOf(id, seed)
  const rootOf = (note: string): Uint8Array =>
    openCheckpoint(note, { log, witnesses: [], ed25519 }).checkpoint.root
  const start = await store.transaction((reader) => startLog({ reader, headStore, audit, rootOf }))
  const made = logWriter(
    {
      ...common,
      audit,
      clock,
      randomness: systemRandomness,
      aead: aesGcm(systemRandomness),
      recordKeys,
    },
    prepare ?? ((tx, intent, batch) => preparePopulation(tx, intent, batch, { organisation: id })),
    start,
  )
  const group = groupCommit<PopulationIntent, PopulationCommitted>(
    (batch) => made.commit(batch),
    maxBatch,
  )
  return {
    reader: stack.use(openStateReader(statePath)),
    writer: { commit: (intent) => group.submit(intent) },
  }
}

function logKeyOf(id: string, seed: Uint8Array): VerifierKey {
  const type = SIGNATURE_TYPES.ed25519
  return parseVerifierKey(formatVerifierKey(originOf(id), type, bestEd25519().publicKey(seed)))
}

/**
 * Founds an organisation in `dir`, or opens again what one left there, with the checks of the log that every start makes.
 *
 * @throws LogError when the stores do not belong together
 */
export async function openPopulationOrganisation(
  settings: OrganisationSettings,
): Promise<PopulationOrganisation> {
  using stack = new DisposableStack()
  const { secrets = logSecrets(), seed = systemRandomness.bytes(32) } = settings
  const publicKey = bestEd25519().publicKey(seed)
  const { id } = settings
  const opened = await openWriter(settings, secrets, stack)
  const owned = stack.move()
  return {
    ...opened,
    id,
    publicKey,
    key: { keyId: gatewayKeyId(parseOrganisationId(id), publicKey), seed },
    logKey: logKeyOf(id, secrets.seed),
    origin: originOf(id),
    [Symbol.dispose]: () => owned.dispose(),
  }
}
