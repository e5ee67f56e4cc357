import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AboutPersons,
  agreementDigest,
  effectiveCategory,
  type TimeLock,
} from '../../src/agreement/index.ts'
import { encodeBase64 } from '../../src/bytes/index.ts'
import {
  createLog,
  formatVerifierKey,
  groupCommit,
  type LogWriter,
  logWriter,
  SIGNATURE_TYPES,
  startLog,
  type WritableRecordKeys,
} from '../../src/log/index.ts'
import {
  openCheckpoint,
  parseVerifierKey,
  type Policy,
  treeHasher,
  type VerifierKey,
} from '../../src/log/verify/index.ts'
import {
  type AskRequest,
  type CaseSource,
  type ConsumerDeps,
  type ExchangeTransaction,
  type KnownAgreement,
  officialPseudonym,
  type PersonCommitted,
  type PersonIntent,
  type PersonWriter,
  preparePerson,
  type ProviderDeps,
  publicationOf,
  serveQuestion,
  type SubjectHandles,
  subjectHandles,
} from '../../src/person/index.ts'
import { aesGcm, bestEd25519, sodiumEdwards, systemRandomness } from '../../src/platform/index.ts'
import type { HttpRequest, HttpResponse } from '../../src/ports/index.ts'
import {
  gatewayKeyId,
  makeDemoNin,
  parseOrganisationId,
  readCaseToken,
  signCaseToken,
  type SignatureKey,
} from '../../src/protocol/index.ts'
import type { AnsweringRegister, Row } from '../../src/register/index.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateReader,
  openStateStore,
  type SqliteReader,
} from '../../src/storage/sqlite/index.ts'
import {
  contractDescription,
  memoryRecordKeys,
  samplePersonAgreement,
  sampleSeeds,
} from '../../src/testing/index.ts'

/** A clock that a test turns by hand. */
export interface TurnedClock {
  now(): number
  advance(ms: number): void
}

/** One organisation with real stores in a temporary folder and its writer in this thread. */
export interface InProcessOrganisation {
  readonly id: string
  readonly key: SignatureKey
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
  readonly reader: SqliteReader
  readonly writer: PersonWriter
  /** The same writer, for whole batches. */
  readonly log: LogWriter<PersonIntent, PersonCommitted>
  readonly logKey: VerifierKey
  /** What its checkpoints are signed with: for a test that writes the log anew. */
  readonly logSeed: Uint8Array
  readonly recordKeys: WritableRecordKeys
  readonly handleKey: Uint8Array
  readonly subjects: SubjectHandles
  readonly policy: Policy
}

/** Takes a request of the consumer to the provider; a test puts its faults here. */
export type Transport = (
  request: HttpRequest,
  deliver: (request: HttpRequest) => Promise<HttpResponse>,
) => Promise<HttpResponse>

/** A consumer and a provider over real SQLite stores, joined by a transport that a test controls. */
export interface InProcessExchange extends Disposable {
  readonly clock: TurnedClock
  readonly provider: InProcessOrganisation
  readonly consumer: InProcessOrganisation
  readonly providerDeps: ProviderDeps
  readonly consumerDeps: ConsumerDeps
  readonly known: KnownAgreement
  /** Every look-up that the register got, by subject. */
  readonly lookUps: string[]
  /** Codes of the provider's refusals without an entry. */
  readonly noise: string[]
  transport: Transport
  /** A request that is permitted, by number: each about another person in another case. */
  request(number: number): AskRequest
}

/** What a test may choose. */
export interface ExchangeOptions {
  readonly agreement?: AboutPersons
  readonly rowOf?: (subject: string) => Row | undefined
  /** The provider's quota of entries, where a test fills it. */
  readonly denialEntriesPerDay?: number
  /** What a provider's and a consumer's commits see of their stores, where a test blinds them on purpose. */
  readonly seen?: (tx: ExchangeTransaction) => ExchangeTransaction
}

/** The provider's address and authority. */
export const providerUrl = 'http://tax.localhost:8411'

const timeLock: TimeLock = { milliseconds: 1, demo: true }

function turnedClock(startMs: number): TurnedClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms
    },
  }
}

interface OpeningDeps extends Pick<ExchangeOptions, 'denialEntriesPerDay' | 'seen'> {
  readonly clock: TurnedClock
  readonly agreements: readonly KnownAgreement[]
}

async function openLog(
  id: string,
  stack: DisposableStack,
  deps: OpeningDeps,
): Promise<Pick<InProcessOrganisation, 'reader' | 'log' | 'logKey' | 'logSeed' | 'recordKeys'>> {
  const dir = mkdtempSync(join(tmpdir(), `cloison-${id}-`))
  stack.defer(() => rmSync(dir, { recursive: true, force: true }))
  const [statePath, headPath] = [join(dir, 'state.db'), join(dir, 'head.db')]
  createStateStore(statePath)
  createHeadStore(headPath)
  const store = stack.use(openStateStore(statePath))
  const headStore = stack.use(openHeadStore(headPath))
  const { clock, agreements } = deps
  const ed25519 = bestEd25519()
  const randomness = systemRandomness
  const aead = aesGcm(randomness)
  const seed = randomness.bytes(32)
  const recordKeys = memoryRecordKeys(randomness.bytes(32))
  const origin = `${id}.localhost/log/2026h1`
  const type = SIGNATURE_TYPES.ed25519
  const signers = [{ name: origin, type, seed }]
  const logKey = parseVerifierKey(formatVerifierKey(origin, type, ed25519.publicKey(seed)))
  await createLog({ store, headStore, ed25519, origin, signers, nowMs: clock.now() })
  const hasher = treeHasher()
  const audit = {
    extend(leaves: readonly Uint8Array[]) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
  const rootOf = (checkpoint: string): Uint8Array =>
    openCheckpoint(checkpoint, { log: logKey, witnesses: [], ed25519 }).checkpoint.root
  const start = await store.transaction((reader) => startLog({ reader, headStore, audit, rootOf }))
  const { denialEntriesPerDay = 5_000, seen = (tx) => tx } = deps
  const commitDeps = {
    organisation: id,
    randomness,
    aead,
    recordKeys,
    agreements,
    timeLock,
    denialEntriesPerDay,
  }
  const log = logWriter(
    { store, headStore, clock, randomness, aead, ed25519, origin, signers, recordKeys, audit },
    (tx: ExchangeTransaction, intent: PersonIntent, batch) =>
      preparePerson(seen(tx), intent, batch, commitDeps),
    start,
  )
  return { reader: stack.use(openStateReader(statePath)), log, logKey, logSeed: seed, recordKeys }
}

async function openOrganisation(
  id: string,
  stack: DisposableStack,
  deps: OpeningDeps,
): Promise<InProcessOrganisation> {
  const opened = await openLog(id, stack, deps)
  const seed = systemRandomness.bytes(32)
  const publicKey = bestEd25519().publicKey(seed)
  const keyId = gatewayKeyId(parseOrganisationId(id), publicKey)
  const handleKey = systemRandomness.bytes(32)
  const group = groupCommit<PersonIntent, PersonCommitted>((batch) => opened.log.commit(batch), 64)
  return {
    ...opened,
    id,
    key: { keyId, seed },
    gatewayKeys: new Map([[keyId, publicKey]]),
    writer: { commit: (intent) => group.submit(intent) },
    handleKey,
    subjects: subjectHandles(handleKey, sodiumEdwards()),
    policy: { logs: [{ key: opened.logKey }], witnesses: [], quorum: { kind: 'none' } },
  }
}

function registerOver(
  rowOf: (subject: string) => Row | undefined,
  lookUps: string[],
): AnsweringRegister {
  return {
    lookUp: (subject) => {
      lookUps.push(subject.value)
      return Promise.resolve(rowOf(subject.value))
    },
    aggregate: () => Promise.reject(new TypeError('nobody asks for tables here')),
    describe: () => contractDescription,
  }
}

/** A case system that grants everything it is asked. */
function grantingCases(clock: TurnedClock): CaseSource {
  return {
    async grant({ reference, officialPseudonym, subject, purpose, provider }) {
      const iat = Math.floor(clock.now() / 1000)
      const claims = {
        iss: 'housing/cases',
        aud: provider,
        iat,
        exp: iat + 900,
        case: reference,
        subject,
        official: officialPseudonym,
        purpose,
        open: true,
      }
      return { state: 'granted', token: await signCaseToken(claims, sampleSeeds.cases) }
    },
  }
}

interface Parts {
  readonly clock: TurnedClock
  readonly provider: InProcessOrganisation
  readonly consumer: InProcessOrganisation
  readonly known: KnownAgreement
}

function providerDepsOf(
  { clock, provider, consumer, known }: Parts,
  observed: {
    readonly register: AnsweringRegister
    readonly noise: string[]
    readonly officials: ReadonlySet<string>
  },
): ProviderDeps {
  const { elements, category } = contractDescription
  const categories = Object.fromEntries(
    elements.map((element) => [element.name, effectiveCategory(element.category, category)]),
  )
  const register = {
    register: observed.register,
    scheme: 'demo-nin',
    categories,
    // Of a register of its size a question or two a month could be asked; tests ask more.
    populationSize: 100_000,
  }
  const { key, reader, writer, handleKey, subjects } = provider
  return {
    key,
    reader,
    writer,
    handleKey,
    subjects,
    clock,
    timeLock,
    organisation: provider.id,
    authority: new URL(providerUrl).host,
    timers: { sleep: () => Promise.resolve() },
    randomness: systemRandomness,
    ed25519: bestEd25519(),
    agreements: [known],
    consumers: new Map([
      [
        consumer.id,
        {
          id: consumer.id,
          gatewayKeys: consumer.gatewayKeys,
          receiptPolicy: consumer.policy,
          officials: observed.officials,
        },
      ],
    ]),
    registers: new Map([['income', register]]),
    readCaseToken: (token, { name, publicKey }, nowMs) =>
      readCaseToken(token, { issuer: name, publicKey, audience: provider.id, nowMs }),
    countNoise: (code) => void observed.noise.push(code),
  }
}

function consumerDepsOf(
  { clock, provider, consumer, known }: Parts,
  pseudonymKey: Uint8Array,
  send: (request: HttpRequest) => Promise<HttpResponse>,
): ConsumerDeps {
  const { key, reader, writer, subjects, recordKeys } = consumer
  return {
    key,
    reader,
    writer,
    subjects,
    recordKeys,
    clock,
    pseudonymKey,
    organisation: consumer.id,
    timers: { sleep: () => Promise.resolve() },
    randomness: systemRandomness,
    ed25519: bestEd25519(),
    aead: aesGcm(systemRandomness),
    http: { send },
    agreements: [known],
    providers: new Map([
      [
        provider.id,
        {
          id: provider.id,
          url: providerUrl,
          authority: new URL(providerUrl).host,
          gatewayKeys: provider.gatewayKeys,
          origins: [provider.logKey.name],
          receiptPolicy: provider.policy,
          quorumPolicy: provider.policy,
        },
      ],
    ]),
    cases: grantingCases(clock),
  }
}

/** Publishes the agreement in the provider's log, so that its time lock runs. */
async function publish(provider: InProcessOrganisation, known: KnownAgreement): Promise<void> {
  const publication = await publicationOf(provider.reader, known, provider.id)
  if (publication !== undefined) await provider.writer.commit(publication)
}

/** The official who asks in every request here. */
export const askingOfficial = 'official-1'
/** Another official, enrolled as well. */
export const confirmingOfficial = 'official-2'

/**
 * Opens a consumer and a provider with an agreement in force between them. Stores are SQLite with all
 * their fsyncs; clock, register, case system and network are the test's.
 */
export async function openExchange(options: ExchangeOptions = {}): Promise<InProcessExchange> {
  using stack = new DisposableStack()
  const agreement = options.agreement ?? samplePersonAgreement()
  const known = {
    agreement,
    digest: encodeBase64(agreementDigest(agreement)),
    countersigned: false,
  }
  const clock = turnedClock(agreement.notBeforeMs + 20 * 86_400_000)
  const quota = options.denialEntriesPerDay
  const opening = {
    clock,
    agreements: [known],
    ...(quota !== undefined && { denialEntriesPerDay: quota }),
    ...(options.seen !== undefined && { seen: options.seen }),
  }
  const provider = await openOrganisation('tax', stack, opening)
  const consumer = await openOrganisation('housing', stack, opening)
  const parts = { clock, provider, consumer, known }
  const lookUps: string[] = []
  const noise: string[] = []
  const rowOf = options.rowOf ?? (() => ({ annualIncome: 12_000, insured: true }))
  const pseudonymKey = systemRandomness.bytes(32)
  const officials = new Set(
    [askingOfficial, confirmingOfficial].map((id) =>
      officialPseudonym(pseudonymKey, provider.id, id),
    ),
  )
  const register = registerOver(rowOf, lookUps)
  const providerDeps = providerDepsOf(parts, { register, noise, officials })

  async function deliver({ headers, body = new Uint8Array() }: HttpRequest): Promise<HttpResponse> {
    const { authority } = providerDeps
    const request = { method: 'POST', authority, path: '/v1/person-questions', headers, body }
    const response = await serveQuestion(request, providerDeps)
    const texts = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    return { ...response, headers: Object.fromEntries(texts) }
  }

  const owned: { stack?: DisposableStack } = {}
  const exchange: InProcessExchange = {
    clock,
    provider,
    consumer,
    providerDeps,
    consumerDeps: consumerDepsOf(parts, pseudonymKey, (request) =>
      exchange.transport(request, deliver),
    ),
    known,
    lookUps,
    noise,
    transport: (request, send) => send(request),
    request: (number) => ({
      agreement: agreement.id,
      elements: agreement.dataElements.map(({ name }) => name),
      subject: { scheme: 'demo-nin', value: makeDemoNin(20_000_003 + 7_919 * number) },
      case: `RENT-${number}`,
      official: { id: askingOfficial, authTimeMs: clock.now() },
      idempotencyKey: `request-${number}-of-a-test`,
    }),
    [Symbol.dispose]: () => owned.stack?.dispose(),
  }
  await publish(provider, known)
  clock.advance(1_000)
  owned.stack = stack.move()
  return exchange
}
