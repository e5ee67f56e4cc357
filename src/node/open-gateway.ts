import type { TimeLock } from '../agreement/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { Policy } from '../log/verify/index.ts'
import { type KnownAgreement, type SubjectHandles, subjectHandles } from '../person/index.ts'
import { bestEd25519, sodiumEdwards, systemClock, undiciHttpClient } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import type { SignatureKey } from '../protocol/index.ts'
import { type CachedRecordKeys, openRecordKeys } from '../storage/record-keys/index.ts'
import { openStateReader, type SqliteReader } from '../storage/sqlite/index.ts'
import { AgreementBook } from './agreements/agreement-book.ts'
import { isTokenCaller } from './caller-config.ts'
import { type OpenCases, openCases } from './cases/open-cases.ts'
import type { LoadedConfig } from './config-file.ts'
import type { DirectoryBook, PendingRecord } from './directory/directory-book.ts'
import { openDirectory } from './directory/open-directory.ts'
import { readListenTls, type ServedTls } from './directory/read-listen-tls.ts'
import { readSignatureKey } from './directory/rotating-key.ts'
import {
  countedLock,
  officerKeys,
  knownProviders,
  ownPolicy,
  readWitnessPolicy,
  requireDemoPeers,
  retentionOf,
  timeLockOf,
} from './gateway-parts.ts'
import { type Callers, callersOf } from './http/bearer.ts'
import { readKeyFile, readTokenFile } from './key-file.ts'
import { requirePrivacy } from './public-url.ts'
import { logKeyFiles } from './log-keys.ts'
import { type OpenRegisters, openRegisters } from './open-registers.ts'
import type { Peer } from './peer.ts'
import { describedRegisters } from './described-registers.ts'
import { readAgreements } from './read-agreements.ts'
import { readSettingFile } from './read-setting-file.ts'
import { startWriter, type WriterHost } from './writer-host.ts'
import type { WriterSettings } from './writer-messages.ts'

/** Everything that a gateway holds open, in the order in which it was opened. */
export interface OpenGateway extends AsyncDisposable {
  readonly ed25519: Ed25519
  readonly key: SignatureKey
  readonly keys: {
    readonly record: CachedRecordKeys
    readonly handle: Uint8Array
    readonly pseudonym: Uint8Array
    /** Seed of the log's ML-DSA-44 key, where it has one. */
    readonly logTree: Uint8Array | undefined
  }
  readonly subjects: SubjectHandles
  readonly callers: Callers
  readonly timeLock: TimeLock
  /** What questions are decided by; changed in place as agreements are taken up. */
  readonly agreements: readonly KnownAgreement[]
  /** Those and every other that both had signed; changed in place as well. */
  readonly lineage: readonly KnownAgreement[]
  readonly agreementBook: AgreementBook
  /** Who vouches for the own log: the policy's witnesses but the own. */
  readonly policy: Policy
  /** Who the peers are and which of their keys count. */
  readonly directory: DirectoryBook
  /** Records to be made entries before the gateway relies on them. */
  readonly pendingRecords: readonly PendingRecord[]
  /** Of the public listener; `undefined` where it speaks plain HTTP on this machine. */
  readonly tls: ServedTls | undefined
  readonly http: HttpClient
  readonly writer: WriterHost
  readonly reader: SqliteReader
  readonly registers: OpenRegisters['registers']
  /** Vouches for the cases that this organisation asks in. */
  readonly cases: OpenCases['cases']
}

function readOptionalKey(
  { at }: LoadedConfig,
  file: string | undefined,
): Promise<Uint8Array | undefined> {
  return file === undefined ? Promise.resolve(undefined) : readKeyFile(at(file))
}

async function readCallers({ config, at }: LoadedConfig): Promise<Callers> {
  const tokens = config.callers.filter(isTokenCaller).map(async ({ name, token_file, roles }) => ({
    name,
    roles,
    token: await readTokenFile(at(token_file)),
  }))
  return callersOf(await Promise.all(tokens))
}

/** A peer whose first record is not an entry yet counts as its file has it. */
function peersNow(directory: DirectoryBook, atStart: readonly Peer[]): readonly Peer[] {
  const now = directory.peers()
  return [...now, ...atStart.filter(({ id }) => !now.some((peer) => peer.id === id))]
}

async function bookOf(
  loaded: LoadedConfig,
  from: {
    readonly directory: DirectoryBook
    /** As they count before the log is alive. */
    readonly peers: readonly Peer[]
    readonly files: readonly KnownAgreement[]
    readonly ed25519: Ed25519
  },
): Promise<AgreementBook> {
  const { config } = loaded
  const { directory, peers, files, ed25519 } = from
  return new AgreementBook({
    organisation: config.org.id,
    clock: systemClock,
    ed25519,
    officers: () => officerKeys(config, peersNow(directory, peers)),
    files,
    registers: await describedRegisters(loaded),
    isConsentKey: (issuer) => directory.isConsentKey(issuer),
  })
}

/** What the writer of this configuration's log is opened with. */
export function writerSettings({ config, at }: LoadedConfig): WriterSettings {
  return {
    organisation: config.org.id,
    origin: config.log.origin,
    statePath: at(config.store.path),
    headPath: at(config.store.head_path),
    lockPath: `${at(config.store.path)}-writer`,
    logKeyFiles: logKeyFiles(config).map(at),
    recordKeyFolder: at(config.keys.record_folder),
    timeLock: timeLockOf(config),
    retention: retentionOf(config),
  }
}

async function readKeys(loaded: LoadedConfig): Promise<OpenGateway['keys']> {
  const { config, at } = loaded
  return {
    record: openRecordKeys({ path: at(config.keys.record_folder) }),
    handle: await readKeyFile(at(config.keys.handle_file)),
    pseudonym: await readKeyFile(at(config.keys.pseudonym_file)),
    logTree: await readOptionalKey(loaded, config.keys.log_ml_dsa_file),
  }
}

/**
 * Reads keys, agreements and policy, starts the writer (which checks the stores) and opens the
 * registers. Rejects with the first thing that is not right, and leaves nothing open.
 */
export async function openGateway(loaded: LoadedConfig): Promise<OpenGateway> {
  const { config, at } = loaded
  await using stack = new AsyncDisposableStack()
  const ed25519 = bestEd25519()
  requirePrivacy(config)
  const { book: directory, pending: pendingRecords } = await openDirectory(loaded, ed25519)
  const peers = directory.peersWith(pendingRecords)
  requireDemoPeers(config, peers)
  const configuredLock = timeLockOf(config)
  const officers = officerKeys(config, peers)
  const files = await readAgreements(at(config.agreements.folder), officers, ed25519)
  const policyFile = at(config.witness.policy_file)
  const witnesses = readWitnessPolicy(await readSettingFile(policyFile, 'witness.policy_file'))
  const policy = ownPolicy(config, witnesses)
  const timeLock = countedLock(configuredLock, policy)
  knownProviders(config, peers, policy)
  const keys = await readKeys(loaded)
  const key = await readSignatureKey(loaded, directory, ed25519)
  const tls = await readListenTls(loaded)
  const callers = await readCallers(loaded)
  const http = stack.use(
    undiciHttpClient({ pinsOf: (authority) => directory.pinsOf(authority), own: tls }),
  )
  const { registers } = stack.use(await openRegisters(loaded))
  const { cases } = stack.use(await openCases(loaded, http))
  const agreementBook = await bookOf(loaded, { directory, peers, files, ed25519 })
  const writer = stack.use(
    await startWriter(
      { settings: { ...writerSettings(loaded), timeLock }, agreements: agreementBook.lineage },
      config.log.max_batch,
    ),
  )
  // Closed before the writer: the last connection to close folds the write-ahead log in.
  const reader = stack.use(openStateReader(at(config.store.path)))
  directory.begin({ writer, policy })
  await agreementBook.begin({ writer, reader, know: (known) => writer.know(known) })
  const owned = stack.move()
  return {
    ed25519,
    directory,
    pendingRecords,
    tls,
    key,
    keys,
    subjects: subjectHandles(keys.handle, sodiumEdwards()),
    callers,
    timeLock,
    agreements: agreementBook.known,
    lineage: agreementBook.lineage,
    agreementBook,
    policy,
    http,
    writer,
    reader,
    registers,
    cases,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
