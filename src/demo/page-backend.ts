import { encodeBase64Url } from '../bytes/index.ts'
import { gatewayBackend } from '../pages/index.ts'
import type { AskOutcome as GatewayOutcome } from '../person/index.ts'
import { systemRandomness } from '../platform/index.ts'
import type { Clock, HttpClient } from '../ports/index.ts'
import type {
  AbuseKind,
  AskInput,
  AskOutcome,
  ConsentInput,
  ConsentProgress,
  CheatKind,
  CheatResult,
  DemoBackend,
  DemoProcess,
  Need,
  RestoreRow,
  TraceItem,
} from '../web/index.ts'
import { replayAbuse } from './abuses/index.ts'
import { cheatOtherPurpose } from './attempts/cheat-other-purpose.ts'
import { cheatSpendTwice } from './attempts/cheat-spend-twice.ts'
import { AskTrace } from './ask-trace.ts'
import { stoppedTexts } from './attempts/stopped-texts.ts'
import type { CheatAttempt } from './cheat-attempt.ts'
import { cheatEditLog } from './cheat-edit-log.ts'
import { cheatEnumerate } from './cheat-enumerate.ts'
import { cheatNoCase } from './cheat-no-case.ts'
import { cheatRestore } from './cheat-restore.ts'
import type { DemoClient } from './demo-client.ts'
import { consentUrl } from './demo-consent.ts'
import { DemoError } from './demo-error.ts'
import { accountableAgencies, demoGateway } from './demo-gateway.ts'
import { demoOrganisations, demoPublishSeconds } from './demo-layout.ts'
import { demoNeeds } from './demo-needs.ts'
import {
  caseOf,
  demoCases,
  demoOfficials,
  personOfSubject,
  subjectOfPerson,
} from './demo-visitors.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** What the pages' backend works with. */
export interface PageWorld {
  readonly demo: PreparedDemo
  readonly client: DemoClient
  readonly http: HttpClient
  readonly clock: Clock
  readonly processes: readonly DemoProcess[]
  /** Where an organisation's log is published, for links and for the browser. */
  readonly logBaseUrl: (organisation: string) => string
}

function fresh(name: string): string {
  return `${name}-${encodeBase64Url(systemRandomness.bytes(12))}`
}

function cheatResult(
  kind: CheatKind | AbuseKind,
  attempt: CheatAttempt,
  demo: PreparedDemo,
): CheatResult {
  const tried = attempt.victim === undefined ? undefined : caseOf(demo, attempt.victim)
  return {
    ...(tried !== undefined && { victim: tried.subjectName }),
    steps: attempt.moves.map(({ what, outcome }) => ({ what, outcome })),
    stoppedBy: attempt.stoppedBy,
    entry: attempt.entry,
    ...(attempt.restored === undefined ? {} : { restored: attempt.restored }),
    detail: stoppedTexts[kind],
  }
}

type TellRow = (row: RestoreRow) => void

/** One restore at a time for all visitors: whoever comes meanwhile sees the same one. */
function sharedRestore(): (tell: TellRow) => Promise<CheatAttempt> {
  let running: Promise<CheatAttempt> | undefined
  const rows: RestoreRow[] = []
  const listeners = new Set<TellRow>()
  const begin = (): Promise<CheatAttempt> =>
    cheatRestore((row) => {
      rows.push(row)
      for (const listener of listeners) listener(row)
    }).finally(() => {
      running = undefined
      rows.splice(0)
      listeners.clear()
    })
  return (tell) => {
    for (const row of rows) tell(row)
    listeners.add(tell)
    running ??= begin()
    return running
  }
}

interface CheatDeps extends PageWorld {
  readonly restore: (tell: TellRow) => Promise<CheatAttempt>
  readonly tell: TellRow
}

function runCheat(
  kind: CheatKind,
  { demo, client, http, restore, tell }: CheatDeps,
): Promise<CheatAttempt> {
  switch (kind) {
    case 'enumerate':
      return cheatEnumerate(demo, client, fresh('cheat'))
    case 'edit-log':
      return cheatEditLog(demo, client)
    case 'no-case':
      return cheatNoCase(demo, client, http)
    case 'restore':
      return restore(tell)
    case 'spend-twice':
      return cheatSpendTwice(demo, http)
    case 'other-purpose':
      return cheatOtherPurpose(demo, client, { http, run: fresh('cheat') })
  }
}

function pageOutcome(outcome: GatewayOutcome, origin: string): AskOutcome {
  const { exchangeId, receipt, obligations, provisional, witnessedAtMs, entries } = outcome
  const witnessed = witnessedAtMs === undefined ? {} : { witnessedAtMs }
  if (outcome.outcome === 'permit' && receipt !== null && obligations !== null) {
    const { results } = outcome
    return {
      outcome: 'permit',
      results,
      obligations,
      exchangeId,
      provisional,
      ...witnessed,
      entryIndex: receipt.index,
      origin: receipt.origin,
    }
  }
  const index = receipt?.index ?? entries.asked
  return {
    outcome: 'deny',
    code: outcome.code ?? 'INTERNAL',
    ...(outcome.cap === undefined ? {} : { cap: outcome.cap }),
    exchangeId,
    ...(index === null ? {} : { entryIndex: index }),
    origin: receipt?.origin ?? origin,
  }
}

function traceItem(
  outcome: AskOutcome,
  asked: { readonly need: Need; readonly caseReference: string; readonly atMs: number },
): TraceItem {
  const { need, caseReference, atMs } = asked
  const { exchangeId, origin, entryIndex } = outcome
  return {
    atMs,
    exchangeId,
    caseReference,
    origin,
    provider: need.provider,
    elements: need.elements,
    outcome: outcome.outcome,
    ...(outcome.outcome === 'deny' ? { code: outcome.code } : {}),
    ...(entryIndex === undefined ? {} : { entryIndex }),
  }
}

async function askFor(input: AskInput, world: PageWorld, trace: AskTrace): Promise<AskOutcome> {
  const { demo, client, clock } = world
  const record = caseOf(demo, input.caseReference)
  const need = demoNeeds(demo.agreements).find(({ id }) => id === input.needId)
  if (record === undefined || need === undefined)
    throw new DemoError('REQUEST_FAILED', 'no such case or need')
  const reply = await client.ask({
    agreement: need.agreement.id,
    elements: need.elements,
    subject: record.subject,
    case: record.reference,
    official: input.officialId,
    authTimeMs: input.authTimeMs,
    idempotencyKey: fresh('page'),
    ...(input.consent !== undefined && {
      exchangeId: input.consent.exchangeId,
      consent: input.consent.token,
    }),
  })
  if (reply.kind === 'problem')
    throw new DemoError('REQUEST_FAILED', `the gateway answered ${reply.status} ${reply.code}`)
  const outcome = pageOutcome(reply.outcome, demo.founded.get('housing')?.origin ?? '')
  trace.add(
    input.officialId,
    traceItem(outcome, { need, caseReference: record.reference, atMs: clock.now() }),
  )
  return outcome
}

async function consentFor(
  input: ConsentInput,
  { demo, client }: PageWorld,
): Promise<ConsentProgress> {
  const record = caseOf(demo, input.caseReference)
  const need = demoNeeds(demo.agreements).find(({ id }) => id === input.needId)
  if (record === undefined || need === undefined)
    throw new DemoError('REQUEST_FAILED', 'no such case or need')
  const reply = await client.consent({
    agreement: need.agreement.id,
    elements: need.elements,
    subject: record.subject,
    case: record.reference,
    official: input.officialId,
    authTimeMs: input.authTimeMs,
    ...(input.exchangeId !== undefined && { exchangeId: input.exchangeId }),
  })
  if (reply.kind === 'consent') return reply.consent
  throw new DemoError('REQUEST_FAILED', `the gateway answered ${reply.status} ${reply.code}`)
}

/** What the pages are served from, and which cases were asked about, for the log-in's list. */
export interface PageWorldBackend extends DemoBackend {
  /** Case references, the newest question first. */
  lately(): readonly string[]
}

/** The demo behind the pages: everything goes through the gateways' own interfaces. */
export function pageBackend(world: PageWorld): PageWorldBackend {
  const { demo, client } = world
  const trace = new AskTrace()
  const restore = sharedRestore()
  const ended = (kind: CheatKind | AbuseKind, attempt: CheatAttempt): CheatResult => {
    trace.addAttempt(attempt, world.clock.now())
    return cheatResult(kind, attempt, demo)
  }
  const shared = gatewayBackend({
    ...world,
    gateways: accountableAgencies.map((id) => demoGateway(demo, id)),
    verification: { vkeys: demo.vkeys, policy: demo.policy },
    shown: demoOrganisations.map(({ id }) => id),
    keptMs: demoPublishSeconds * 1000,
    subjectOf: (personId) => subjectOfPerson(demo, personId),
  })
  return {
    ...shared,
    logBaseUrl: world.logBaseUrl,
    lately: () => trace.lately(),
    officials: async () => demoOfficials(demo),
    cases: async (officialId) => demoCases(demo, officialId),
    needs: async () => demoNeeds(demo.agreements),
    ask: (input) => askFor(input, world, trace),
    consentPage: `${consentUrl(demo.basePort)}/`,
    consent: (input) => consentFor(input, world),
    async askState(exchangeId) {
      const reply = await client.askAgain(exchangeId)
      if (reply.kind === 'problem') return undefined
      const { provisional, witnessedAtMs } = reply.outcome
      return witnessedAtMs === undefined ? { provisional } : { provisional, witnessedAtMs }
    },
    corrections: (exchangeId) => client.corrections(exchangeId),
    trace: async (officialId) => trace.of(officialId),
    person: async (subject) => personOfSubject(demo, subject),
    processes: async () => world.processes,
    cheat: async (kind, tell = () => undefined) =>
      ended(kind, await runCheat(kind, { ...world, restore, tell })),
    replay: async (kind) =>
      ended(kind, await replayAbuse(kind, { ...world, run: fresh('replay') })),
  }
}
