import type {
  AskInput,
  AskOutcome,
  AskState,
  CaseCard,
  ConsentProgress,
  DemoBackend,
  Desks,
  Disclosure,
  DisclosureList,
  ListedDisclosure,
  LogHead,
  VerificationKeys,
} from '../../web/index.ts'
import { utf8 } from '../../bytes/index.ts'
import { nobleEd25519, sha256 } from '../../crypto/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../log/index.ts'
import {
  createFixtureAdministrator,
  createFixtureOfficer,
  createFixturePublic,
  createFixtureReports,
} from './desks/index.ts'
import type { FixtureOfficer, FixtureReports } from './desks/index.ts'
import { createFixtureDesk } from './fixture-desk.ts'
import type { FixtureDesk } from './fixture-desk.ts'
import { createFixtureInspection } from './fixture-inspection.ts'
import type { FixtureInspection } from './fixture-inspection.ts'
import { fixtureCounter } from './fixture-requests.ts'
import type { FixtureRequests } from './fixture-requests.ts'
import { createFixtureJoins } from './fixture-joins.ts'
import type { FixtureJoins } from './fixture-joins.ts'
import { fixtureCheat, fixtureReplay } from './fixture-cheat.ts'
import { makeFixtureLog } from './fixture-log.ts'
import type { FixtureLog, FixtureWitness } from './fixture-log.ts'
import {
  fixtureCases,
  fixtureNeeds,
  fixtureOfficials,
  fixturePeople,
  fixtureProcesses,
  fixtureBreaches,
  fixtureCorrections,
  fixtureTrace,
  fixtureWithheld,
} from './fixture-people.ts'
import { fixtureExchangeRecord, fixtureStartRecord } from './fixture-records.ts'
import type { FixtureExchange } from './fixture-records.ts'

/** 2026-09-21 14:30 UTC, the moment at which the fixture stands: 12 seconds after its heads were witnessed. */
export const fixtureNowMs: number = 1_790_001_000_000

const witnessedSeconds = fixtureNowMs / 1000 - 12
const hourMs = 3_600_000
const consentPage = 'http://consent.inspector.localhost:8450/'

/** A backend for pages, and the handles by which a test bends it. */
export interface FixtureBackend extends DemoBackend {
  /** Where the analysts of `housing` ask. */
  readonly desk: FixtureDesk
  /** Requests of persons at `tax`, for both sides of the counter. */
  readonly held: FixtureRequests
  /** Where the analysts of `social` ask over two registers. */
  readonly joins: FixtureJoins
  /** The officer of `tax`, whose key is at hand. */
  readonly officer: FixtureOfficer
  /** Reports of `tax`. */
  readonly reports: FixtureReports
  readonly desks: ReadonlyMap<string, Desks>
  /** What the inspector looks at. */
  readonly inspection: FixtureInspection
  /** Replaces the cases that every official has. */
  setCases(cases: readonly CaseCard[]): void
  /** Makes the answers that are asked for from now on witnessed, or not. */
  setWitnessed(witnessed: boolean): void
  /** What the person has decided when the official looks. */
  setConsent(consent: Pick<ConsentProgress, 'state' | 'token'>): void
  /** Makes every answer that is given corrected since, or not. One of the trace's always is. */
  setCorrected(corrected: boolean): void
  /** Makes the list of every person as many times as long. */
  setRepeated(times: number): void
  /** Makes the entry of the benefits in every list one of another person's case, or not. */
  setSealed(sealed: boolean): void
  /** Every call of a backend method rejects until it is called with `false`. */
  setBroken(broken: boolean): void
  /** The questions that were asked, oldest first. */
  readonly asked: readonly AskInput[]
  readonly logs: ReadonlyMap<string, FixtureLog>
  readonly witness: FixtureWitness
}

const exchanges: readonly FixtureExchange[] = [
  { number: 1, provider: 'tax', element: 'income_below_limit', code: null, timeMs: -50 },
  { number: 2, provider: 'social', element: 'benefit_monthly', code: null, timeMs: -49 },
  { number: 3, provider: 'tax', element: 'income_below_limit', code: 'CASE_CLOSED', timeMs: -4 },
  { number: 4, provider: 'tax', element: 'income_below_limit', code: 'CAP_EXCEEDED', timeMs: -1 },
].map((exchange) => ({ ...exchange, timeMs: fixtureNowMs + exchange.timeMs * hourMs }))

function makeLogs(): ReadonlyMap<string, FixtureLog> {
  return new Map(
    ['tax', 'social', 'housing'].map((organisation) => [
      organisation,
      makeFixtureLog(`${organisation}.localhost/log/2026h2`, [
        fixtureStartRecord(organisation, fixtureNowMs - 60 * hourMs),
        ...exchanges
          .filter(({ provider }) => provider === organisation)
          .map((exchange) => fixtureExchangeRecord(exchange)),
        fixtureStartRecord(organisation, fixtureNowMs - 60_000),
      ]),
    ]),
  )
}

const witness: FixtureWitness = {
  name: 'witness.localhost/w1',
  seed: sha256(utf8('fixture witness')),
  timeSeconds: witnessedSeconds,
}

function witnessKey(): string {
  const publicKey = nobleEd25519.publicKey(witness.seed)
  return formatVerifierKey(witness.name, SIGNATURE_TYPES.cosignature, publicKey)
}

function headsOf(logs: ReadonlyMap<string, FixtureLog>): readonly LogHead[] {
  return [...logs].map(([organisation, log]) => ({
    organisation,
    origin: log.origin,
    size: log.size,
    root: log.root(log.size),
    checkpointNote: log.note(log.size, [witness]),
    cosignedBy: [witness.name],
    ageMs: 12_000,
  }))
}

async function disclosuresIn(logs: ReadonlyMap<string, FixtureLog>): Promise<Disclosure[]> {
  const found = exchanges.map(async (exchange): Promise<Disclosure> => {
    const log = logs.get(exchange.provider)
    if (log === undefined) throw new RangeError('a fixture exchange has no log')
    const before = exchanges.filter((other) => other.provider === exchange.provider)
    const entryIndex = before.indexOf(exchange) + 1
    const common = {
      atMs: exchange.timeMs,
      consumer: 'housing',
      provider: exchange.provider,
      purpose: 'https://cloison.eu/purpose/service',
      legalBasis: ['eu-gdpr:A6-1-e'],
      elements: [exchange.element],
      entryIndex,
      origin: log.origin,
      proof: await log.proof(entryIndex, entryIndex + 1),
      witnessedAtMs: witnessedSeconds * 1000,
    }
    return exchange.code === null
      ? { ...common, outcome: 'permit' }
      : { ...common, outcome: 'deny', code: exchange.code }
  })
  return (await Promise.all(found)).toReversed()
}

/** The entry of the benefits as a person gets it who appears in another person's case. */
function sealedIn(disclosure: Disclosure): Disclosure {
  if (disclosure.outcome === 'sealed' || disclosure.provider !== 'social') return disclosure
  const { provider: _provider, elements: _elements, code: _code, proof, ...told } = disclosure
  const { leaf, tlogProof } = proof
  return { ...told, outcome: 'sealed', proof: { leaf, tlogProof } }
}

async function shownIn(
  logs: ReadonlyMap<string, FixtureLog>,
  sealed: boolean,
): Promise<readonly Disclosure[]> {
  const found = await disclosuresIn(logs)
  return sealed ? found.map((one) => sealedIn(one)) : found
}

function isOf(one: Disclosure, { origin, entryIndex }: ListedDisclosure): boolean {
  return one.origin === origin && one.entryIndex === entryIndex
}

function stateOf(witnessed: boolean): AskState | undefined {
  return witnessed
    ? { provisional: false, witnessedAtMs: witnessedSeconds * 1000 }
    : { provisional: true }
}

function listIn(all: readonly Disclosure[], times: number): DisclosureList {
  const entries = Array.from({ length: times }, () => all).flat()
  return { entries, breaches: fixtureBreaches(fixtureNowMs) }
}

function pickedIn(
  all: readonly Disclosure[],
  picked: readonly ListedDisclosure[] | undefined,
): readonly Disclosure[] {
  return picked?.flatMap((line) => all.filter((one) => isOf(one, line))) ?? all
}

function outcomeOf({ caseReference, needId }: AskInput, witnessed: boolean): AskOutcome {
  const exchangeId = `${needId === 'income' ? 'income' : 'benefits'}${'B'.repeat(14)}_Q`.slice(
    0,
    22,
  )
  const origin = 'tax.localhost/log/2026h2'
  if (caseReference === 'RS-2026-0005') {
    return { outcome: 'deny', code: 'CASE_CLOSED', exchangeId, entryIndex: 2, origin }
  }
  const result =
    needId === 'income'
      ? { element: 'income_below_limit', value: true }
      : { element: 'benefit_monthly', value: 214 }
  const answer = {
    outcome: 'permit',
    results: [result],
    obligations: {
      retentionDays: 90,
      disposal: 'delete',
      contestUntilMs: fixtureNowMs + 30 * 24 * hourMs,
      noRedisclosure: true,
    },
    exchangeId,
    provisional: !witnessed,
    entryIndex: 1,
    origin,
  } as const
  return witnessed ? { ...answer, witnessedAtMs: witnessedSeconds * 1000 } : answer
}

function deskOver(logs: ReadonlyMap<string, FixtureLog>): FixtureDesk {
  const log = logs.get('tax')
  if (log === undefined) throw new RangeError('the fixture has a tax agency')
  return createFixtureDesk(log, fixtureNowMs)
}

function keysOf(logs: ReadonlyMap<string, FixtureLog>): VerificationKeys {
  const vkeys = [...[...logs.values()].map(({ vkey }) => vkey), witnessKey()].join('\n')
  return { vkeys: `${vkeys}\n`, policy: `witness w1 ${witnessKey()}\nquorum w1\n` }
}

/** At tax the officer signs on the page, at housing on their own machine. */
function officesOf(officer: FixtureOfficer, reports: FixtureReports): ReadonlyMap<string, Desks> {
  const administrator = createFixtureAdministrator(fixtureNowMs)
  return new Map<string, Desks>([
    ['tax', { officer, reports, administrator, open: createFixturePublic(officer) }],
    ['housing', { officer: createFixtureOfficer(fixtureNowMs, false), administrator }],
  ])
}

/** A backend with invented people, real logs and no process behind it. */
export function createFixtureBackend(): FixtureBackend {
  const logs = makeLogs()
  const asked: AskInput[] = []
  let cases: readonly CaseCard[] = fixtureCases(fixtureNowMs)
  let [witnessed, broken, corrected, sealed] = [false, false, false, false]
  const officer = createFixtureOfficer(fixtureNowMs, true)
  const reports = createFixtureReports(fixtureNowMs)
  let repeated = 1
  let consent: Pick<ConsentProgress, 'state' | 'token'> = { state: 'waiting' }
  const all = (): Promise<readonly Disclosure[]> => shownIn(logs, sealed)
  const unlessBroken = <Value>(value: Value): Promise<Value> =>
    broken ? Promise.reject(new Error('the fixture is broken')) : Promise.resolve(value)
  return {
    desk: deskOver(logs),
    ...fixtureCounter(fixtureNowMs),
    joins: createFixtureJoins(fixtureNowMs),
    officer,
    reports,
    desks: officesOf(officer, reports),
    inspection: createFixtureInspection(fixtureNowMs),
    logs,
    witness,
    asked,
    setCases: (changed) => void (cases = changed),
    setWitnessed: (changed) => void (witnessed = changed),
    setConsent: (changed) => void (consent = changed),
    setBroken: (changed) => void (broken = changed),
    officials: () => unlessBroken(fixtureOfficials),
    cases: () => unlessBroken(cases),
    needs: () => unlessBroken(fixtureNeeds),
    ask: (input) => {
      asked.push(input)
      return unlessBroken(outcomeOf(input, witnessed))
    },
    consentPage,
    consent: ({ exchangeId = 'AAECAwQFBgcICQoLDA0ODw' }) =>
      unlessBroken({ exchangeId, page: consentPage, ...consent }),
    askState: () => unlessBroken(stateOf(witnessed)),
    setCorrected: (changed) => void (corrected = changed),
    corrections: (exchangeId) =>
      unlessBroken(fixtureCorrections(exchangeId, { nowMs: fixtureNowMs, corrected })),
    trace: () => unlessBroken(fixtureTrace(fixtureNowMs)),
    person: (subject) => unlessBroken(fixturePeople.find(({ id }) => id === subject.value)),
    setRepeated: (times) => void (repeated = times),
    setSealed: (changed) => void (sealed = changed),
    disclosureList: async () => unlessBroken(listIn(await all(), repeated)),
    disclosures: async (_person, picked) => unlessBroken(pickedIn(await all(), picked)),
    chains: () => unlessBroken([]),
    withheldNotices: () => unlessBroken(fixtureWithheld(fixtureNowMs)),
    heads: () => unlessBroken(headsOf(logs)),
    consistency: async (organisation, from, to) =>
      unlessBroken((await logs.get(organisation)?.consistency(from, to)) ?? []),
    verificationKeys: () => unlessBroken(keysOf(logs)),
    logBaseUrl: (organisation) => `http://${organisation}.localhost:8411/log/2026h2`,
    processes: () => unlessBroken(fixtureProcesses),
    cheat: (kind) => unlessBroken(fixtureCheat(kind)),
    replay: (kind) => unlessBroken(fixtureReplay(kind)),
  }
}
