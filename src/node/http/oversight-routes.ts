import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { decodeBase64, decodeUtf8, encodeBase64, equalBytes } from '../../bytes/index.ts'
import { readPublicEntry } from '../../log/index.ts'
import { drawCommitment } from '../../oversight/index.ts'
import {
  type ExchangeReader,
  type PersonWriter,
  type SignalRow,
  signalVerdicts,
} from '../../person/index.ts'
import { callerOf, type Callers } from './bearer.ts'
import { type OversightCode, oversightProblem } from './oversight-problem.ts'
import { problemResponse, type ProblemResponse } from './problem-response.ts'

/** What deciding signals and drawing entries through the inner interface needs. */
export interface OversightRouteDeps {
  readonly reader: ExchangeReader
  readonly writer: PersonWriter
  readonly callers: Callers
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
}

const index = z.int().nonnegative()
const digest = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/)
const decisionRequest = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9_-]{11}$/),
  verdict: z.enum(signalVerdicts),
})
const drawRequest = z.strictObject({
  v: z.literal(1),
  commitment: digest,
  first: index,
  last: index,
  count: z.int().positive(),
})
const revealRequest = z.strictObject({ v: z.literal(1), committed: index, nonce: digest })
const sizeRequest = z.strictObject({ v: z.literal(1) })
const drawBody = z.object({
  name: z.string(),
  body: z.object({ count: index, first: index, last: index }),
})

async function send(reply: FastifyReply, json: unknown): Promise<FastifyReply> {
  return await reply.type('application/json').send(JSON.stringify(json))
}

async function refuse(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

/** A signal as it is listed: its document, what opens the digest in its entry, and the decision. */
function signalJson({ place, document, r, decision }: SignalRow): object {
  const signal: unknown = JSON.parse(decodeUtf8(document))
  return {
    entry: { log: place.origin, index: place.index },
    r: encodeBase64(r),
    signal,
    decision:
      decision === undefined
        ? null
        : {
            verdict: decision.verdict,
            by: decision.by,
            entry: decision.place.index,
            atMs: decision.atMs,
          },
  }
}

function addSignals(app: FastifyInstance, deps: OversightRouteDeps): void {
  app.get('/v1/signals', async (_request, reply) =>
    send(reply, { signals: (await deps.reader.signals()).map((row) => signalJson(row)) }),
  )
  app.post('/v1/signal-decisions', async (request, reply) => {
    const parsed = decisionRequest.safeParse(request.body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    if (deps.shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    const { id, verdict } = parsed.data
    const by = nameOf(request, deps)
    const done = await deps.writer.commit({ type: 'decide-signal', id, verdict, by })
    if (done.type !== 'decide-signal') throw new TypeError('the writer answered another intent')
    if (done.state === 'decided') return send(reply, { index: done.index })
    const code = done.state === 'unknown' ? 'SIGNAL_UNKNOWN' : 'SIGNAL_DECIDED'
    return refuse(reply, oversightProblem(code))
  })
}

/** The caller's name in the configuration; the hook before has let nobody else in. */
function nameOf({ headers }: FastifyRequest, { callers }: OversightRouteDeps): string {
  return callerOf(headers.authorization, 'act', callers) ?? ''
}

const drawCodes: Readonly<
  Record<'range-refused' | 'unknown' | 'done-before' | 'not-fixed', OversightCode>
> = {
  'range-refused': 'DRAW_RANGE_REFUSED',
  unknown: 'DRAW_UNKNOWN',
  'done-before': 'DRAW_DONE',
  'not-fixed': 'DRAW_NOT_FIXED',
}

async function commitDraw(
  reply: FastifyReply,
  intent: Extract<Parameters<PersonWriter['commit']>[0], { type: 'draw' }>,
  { writer }: OversightRouteDeps,
): Promise<FastifyReply> {
  const done = await writer.commit(intent)
  if (done.type !== 'draw') throw new TypeError('the writer answered another intent')
  if (done.state === 'done') return send(reply, { index: done.index })
  return refuse(reply, oversightProblem(drawCodes[done.state]))
}

/** A wrong nonce would end the draw for good, so it is refused before it is an entry. */
async function opensCommitment(
  committed: number,
  nonce: string,
  origin: string,
  { reader }: OversightRouteDeps,
): Promise<boolean> {
  const row = await reader.draw({ origin, index: committed })
  if (row === undefined) return true
  const entry = await readPublicEntry(reader, committed)
  if (entry === undefined) return false
  const { name, body } = drawBody.parse(JSON.parse(decodeUtf8(entry.recordBytes)))
  const terms = { inspector: name, log: origin, ...body }
  return equalBytes(drawCommitment(decodeBase64(nonce), terms), decodeBase64(row.commitment))
}

function addDraws(app: FastifyInstance, deps: OversightRouteDeps): void {
  app.post('/v1/audit-ranges', async (request, reply) => {
    if (!sizeRequest.safeParse(request.body).success)
      return refuse(reply, problemResponse('MALFORMED'))
    const log = (await deps.reader.logs()).at(-1)
    const size = (await deps.reader.head())?.size
    return send(reply, { log, size, inspector: nameOf(request, deps) })
  })
  app.post('/v1/audit-draws', async (request, reply) => {
    const parsed = drawRequest.safeParse(request.body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    if (deps.shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    const { commitment, first, last, count } = parsed.data
    const terms = { commitment, first, last, count, inspector: nameOf(request, deps) }
    return commitDraw(reply, { type: 'draw', step: 'commit', ...terms }, deps)
  })
  app.post('/v1/audit-reveals', async (request, reply) => {
    const parsed = revealRequest.safeParse(request.body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    if (deps.shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    const { committed, nonce } = parsed.data
    const origin = (await deps.reader.logs()).at(-1) ?? ''
    if (!(await opensCommitment(committed, nonce, origin, deps)))
      return refuse(reply, oversightProblem('DRAW_NONCE_WRONG'))
    const place = { origin, index: committed }
    return commitDraw(reply, { type: 'draw', step: 'reveal', committed: place, nonce }, deps)
  })
}

/**
 * `GET /v1/signals` lists signals with their evidence, `POST /v1/signal-decisions` decides one; `POST
 * /v1/audit-ranges` says what may be drawn from, `/v1/audit-draws` commits to a draw and `/v1/audit-reveals` ends it.
 * No answer has more of a person than the number of an entry and a handle of one run.
 */
export function addOversight(app: FastifyInstance, deps: OversightRouteDeps): void {
  addSignals(app, deps)
  addDraws(app, deps)
}
