import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import * as z from 'zod'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import { EXCHANGE_KINDS } from '../../log/index.ts'
import {
  breachesConcerning,
  disclosureLists,
  disclosuresFor,
  erasedDisclosuresFor,
  type Disclosure,
  type DisclosureDeps,
  type PlacedBreach,
  type PublishedHead,
} from '../../oversight/index.ts'
import { type GovernanceCommitted, identityKinds, type PersonWriter } from '../../person/index.ts'
import { readSubjectIdentifier, subjectSchema } from '../../protocol/index.ts'
import type { MakeSubjectFile } from '../subject-files.ts'
import { callerOf, type CallerRole, type Callers } from './bearer.ts'
import { addAgreements, type AgreementRoutesDeps } from './agreement-routes.ts'
import { addBudgets, type BudgetRoutesDeps } from './budget-routes.ts'
import { addErasures, type ErasureRouteDeps } from './erasure-routes.ts'
import { addIdentityOpenings } from './identity-routes.ts'
import { addRequests } from './request-routes.ts'
import { addSafeguards, emergencyWarnings, type SafeguardRouteDeps } from './safeguard-routes.ts'
import {
  addAdministration,
  type AdministrationDeps,
  addOffice,
  type OfficeRouteDeps,
} from './office/index.ts'
import { addJoinAudits, type JoinAuditRouteDeps } from './join-audit-routes.ts'
import { addOversight } from './oversight-routes.ts'
import type { BundleDeskDeps } from '../reconcile/bundle-desk.ts'
import { addOwnBundles, bundlesPath } from '../reconcile/bundle-routes.ts'
import {
  addReconciliations,
  type ReconciliationsDeps,
  reconciliationsPath,
} from '../reconcile/reconciliations-route.ts'
import { addBreaches, addReports, type ReportRouteDeps } from './report-routes.ts'
import { readReconciliation } from './reconciliation-act.ts'
import {
  epochPending,
  problemOfFailure,
  problemResponse,
  type ProblemResponse,
} from './problem-response.ts'

/** What the inner side of a gateway serves: for its own organisation, on a port of its own. */
export interface AdminAppDeps {
  readonly disclosures: DisclosureDeps
  readonly writer: PersonWriter
  readonly publishedHead: PublishedHead
  readonly makeSubjectFile: MakeSubjectFile
  readonly callers: Callers
  /** What is not well, in plain sentences; empty when the gateway can answer. */
  readonly ailments: () => Promise<readonly string[]>
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
  /** What is worth a look but stops nothing yet, in plain sentences. */
  readonly warnings: () => readonly string[]
  /** Entries in the log by now, published or not. */
  readonly logSize: () => Promise<number>
  /** Refusals without an entry, by code, since the start. */
  readonly noise: ReadonlyMap<string, number>
  readonly erasures: Omit<ErasureRouteDeps, 'shutBy' | 'writer'>
  readonly safeguards: Omit<SafeguardRouteDeps, 'shutBy' | 'writer'>
  /** Absent where no bundles of logs are handed out. */
  readonly bundles?: BundleDeskDeps
  /** Absent where nothing is reconciled. */
  readonly reconciliations?: ReconciliationsDeps
  readonly reports: Omit<ReportRouteDeps, 'shutBy' | 'writer' | 'makeSubjectFile'>
  /** Absent where no agreement can be taken up. */
  readonly agreements?: AgreementRoutesDeps['agreements']
  /** Absent where no population's year can be opened. */
  readonly budgets?: Omit<BudgetRoutesDeps, 'mayWrite'> | undefined
  /** What the data protection officer watches; absent where there are no agreements. */
  readonly office?: OfficeRouteDeps | undefined
  /** How the machine is, for administrators. */
  readonly administration?: AdministrationDeps | undefined
  /** Absent where no join can be audited. */
  readonly joinAudits?: JoinAuditRouteDeps['auditor'] | undefined
}

/** Entries that can be asked for by their places at once. */
const mostPicked = 100

const listRequest = z.strictObject({
  subject: subjectSchema,
  /** All kinds unless given. */
  kinds: z.array(z.enum(EXCHANGE_KINDS)).max(EXCHANGE_KINDS.length).optional(),
})
const subjectRequest = z.strictObject({ subject: subjectSchema })
const disclosureRequest = z.strictObject({
  subject: subjectSchema,
  only: z
    .array(z.strictObject({ origin: z.string().max(200), index: z.int().nonnegative() }))
    .max(mostPicked)
    .optional(),
})
const actRequest = z.strictObject({
  // What detectors raise and people decide has routes of its own; an opening is an entry by the act that opens.
  kind: z
    .string()
    .regex(/^(?:signal\.(?!raised$|decided$)|inspection\.)[a-z][a-z-]{0,39}$/)
    .refine((kind) => kind !== identityKinds.opened),
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9./_-]{0,199}$/)
    .nullable(),
  body: z
    .record(
      z.string().regex(/^[A-Za-z]{1,40}$/),
      z.union([z.string().regex(/^[\x20-\x7e]{0,200}$/), z.int(), z.boolean()]),
    )
    .nullable(),
})

async function sendProblem(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

async function sendJson(reply: FastifyReply, json: Json): Promise<FastifyReply> {
  return await reply.type('application/json').send(Buffer.from(canonicalBytes(json)))
}

function disclosureJson(disclosure: Disclosure): Json {
  const { origin, index, recordText, leaf, r, proof } = disclosure
  return { origin, index, record: recordText, leaf, r, proof }
}

/** That a key was in wrong hands while it could open entries about this person. */
function breachJson({ place, fromMs, untilMs, key, declaredAtMs }: PlacedBreach): Json {
  return { fromMs, untilMs, key, declaredAtMs, origin: place.origin, entryIndex: place.index }
}

function addDisclosures(app: FastifyInstance, deps: AdminAppDeps): void {
  app.post('/v1/disclosures', async (request, reply) => {
    const parsed = disclosureRequest.safeParse(request.body)
    if (!parsed.success) return sendProblem(reply, problemResponse('MALFORMED'))
    const { subject, only } = parsed.data
    if (readSubjectIdentifier(subject.scheme, subject.value) !== 'valid') {
      return sendProblem(reply, problemResponse('SUBJECT_ID_INVALID'))
    }
    const { publishedHead, disclosures: reads } = deps
    const found = await disclosuresFor(subject, publishedHead, reads, only)
    const erased =
      only === undefined ? await erasedDisclosuresFor(subject, publishedHead, reads) : []
    return sendJson(reply, {
      disclosures: found.disclosures.map(disclosureJson),
      sealed: found.sealed.map((one) => ({ ...one })),
      erased: erased.map((one) => ({ ...one, by: { ...one.by } })),
      breaches: breachesConcerning(found.exposable, await deps.reports.breaches()).map(breachJson),
    })
  })
}

function addDisclosureLists(app: FastifyInstance, deps: AdminAppDeps): void {
  const listOf = disclosureLists(deps.disclosures)
  app.post('/v1/disclosure-lists', async (request, reply) => {
    const parsed = listRequest.safeParse(request.body)
    if (!parsed.success) return sendProblem(reply, problemResponse('MALFORMED'))
    const { subject, kinds } = parsed.data
    if (readSubjectIdentifier(subject.scheme, subject.value) !== 'valid') {
      return sendProblem(reply, problemResponse('SUBJECT_ID_INVALID'))
    }
    const { listed, sealed, exposable } = await listOf(subject, deps.publishedHead)
    const wanted = kinds === undefined ? listed : listed.filter(({ kind }) => kinds.includes(kind))
    const breaches = breachesConcerning(exposable, await deps.reports.breaches()).map(breachJson)
    const lines = wanted.map(({ record: _record, ...line }) => line)
    return reply.type('application/json').send(JSON.stringify({ listed: lines, sealed, breaches }))
  })
}

function addSubjectFiles(app: FastifyInstance, deps: AdminAppDeps): void {
  app.post('/v1/subject-files', async (request, reply) => {
    const parsed = subjectRequest.safeParse(request.body)
    if (!parsed.success) return sendProblem(reply, problemResponse('MALFORMED'))
    const { subject } = parsed.data
    if (readSubjectIdentifier(subject.scheme, subject.value) !== 'valid') {
      return sendProblem(reply, problemResponse('SUBJECT_ID_INVALID'))
    }
    const file = await deps.makeSubjectFile(subject)
    if (file === undefined) return sendProblem(reply, epochPending())
    return reply.type('application/json').send(JSON.stringify(file))
  })
}

function addActs(app: FastifyInstance, deps: AdminAppDeps): void {
  app.post('/v1/acts', async (request, reply) => {
    const parsed = actRequest.safeParse(request.body)
    const reconciliation = await readReconciliation(request.body, deps.erasures.reader)
    if (reconciliation !== undefined) {
      if (deps.shutBy().length > 0) return sendProblem(reply, problemResponse('LOG_UNAVAILABLE'))
      return sendJson(reply, { index: indexOf(await deps.writer.commit(reconciliation)) })
    }
    if (!parsed.success) return sendProblem(reply, problemResponse('MALFORMED'))
    if (deps.shutBy().length > 0) return sendProblem(reply, problemResponse('LOG_UNAVAILABLE'))
    const { kind, name, body } = parsed.data
    const committed = await deps.writer.commit({
      type: 'governance',
      kind,
      name,
      digest: null,
      body,
      agreement: undefined,
    })
    return sendJson(reply, { index: indexOf(committed) })
  })
}

/** In a scope of its own: what was signed is bytes, and no other route takes them. */
function addSignedDocuments(app: FastifyInstance, add: (scope: FastifyInstance) => void): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer' },
      (_request, body, parsed) => parsed(null, body),
    )
    add(scope)
    done()
  })
}

function indexOf(committed: { readonly type: string } | GovernanceCommitted): number {
  if (committed.type === 'governance' && 'index' in committed) return committed.index
  throw new TypeError('the writer answered another intent')
}

/** What a caller needs for each route; a route that is not here opens for nobody. */
const needs: ReadonlyMap<string, CallerRole | 'nothing'> = new Map([
  ['/livez', 'nothing'],
  ['/readyz', 'nothing'],
  ['/v1/acts', 'act'],
  ['/v1/agreements', 'act'],
  ['/v1/budgets', 'act'],
  ['/v1/erasures', 'act'],
  ['/v1/key-destructions', 'act'],
  ['/v1/emergencies', 'act'],
  ['/v1/emergency-reviews', 'act'],
  ['/v1/restrictions', 'act'],
  ['/v1/secrecy-orders', 'act'],
  ['/v1/signals', 'act'],
  ['/v1/signal-decisions', 'act'],
  ['/v1/audit-ranges', 'act'],
  ['/v1/audit-draws', 'act'],
  ['/v1/audit-reveals', 'act'],
  ['/v1/identity-openings', 'act'],
  ['/v1/registers', 'act'],
  ['/v1/doctor', 'administer'],
  ['/v1/peers', 'administer'],
  ['/v1/keys', 'administer'],
  ['/v1/storage', 'administer'],
  ['/v1/jobs', 'administer'],
  [bundlesPath, 'act'],

  ['/v1/requests', 'act'],
  ['/v1/request-openings', 'act'],
  ['/v1/request-extensions', 'act'],
  ['/v1/request-decisions', 'act'],
  ['/v1/person-requests', 'disclose'],
  ['/v1/own-requests', 'disclose'],
  [reconciliationsPath, 'act'],
  ['/v1/join-audits', 'act'],
  ['/v1/join-audits/show', 'act'],
  ['/v1/disclosures', 'disclose'],
  ['/v1/disclosure-lists', 'disclose'],
  ['/v1/subject-files', 'disclose'],
  ['/v1/subject-reports', 'disclose'],
  ['/v1/reports', 'act'],
  ['/v1/breaches', 'act'],
])

/** The paths of the inner interface. */
export const adminRoutes: readonly string[] = [...needs.keys()]

/**
 * The inner HTTP interface of a gateway, not yet listening: health, a person's disclosures for the
 * person's own page, and acts of oversight, each an entry. All but health need a bearer token.
 */
export function createAdminApp(deps: AdminAppDeps): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: 16_384,
    requestTimeout: 30_000,
    frameworkErrors: (_cause, _request, reply) =>
      void sendProblem(reply, problemResponse('MALFORMED')),
  })
  app.setErrorHandler((cause, _request, reply) => void sendProblem(reply, problemOfFailure(cause)))
  app.setNotFoundHandler((_request, reply) => void sendProblem(reply, problemResponse('NOT_FOUND')))
  app.addHook('onRequest', async (request, reply) => {
    // The route that was found, not the path that was written: one route has many spellings.
    const needed = needs.get(request.routeOptions.url ?? '')
    if (needed === 'nothing') return
    const { authorization } = request.headers
    if (needed !== undefined && callerOf(authorization, needed, deps.callers) !== undefined) return
    await sendProblem(reply, problemResponse('UNAUTHENTICATED'))
  })
  app.get('/livez', (_request, reply) => sendJson(reply, { live: true }))
  app.get('/readyz', async (_request, reply) => {
    const ailments = [...(await deps.ailments()), ...deps.shutBy()]
    void reply.code(ailments.length === 0 ? 200 : 503)
    return sendJson(reply, {
      ready: ailments.length === 0,
      ailments,
      warnings: [...deps.warnings(), ...(await emergencyWarnings(deps.safeguards.reader))],
      logSize: await deps.logSize(),
      noise: Object.fromEntries(deps.noise),
    })
  })
  addDisclosures(app, deps)
  addDisclosureLists(app, deps)
  addSubjectFiles(app, deps)
  addActs(app, deps)
  const { writer, shutBy, erasures } = deps
  addErasures(app, { ...erasures, writer, shutBy })
  addOversight(app, { reader: erasures.reader, writer, shutBy, callers: deps.callers })
  addRequests(app, { disclosures: deps.disclosures, writer, shutBy })
  addSafeguards(app, { ...deps.safeguards, writer, shutBy })
  if (deps.bundles !== undefined) addOwnBundles(app, deps.bundles)
  if (deps.reconciliations !== undefined) addReconciliations(app, deps.reconciliations)
  const { agreements, budgets } = deps
  const mayWrite = (): boolean => shutBy().length === 0
  addSignedDocuments(app, (scope) => {
    if (agreements !== undefined) addAgreements(scope, { agreements, mayWrite })
    if (budgets !== undefined) addBudgets(scope, { ...budgets, mayWrite })
    addBreaches(scope, { ...deps.reports, writer, shutBy })
  })
  addReports(app, { ...deps.reports, writer, shutBy, makeSubjectFile: deps.makeSubjectFile })
  addIdentityOpenings(app, { writer, shutBy })
  if (deps.office !== undefined) addOffice(app, deps.office)
  if (deps.administration !== undefined) addAdministration(app, deps.administration)
  const { joinAudits: auditor, callers } = deps
  if (auditor !== undefined) addJoinAudits(app, { auditor, callers, shutBy })
  return app
}
