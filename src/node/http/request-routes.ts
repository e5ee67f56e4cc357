import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import { type DisclosureDeps, disclosuresFor } from '../../oversight/index.ts'
import {
  type PersonWriter,
  personRequestJson,
  type RequestAct,
  requestAboutSchema,
  type RequestCommitted,
  requestElementsSchema,
  requestKinds,
  requestsOfPerson,
  requestTextSchema,
  showRequest,
  type ShownRequest,
} from '../../person/index.ts'
import {
  readSubjectIdentifier,
  type SubjectReference,
  subjectSchema,
} from '../../protocol/index.ts'
import { problemResponse, type ProblemResponse } from './problem-response.ts'
import { requestRefused } from './request-refused.ts'

/** What requests of persons are filed, read and decided with. */
export interface RequestRouteDeps {
  readonly disclosures: DisclosureDeps
  readonly writer: PersonWriter
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
}

const number = z.int().min(1)
const fileRequest = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/),
  subject: subjectSchema,
  kind: z.enum(requestKinds),
  about: requestAboutSchema.nullable(),
  elements: requestElementsSchema,
  text: requestTextSchema,
})
const ownRequest = z.strictObject({ subject: subjectSchema })
const openRequest = z.strictObject({ v: z.literal(1), number })
const extendRequest = z.strictObject({ v: z.literal(1), number, reason: requestTextSchema })
const decideRequest = z.strictObject({
  v: z.literal(1),
  number,
  outcome: z.enum(['granted', 'refused']),
  law: z
    .string()
    .regex(/^[a-z-]{2,10}:[A-Za-z0-9-]{1,40}$/)
    .nullable(),
  answer: requestTextSchema,
  elements: requestElementsSchema.optional(),
  restricts: z.boolean().optional(),
})

type Answer = Json | ProblemResponse
type Done = Extract<RequestCommitted, { state: 'done' }>

function isProblem(answer: Answer): answer is ProblemResponse {
  return typeof answer === 'object' && answer !== null && 'contentType' in answer
}

async function send(reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  if (!isProblem(answer))
    return await reply.type('application/json').send(Buffer.from(canonicalBytes(answer)))
  const { status, contentType, body } = answer
  return await reply.code(status).type(contentType).send(Buffer.from(body))
}

async function take(
  act: RequestAct,
  { writer, shutBy }: RequestRouteDeps,
): Promise<Done | ProblemResponse> {
  if (shutBy().length > 0) return problemResponse('LOG_UNAVAILABLE')
  const done = await writer.commit({ type: 'request', ...act })
  if (done.type !== 'request') throw new TypeError('the writer answered another intent')
  return done.state === 'done' ? done : requestRefused(done.code)
}

function isDone(taken: Done | ProblemResponse): taken is Done {
  return 'type' in taken
}

/** Whether an entry is about this person, and open to them now: what the person's own page shows. */
async function isTheirs(
  about: { readonly log: string; readonly entry: number },
  subject: SubjectReference,
  { disclosures }: RequestRouteDeps,
): Promise<boolean> {
  const seen = await disclosuresFor(subject, () => Promise.resolve(undefined), disclosures)
  const all = [...seen.disclosures, ...seen.sealed]
  return all.some(({ origin, index }) => origin === about.log && index === about.entry)
}

async function file(body: unknown, deps: RequestRouteDeps): Promise<Answer> {
  const parsed = fileRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const { v: _version, subject, about, ...request } = parsed.data
  if (readSubjectIdentifier(subject.scheme, subject.value) !== 'valid')
    return problemResponse('SUBJECT_ID_INVALID')
  if (about !== null && !(await isTheirs(about, subject, deps)))
    return requestRefused('ENTRY_NOT_YOURS')
  const subjectHandle = deps.disclosures.subjects.handleOf(subject)
  const taken = await take({ act: 'file', subject, subjectHandle, about, ...request }, deps)
  if (!isDone(taken)) return taken
  const { number: filed, log, entry, atMs, dueMs } = taken
  return { number: filed, log, entry, filedAtMs: atMs, dueMs }
}

async function own(body: unknown, { disclosures }: RequestRouteDeps): Promise<Answer> {
  const parsed = ownRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const { subject } = parsed.data
  if (readSubjectIdentifier(subject.scheme, subject.value) !== 'valid')
    return problemResponse('SUBJECT_ID_INVALID')
  const { subjects, clock } = disclosures
  const requests = await requestsOfPerson(subjects.handleOf(subject), clock.now(), disclosures)
  return { requests: requests.map(personRequestJson) }
}

/** By number, kind, dates and state: nothing here names anybody, and nothing selects. */
async function list({ disclosures }: RequestRouteDeps): Promise<Json> {
  const rows = await disclosures.reader.requests()
  return {
    requests: rows.map(({ number: filed, kind, filedAtMs, dueMs, state, decidedAtMs }) => {
      return { number: filed, kind, filedAtMs, dueMs, state, decidedAtMs }
    }),
  }
}

async function shown(
  of: number,
  { disclosures }: RequestRouteDeps,
): Promise<ShownRequest | undefined> {
  const row = await disclosures.reader.request(of)
  return row && showRequest(row, disclosures)
}

/** The opening is an entry that is on disk before anything of the request is read. */
async function open(body: unknown, deps: RequestRouteDeps): Promise<Answer> {
  const parsed = openRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const taken = await take({ act: 'open', number: parsed.data.number }, deps)
  if (!isDone(taken)) return taken
  const request = await shown(parsed.data.number, deps)
  return request === undefined ? requestRefused('REQUEST_UNKNOWN') : personRequestJson(request)
}

async function extend(body: unknown, deps: RequestRouteDeps): Promise<Answer> {
  const parsed = extendRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const { number: of, reason } = parsed.data
  const taken = await take({ act: 'extend', number: of, reason }, deps)
  return isDone(taken) ? { entry: taken.entry, dueMs: taken.dueMs } : taken
}

/** Whose it is, as far as its text can still be read. */
function subjectOf({ steps }: ShownRequest): SubjectReference | undefined {
  const filed = steps.find(({ step }) => step === 'filed')
  return filed?.step === 'filed' ? filed.text?.subject : undefined
}

async function decide(body: unknown, deps: RequestRouteDeps): Promise<Answer> {
  const parsed = decideRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const { number: of, outcome, law, answer, elements, restricts = false } = parsed.data
  const request = await shown(of, deps)
  const subject = request && subjectOf(request)
  const withheldHandle = subject && deps.disclosures.subjects.handleOf(subject, 'withheld')
  const decision = { outcome, law, answer, elements, restricts, withheldHandle }
  const taken = await take({ act: 'decide', number: of, ...decision }, deps)
  return isDone(taken) ? { entry: taken.entry, recipients: taken.recipients } : taken
}

/**
 * Requests of persons: filed and read back by the person's own page (`POST /v1/person-requests`,
 * `/v1/own-requests`), and read and decided by the data protection officer (`GET /v1/requests`,
 * `POST /v1/request-openings`, `/v1/request-extensions`, `/v1/request-decisions`), each step an entry.
 */
export function addRequests(app: FastifyInstance, deps: RequestRouteDeps): void {
  app.get('/v1/requests', async (_request, reply) => send(reply, await list(deps)))
  for (const [path, answer] of [
    ['/v1/person-requests', file],
    ['/v1/own-requests', own],
    ['/v1/request-openings', open],
    ['/v1/request-extensions', extend],
    ['/v1/request-decisions', decide],
  ] as const)
    app.post(path, async (request, reply) => send(reply, await answer(request.body, deps)))
}
