import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import {
  type EmergencyRow,
  type ExchangeReader,
  type KnownAgreement,
  type PersonWriter,
  readSecrecyOrder,
  reviewWithinMs,
  type SafeguardAct,
  type SubjectHandles,
  suspends,
} from '../../person/index.ts'
import type { Clock } from '../../ports/index.ts'
import { readSubjectIdentifier, subjectSchema } from '../../protocol/index.ts'
import { problemResponse, type ProblemResponse, safeguardRefused } from './problem-response.ts'

/** What the data protection officer's acts through the inner interface need. */
export interface SafeguardRouteDeps {
  readonly reader: ExchangeReader
  readonly writer: PersonWriter
  readonly clock: Clock
  readonly ed25519: Ed25519
  readonly subjects: SubjectHandles
  readonly agreements: readonly KnownAgreement[]
  /** Every key of these organisations that is known: none of them is an authority. */
  readonly keysOf: (organisation: string) => readonly Uint8Array[]
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
}

const organisation = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/)
const reviewRequest = z.strictObject({
  v: z.literal(1),
  consumer: organisation,
  exchangeId: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  finding: z.enum(['justified', 'unjustified']),
})
const restrictionRequest = z.strictObject({
  v: z.literal(1),
  subject: subjectSchema,
  restricted: z.boolean(),
})
const orderRequest = z.strictObject({
  v: z.literal(1),
  agreement: z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/),
  version: z.int().min(1),
  order: z.string().regex(/^[\x21-\x7e]{1,4096}$/),
})

type Answer = Json | ProblemResponse

function isProblem(answer: Answer): answer is ProblemResponse {
  return typeof answer === 'object' && answer !== null && 'contentType' in answer
}

async function send(reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  if (!isProblem(answer))
    return await reply.type('application/json').send(Buffer.from(canonicalBytes(answer)))
  const { status, contentType, body } = answer
  return await reply.code(status).type(contentType).send(Buffer.from(body))
}

function emergencyJson(row: EmergencyRow, nowMs: number): Json {
  const { place, ...rest } = row
  const isDue = row.finding === null && !row.confirmed
  return {
    ...rest,
    log: place.origin,
    entry: place.index,
    reviewByMs: isDue ? row.atMs + reviewWithinMs : null,
    suspends: suspends(row, nowMs),
  }
}

async function act(act: SafeguardAct, deps: SafeguardRouteDeps): Promise<Answer> {
  if (deps.shutBy().length > 0) return problemResponse('LOG_UNAVAILABLE')
  const done = await deps.writer.commit({ type: 'safeguard', ...act })
  if (done.type !== 'safeguard') throw new TypeError('the writer answered another intent')
  return done.state === 'done' ? { index: done.indices[0] ?? -1 } : safeguardRefused(done.code)
}

async function review(body: unknown, deps: SafeguardRouteDeps): Promise<Answer> {
  const parsed = reviewRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const { consumer, exchangeId, finding } = parsed.data
  return act({ act: 'review', consumer, exchangeId, finding }, deps)
}

/** One person, by an identifier that is nowhere kept: what is stored is the handle. */
async function restrict(body: unknown, deps: SafeguardRouteDeps): Promise<Answer> {
  const parsed = restrictionRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const { subject, restricted } = parsed.data
  if (readSubjectIdentifier(subject.scheme, subject.value) !== 'valid')
    return problemResponse('SUBJECT_ID_INVALID')
  const subjectHandle = deps.subjects.handleOf(subject)
  return act({ act: restricted ? 'restrict' : 'unrestrict', subjectHandle }, deps)
}

async function withhold(body: unknown, deps: SafeguardRouteDeps): Promise<Answer> {
  const parsed = orderRequest.safeParse(body)
  if (!parsed.success) return problemResponse('MALFORMED')
  const { agreement: id, version, order: token } = parsed.data
  const known = deps.agreements.find(
    ({ agreement }) => agreement.id === id && agreement.version === version,
  )
  if (known === undefined) return problemResponse('AGREEMENT_UNKNOWN')
  const { consumer, provider } = known.agreement
  const order = await readSecrecyOrder(token, known, {
    nowMs: deps.clock.now(),
    ed25519: deps.ed25519,
    partyKeys: [...deps.keysOf(consumer), ...deps.keysOf(provider)],
  })
  return typeof order === 'string' ? safeguardRefused(order) : act({ act: 'withhold', order }, deps)
}

/** How many emergency questions wait for a review, in one sentence; none when none does. */
export async function emergencyWarnings(
  reader: Pick<ExchangeReader, 'emergencies'>,
): Promise<readonly string[]> {
  const waiting = (await reader.emergencies()).filter(
    ({ finding, confirmed }) => finding === null && !confirmed,
  )
  if (waiting.length === 0) return []
  const are =
    waiting.length === 1
      ? '1 emergency question waits'
      : `${waiting.length} emergency questions wait`
  return [`${are} for the review of the data protection officer: cloison emergency list.`]
}

/**
 * The acts of the data protection officer about one emergency question, one person or one order, each an
 * entry: `GET /v1/emergencies`, `POST /v1/emergency-reviews`, `POST /v1/restrictions` and
 * `POST /v1/secrecy-orders`.
 */
export function addSafeguards(app: FastifyInstance, deps: SafeguardRouteDeps): void {
  app.get('/v1/emergencies', async (_request, reply) => {
    const nowMs = deps.clock.now()
    const rows = await deps.reader.emergencies()
    return send(reply, { emergencies: rows.map((row) => emergencyJson(row, nowMs)) })
  })
  app.post('/v1/emergency-reviews', async (request, reply) =>
    send(reply, await review(request.body, deps)),
  )
  app.post('/v1/restrictions', async (request, reply) =>
    send(reply, await restrict(request.body, deps)),
  )
  app.post('/v1/secrecy-orders', async (request, reply) =>
    send(reply, await withhold(request.body, deps)),
  )
}
