import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import { canonicalBytes, type JsonObject } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import {
  breachIntent,
  type BreachDeclaration,
  type ExposedCount,
  type Exposure,
  type ExposureScope,
  isBreachSigned,
  makeReport,
  type MakeReportDeps,
  parseBreachDeclaration,
  type PlacedBreach,
  reportDigest,
  type ReportFile,
  reportKinds,
  reportTopics,
  type ReportWish,
  scopeOfKey,
} from '../../oversight/index.ts'
import type { GovernanceIntent, KnownAgreement, PersonWriter } from '../../person/index.ts'
import type { Clock, Timers } from '../../ports/index.ts'
import { readSubjectIdentifier, subjectSchema } from '../../protocol/index.ts'
import type { MakeSubjectFile } from '../subject-files.ts'
import { epochPending, problemResponse, type ProblemResponse } from './problem-response.ts'
import { reportProblem, type ReportProblemCode } from './report-problem.ts'

/** What making reports and declaring breaches through the inner interface needs. */
export interface ReportRouteDeps {
  readonly organisation: string
  /** All that both parties have signed, whatever has become of it. */
  readonly agreements: readonly KnownAgreement[]
  readonly writer: PersonWriter
  readonly clock: Clock
  readonly timers: Timers
  readonly ed25519: Ed25519
  /** Keys of the own data protection officer that count now, 32 bytes each. */
  readonly officerKeys: () => readonly Uint8Array[]
  readonly breaches: () => Promise<readonly PlacedBreach[]>
  readonly countExposed: (exposure: Exposure) => Promise<ExposedCount>
  readonly making: MakeReportDeps
  readonly makeSubjectFile: MakeSubjectFile
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
}

const time = z.int().nonnegative()
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/)

const reportRequest = z
  .strictObject({
    v: z.literal(1),
    report: z.enum(reportKinds).refine((kind) => reportTopics[kind] !== 'person'),
    fromMs: time,
    untilMs: time,
    agreement: z.strictObject({ id: name, version: z.int().min(1) }).nullable(),
  })
  .refine(({ fromMs, untilMs }) => fromMs < untilMs)

const subjectRequest = z.strictObject({
  v: z.literal(1),
  report: z.enum(reportKinds).refine((kind) => reportTopics[kind] !== 'organisation'),
  subject: subjectSchema,
})

async function refuse(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

/** A published checkpoint is without its cosignatures for a moment; longer than witnesses take. */
const patienceMs = 8_000
const stepMs = 200

async function makePatiently(
  wish: ReportWish,
  { making, clock, timers }: ReportRouteDeps,
): Promise<ReportFile | undefined> {
  const deadlineMs = clock.now() + patienceMs
  for (;;) {
    const made = await makeReport(wish, making)
    if (made !== 'not-yet') return made
    if (clock.now() >= deadlineMs) return undefined
    await timers.sleep(stepMs)
  }
}

/** The entry of a report that was handed out: whoever shows it can be held to it. */
function madeIntent(file: ReportFile): GovernanceIntent {
  const { fromMs, untilMs } = file.parameters
  return {
    type: 'governance',
    kind: 'report.made',
    name: file.report,
    digest: reportDigest(file),
    body: { fromMs, untilMs, counted: file.evidence.counts?.entries ?? 0 },
    agreement: undefined,
  }
}

function addOrganisationReports(app: FastifyInstance, deps: ReportRouteDeps): void {
  app.post('/v1/reports', async ({ body }, reply) => {
    const parsed = reportRequest.safeParse(body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    if (deps.shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    const { report, fromMs, untilMs, agreement: chosen } = parsed.data
    const known = deps.agreements.find(
      ({ agreement }) => agreement.id === chosen?.id && agreement.version === chosen.version,
    )
    if (chosen !== null && known === undefined)
      return refuse(reply, reportProblem('REPORT_AGREEMENT_UNKNOWN'))
    const parameters = { fromMs, untilMs, agreement: known?.digest ?? null }
    const file = await makePatiently({ report, parameters, person: null }, deps)
    if (file === undefined) return refuse(reply, reportProblem('REPORT_PENDING'))
    await deps.writer.commit(madeIntent(file))
    return reply.type('application/json').send(JSON.stringify(file))
  })
}

/** No entry: it is the person's own access to what is there about them. */
function addSubjectReports(app: FastifyInstance, deps: ReportRouteDeps): void {
  app.post('/v1/subject-reports', async ({ body }, reply) => {
    const parsed = subjectRequest.safeParse(body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    const { report, subject } = parsed.data
    if (readSubjectIdentifier(subject.scheme, subject.value) !== 'valid')
      return refuse(reply, problemResponse('SUBJECT_ID_INVALID'))
    const person = await deps.makeSubjectFile(subject)
    if (person === undefined) return refuse(reply, epochPending())
    const parameters = { fromMs: 0, untilMs: deps.clock.now() + 1, agreement: null }
    const file = await makePatiently({ report, parameters, person }, deps)
    if (file === undefined) return refuse(reply, reportProblem('REPORT_PENDING'))
    return reply.type('application/json').send(JSON.stringify(file))
  })
}

/**
 * Adds `POST /v1/reports`, each an entry before it leaves, and `POST /v1/subject-reports` for the person's
 * own page.
 */
export function addReports(app: FastifyInstance, deps: ReportRouteDeps): void {
  addOrganisationReports(app, deps)
  addSubjectReports(app, deps)
}

type BreachDeps = Omit<ReportRouteDeps, 'makeSubjectFile' | 'making'>

function refusalOf(
  { organisation, fromMs, untilMs, knownAtMs, key }: BreachDeclaration,
  known: readonly PlacedBreach[],
  deps: BreachDeps,
): ReportProblemCode | undefined {
  if (organisation !== deps.organisation) return 'BREACH_FOREIGN'
  if (untilMs > deps.clock.now() || knownAtMs > deps.clock.now()) return 'BREACH_AHEAD'
  const isSame = (one: PlacedBreach): boolean =>
    one.key === key && one.fromMs === fromMs && one.untilMs === untilMs
  return known.some(isSame) ? 'BREACH_DECLARED' : undefined
}

async function judgeBreach(
  bytes: Uint8Array,
  deps: BreachDeps,
): Promise<readonly [BreachDeclaration, ExposureScope] | ReportProblemCode> {
  const declaration = parseBreachDeclaration(bytes)
  if (declaration === undefined) return 'BREACH_MALFORMED'
  const refusal = refusalOf(declaration, await deps.breaches(), deps)
  if (refusal !== undefined) return refusal
  if (!isBreachSigned(declaration, deps.officerKeys(), deps.ed25519))
    return 'BREACH_SIGNATURE_INVALID'
  const scope = scopeOfKey(declaration.key, deps.agreements)
  return scope === undefined ? 'BREACH_KEY_UNKNOWN' : [declaration, scope]
}

async function declare(
  bytes: Uint8Array,
  deps: BreachDeps,
): Promise<JsonObject | ReportProblemCode> {
  const judged = await judgeBreach(bytes, deps)
  if (typeof judged === 'string') return judged
  const [declaration, scope] = judged
  const { fromMs, untilMs } = declaration
  const counted = await deps.countExposed({ fromMs, untilMs, scope })
  const done = await deps.writer.commit(breachIntent(declaration, scope, counted))
  if (done.type !== 'governance') throw new TypeError('the writer answered another intent')
  return { ...counted, index: done.index }
}

/**
 * Adds `POST /v1/breaches`: takes up a declaration that the officer has signed, counts what it exposed and
 * makes it an entry. The answer has numbers; who is concerned finds a notice on their own page.
 */
export function addBreaches(app: FastifyInstance, deps: BreachDeps): void {
  // One at a time: two of the same would both find that none is declared.
  let last: Promise<unknown> = Promise.resolve()
  app.post('/v1/breaches', async ({ body }, reply) => {
    if (deps.shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    const bytes = body instanceof Uint8Array ? body : new Uint8Array()
    const run = last.then(() => declare(bytes, deps))
    last = run.catch(() => undefined)
    const answer = await run
    if (typeof answer === 'string') return refuse(reply, reportProblem(answer))
    return reply.type('application/json').send(Buffer.from(canonicalBytes(answer)))
  })
}
