import { encodeBase64 } from '../../src/bytes/index.ts'
import {
  appendSignatures,
  type BatchContext,
  cosign,
  createLog,
  type EntryPlace,
  type ExchangeRecord,
  formatVerifierKey,
  logWriter,
  type PreparedEntry,
  SIGNATURE_TYPES,
  startLog,
  type WritableRecordKeys,
} from '../../src/log/index.ts'
import {
  openCheckpoint,
  parseNote,
  parseVerifierKey,
  type SubjectFile,
  treeHasher,
} from '../../src/log/verify/index.ts'
import {
  type ChainCheck,
  chainRules,
  type ChainRule,
  checkChains,
  closeEpoch,
  type EpochRound,
  epochMaps,
  exportSubject,
} from '../../src/oversight/index.ts'
import {
  addChainedEntry,
  type ExchangeReader,
  type ExchangeTransaction,
  type PersonCommitted,
  type PersonIntent,
  preparePerson,
  type SubjectHandles,
  subjectHandles,
  type UnchainedRecord,
} from '../../src/person/index.ts'
import { aesGcm, bestEd25519, sodiumEdwards, systemRandomness } from '../../src/platform/index.ts'
import type { SubjectReference } from '../../src/protocol/index.ts'
import { memoryRecordKeys } from '../../src/testing/index.ts'
import {
  directCall,
  memoryDisk,
  type MemoryDisk,
  memoryHeadStore,
  memoryReader,
  memoryStateStore,
} from '../../src/testing/memory-store/index.ts'

const ed25519 = bestEd25519()
const type = SIGNATURE_TYPES.ed25519
const logSeed = new Uint8Array(32).fill(4)
const witnessSeed = new Uint8Array(32).fill(5)
const witnessName = 'witness.example/w1'
/** Opens what the organisation has sealed. */
export const recordKeys: WritableRecordKeys = memoryRecordKeys(new Uint8Array(32).fill(6))
const aead = aesGcm(systemRandomness)

/** The log of the organisation under attack, by its own hand. */
export const origin = 'tax.example/log/2026h2'
/** A day. */
export const periodMs = 86_400_000

/** The organisation's verifier keys. */
export const vkeys: string = `${formatVerifierKey(origin, type, ed25519.publicKey(logSeed))}\n`
const witnessKey = formatVerifierKey(
  witnessName,
  SIGNATURE_TYPES.cosignature,
  ed25519.publicKey(witnessSeed),
)
/** Whoever must have cosigned. */
export const policy: string = `witness w1 ${witnessKey} https://witness.example\nquorum w1\n`

/** What somebody with the organisation's whole power does inside one transaction of its log. */
export type Act = (tx: ExchangeTransaction, batch: BatchContext) => Promise<unknown>

/** An organisation that can be made to cheat: its store and its writer are open to the test. */
export interface ChainOrganisation {
  readonly reader: ExchangeReader
  readonly disk: MemoryDisk
  readonly subjects: SubjectHandles
  readonly clock: { nowMs: number }
  /** Commits whatever it is told, as an honest writer would commit its own. */
  act(work: Act): Promise<void>
  /** Adds an honest entry about a person; returns its place. */
  record(subject: SubjectReference, change?: Partial<UnchainedRecord>): Promise<EntryPlace>
  closeEpoch(subjects?: SubjectHandles): Promise<EpochRound>
  /** The published and cosigned checkpoint of now. */
  checkpoint(): Promise<string>
  fileFor(subject: SubjectReference, subjects?: SubjectHandles): Promise<SubjectFile>
  check(rules?: readonly ChainRule[]): Promise<ChainCheck>
}

/** A person by number. */
export function personNumber(place: number): SubjectReference {
  return { scheme: 'demo-nin', value: String(1_000_000_000 + place) }
}

let exchanges = 0

function unchained(change: Partial<UnchainedRecord>): UnchainedRecord {
  exchanges += 1
  const id = `${String(exchanges).padStart(21, '0')}A`
  return {
    kind: 'person.answered',
    exchangeId: id,
    consumer: 'housing',
    provider: 'tax',
    agreement: null,
    purpose: 'https://cloison.eu/purpose/service',
    legalBasis: 'eu-gdpr:A6-1-e',
    elements: ['income_below_limit'],
    outcome: 'permit',
    code: null,
    cap: null,
    official: 'official-1',
    case: null,
    consent: null,
    notice: 'immediate',
    noticeUntilMs: null,
    questionDigest: null,
    resultDigest: null,
    peer: null,
    ...change,
  }
}

/** An entry about a person under the handle and in the chain that the record asks for. */
export async function addHonestly(
  tx: ExchangeTransaction,
  batch: BatchContext,
  about: {
    readonly subject: SubjectReference
    readonly subjects: SubjectHandles
    readonly change?: Partial<UnchainedRecord>
  },
): Promise<PreparedEntry> {
  const record = unchained(about.change ?? {})
  const chain = record.notice === 'withheld' ? 'withheld' : 'open'
  const subjectHandle = about.subjects.handleOf(about.subject, chain)
  const s = new Uint8Array(32)
  return addChainedEntry(tx, batch, { record, subjectHandle, s }, { randomness: systemRandomness })
}

/** A record as an organisation would write it that wants no chain at all. */
export function unchainedRecord(timeMs: number, chain: string | null): ExchangeRecord {
  return { ...unchained({}), v: 1, class: 'exchange', timeMs, chain }
}

function audit(): { extend(leaves: readonly Uint8Array[]): Uint8Array } {
  const hasher = treeHasher()
  return {
    extend(leaves) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
}

type Commit = (work: Act | PersonIntent) => Promise<unknown>

async function openWriter(disk: MemoryDisk, clock: { nowMs: number }): Promise<Commit> {
  const store = memoryStateStore(disk, directCall)
  const headStore = memoryHeadStore(disk, directCall)
  const signers = [{ name: origin, type, seed: logSeed }]
  await createLog({ store, headStore, ed25519, origin, signers, nowMs: clock.nowMs })
  const reader = memoryReader(() => disk.tables, directCall)
  const log = parseVerifierKey(vkeys.trim())
  const rootOf = (note: string): Uint8Array =>
    openCheckpoint(note, { log, witnesses: [], ed25519 }).checkpoint.root
  const checked = audit()
  const start = await startLog({ reader, headStore, audit: checked, rootOf })
  const randomness = systemRandomness
  const timeLock = { milliseconds: 1, demo: true }
  const personDeps = { organisation: 'tax', randomness, aead, recordKeys, agreements: [], timeLock }
  const writer = logWriter<ExchangeTransaction, Act | PersonIntent, unknown>(
    {
      store,
      headStore,
      clock: { now: () => clock.nowMs },
      randomness,
      aead,
      ed25519,
      origin,
      signers,
      recordKeys,
      audit: checked,
    },
    async (tx, work, batch) => {
      if (typeof work !== 'function') return preparePerson(tx, work, batch, personDeps)
      const result = await work(tx, batch)
      return { complete: () => Promise.resolve(result) }
    },
    start,
  )
  return async (work) => (await writer.commit([work]))[0]
}

/** Opens an organisation with an empty log. */
export async function openOrganisation(): Promise<ChainOrganisation> {
  const disk = memoryDisk()
  const clock = { nowMs: 1_800_000_000_000 }
  const commit = await openWriter(disk, clock)
  const reader = memoryReader(() => disk.tables, directCall)
  const own = subjectHandles(systemRandomness.bytes(32), sodiumEdwards())
  const timers = { sleep: async () => undefined }
  const checkpoint = async (): Promise<string> => {
    const note = disk.tables.head?.checkpoint ?? ''
    const timeSeconds = Math.floor(clock.nowMs / 1000)
    const signer = { name: witnessName, seed: witnessSeed, timeSeconds }
    return appendSignatures(note, [cosign(parseNote(note).text, signer, ed25519)])
  }
  const base = { reader, aead, recordKeys, timers, clock: { now: () => clock.nowMs } }
  return {
    reader,
    disk,
    clock,
    checkpoint,
    subjects: own,
    act: async (work) => void (await commit(work)),
    async record(subject, change = {}) {
      const made: EntryPlace[] = []
      await commit(async (tx, batch) => {
        const { index } = await addHonestly(tx, batch, { subject, subjects: own, change })
        made.push({ origin, index })
      })
      clock.nowMs += 1000
      const [place] = made
      if (place === undefined) throw new TypeError('an act is carried out before it is committed')
      return place
    },
    async closeEpoch(subjects = own) {
      const writer = {
        commit: async (intent: PersonIntent) => personCommitted(await commit(intent)),
      }
      const randomness = systemRandomness
      return closeEpoch({ ...base, subjects, writer, randomness, periodMs })
    },
    async fileFor(subject, subjects = own) {
      const maps = epochMaps({ reader, subjects, timers })
      const size = disk.tables.head?.size ?? 0
      const note = await checkpoint()
      const made = await exportSubject(subject, {
        ...base,
        subjects,
        maps,
        organisation: 'tax',
        publishedHead: async () => ({ checkpoint: note, size }),
        isWitnessed: () => true,
      })
      if (made === 'not-yet') throw new TypeError('an epoch must be closed first')
      return { kind: 'cloison/subject', v: 1, madeAtMs: clock.nowMs, vkeys, policy, ...made }
    },
    check: (rules = chainRules) => checkChains({ ...base, subjects: own }, rules),
  }
}

function personCommitted(result: unknown): PersonCommitted {
  if (typeof result === 'object' && result !== null && 'type' in result && 'state' in result)
    return result as PersonCommitted
  throw new TypeError('the writer answered another intent')
}

/** The commitment of an entry, base64. */
export async function commitmentAt(
  { reader }: ChainOrganisation,
  { index }: EntryPlace,
): Promise<string> {
  const [leaf] = await reader.readLeaves(index, 1)
  if (leaf === undefined) throw new RangeError('there is no such entry')
  return encodeBase64(leaf.subarray(2))
}
