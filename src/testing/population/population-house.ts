import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agreementDigest, type PopulationAgreement } from '../../agreement/index.ts'
import { encodeBase64, encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { bestEd25519, systemRandomness } from '../../platform/index.ts'
import {
  type Budget,
  PopulationAnswerer,
  type PopulationAnswer,
  type PopulationDeps,
  readDraftQuery,
  StatisticsDesk,
} from '../../population/index.ts'
import type { Clock, HttpClient, HttpResponse, Randomness, Timers } from '../../ports/index.ts'
import type { AnsweringRegister } from '../../register/index.ts'
import { hurriedTime } from './hurried-time.ts'
import {
  openPopulationOrganisation,
  type PopulationOrganisation,
  type PreparePopulation,
} from './population-organisation.ts'
import { sampleTableAgreement } from './sample-table.ts'

/** Two organisations: `tax`, whose register is asked, and `housing`, whose analysts ask. */
export interface PopulationHouse extends AsyncDisposable {
  readonly provider: PopulationOrganisation
  readonly consumer: PopulationOrganisation
  readonly desk: StatisticsDesk
  readonly answerer: PopulationAnswerer
  readonly clock: Clock
  readonly agreement: PopulationAgreement
  /** Asks as an analyst does, and waits until there is an outcome. */
  ask(query: unknown, analyst?: string): Promise<Exclude<PopulationAnswer, { state: 'pending' }>>
}

/** The time of a house. */
export interface HouseTime {
  readonly clock: Clock
  readonly timers: Timers
}

/** What a house is opened with; what is left out is the product's. */
export interface HouseSettings {
  readonly register: AnsweringRegister
  readonly agreement?: PopulationAgreement
  readonly budget?: Partial<Budget>
  /** Where noise comes from. */
  readonly randomness?: Randomness
  /** How many times as fast as the machine's its time runs. */
  readonly speed?: number
  /** Its time, in place of the machine's. */
  readonly time?: HouseTime
  readonly prepare?: PreparePopulation
  /** Another way to answer: a twin without a guard. */
  readonly answererOf?: (deps: PopulationDeps) => PopulationAnswerer
}

const authority = 'tax.localhost:8411'
const unusedPolicy = { witnesses: [], quorum: { kind: 'none' as const } }

/** Requests to the provider, without a socket: what would be on the wire, byte for byte. */
function directHttp(answerer: PopulationAnswerer, consumer: PopulationOrganisation): HttpClient {
  const consumers = new Map([
    [
      consumer.id,
      { id: consumer.id, gatewayKeys: new Map([[consumer.key.keyId, consumer.publicKey]]) },
    ],
  ])
  return {
    async send({ method, url, headers, body }): Promise<HttpResponse> {
      const { pathname: path } = new URL(url)
      const request = { method, authority, path, headers, body: body ?? new Uint8Array() }
      const by = { consumers, mayAsk: () => true }
      const response = path.endsWith('previews')
        ? await answerer.preview(request, by)
        : await answerer.question(request, by)
      const flat = Object.entries(response.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      )
      return { status: response.status, headers: Object.fromEntries(flat), body: response.body }
    },
  }
}

function answererDeps(
  provider: PopulationOrganisation,
  { register, agreement = sampleTableAgreement(), randomness = systemRandomness }: HouseSettings,
  time: HouseTime,
): PopulationDeps {
  const known = {
    agreement,
    digest: encodeBase64(agreementDigest(agreement)),
    countersigned: agreement.signatures.some(({ role }) => role === 'inspector'),
  }
  return {
    ...time,
    organisation: provider.id,
    authority,
    key: provider.key,
    randomness,
    ed25519: bestEd25519(),
    reader: provider.reader,
    writer: provider.writer,
    registers: new Map([[register.describe().name, register]]),
    agreementOf: (id, version) =>
      id === agreement.id && version === agreement.version ? known : undefined,
    refusalNow: () => Promise.resolve(undefined),
    countNoise: () => undefined,
    mayAnswer: () => true,
    isKeyCurrent: () => true,
  }
}

function deskOf(
  {
    provider,
    consumer,
    http,
  }: {
    readonly provider: PopulationOrganisation
    readonly consumer: PopulationOrganisation
    readonly http: HttpClient
  },
  agreement: PopulationAgreement,
  clock: Clock,
): StatisticsDesk {
  const { key, reader, writer, id: organisation } = consumer
  return new StatisticsDesk({
    organisation,
    key,
    reader,
    writer,
    http,
    clock,
    randomness: systemRandomness,
    ed25519: bestEd25519(),
    providers: new Map([
      [
        provider.id,
        {
          id: provider.id,
          url: `http://${authority}`,
          authority,
          gatewayKeys: new Map([[provider.key.keyId, provider.publicKey]]),
          origins: [provider.origin],
          receiptPolicy: { logs: [{ key: provider.logKey }], ...unusedPolicy },
        },
      ],
    ]),
    agreements: () => [{ agreement, digest: encodeBase64(agreementDigest(agreement)) }],
    stateHere: () => Promise.resolve('active'),
    pseudonymOf: (to, analyst) => encodeBase64Url(sha256(utf8(`${to} ${analyst}`)).subarray(0, 16)),
  })
}

async function openYear(
  { writer }: PopulationOrganisation,
  { register, budget }: HouseSettings,
  clock: Clock,
): Promise<void> {
  const opened = await writer.commit({
    type: 'budget-open',
    population: register.describe().population.name,
    budget: {
      composition: 'basic',
      microEpsilon: 1_000_000_000,
      deltaExponent: 6,
      perAnalystMicroEpsilon: null,
      fromMs: clock.now(),
      countersigned: false,
      ...budget,
    },
    demo: true,
  })
  if (opened.type !== 'budget-open' || opened.state !== 'opened')
    throw new TypeError('the year does not open')
}

/** Opens a house. Everything is gone when it is disposed of, but the register, which is the caller's. */
export async function openPopulationHouse(settings: HouseSettings): Promise<PopulationHouse> {
  using stack = new DisposableStack()
  const dir = mkdtempSync(join(tmpdir(), 'cloison-population-'))
  stack.defer(() => rmSync(dir, { recursive: true, force: true }))
  const time = settings.time ?? hurriedTime(settings.speed ?? 20)
  const { clock, timers } = time
  const { prepare, agreement = sampleTableAgreement() } = settings
  const [provider, consumer] = [
    stack.use(
      await openPopulationOrganisation({ id: 'tax', dir: join(dir, 'tax'), clock, prepare }),
    ),
    stack.use(
      await openPopulationOrganisation({ id: 'housing', dir: join(dir, 'housing'), clock }),
    ),
  ]
  await openYear(provider, settings, clock)
  const deps = answererDeps(provider, settings, time)
  const answerer = settings.answererOf?.(deps) ?? new PopulationAnswerer(deps)
  const http = directHttp(answerer, consumer)
  const desk = deskOf({ provider, consumer, http }, agreement, clock)
  const owned = stack.move()
  return {
    provider,
    consumer,
    desk,
    answerer,
    clock,
    agreement,
    async ask(query, analyst = 'analyst-1') {
      const asked = { agreement: agreement.id, analyst, query: readDraftQuery(query) }
      let answer = await desk.ask(asked)
      while (answer.state === 'pending') {
        await timers.sleep(1_000)
        answer = await desk.ask({ ...asked, exchangeId: answer.exchangeId })
      }
      return answer
    },
    [Symbol.asyncDispose]: () => {
      owned.dispose()
      return Promise.resolve()
    },
  }
}
