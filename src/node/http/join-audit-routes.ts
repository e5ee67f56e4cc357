import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import { type AuditDesk, type AuditRefusalCode, PopulationError } from '../../population/index.ts'
import { callerOf, type Callers } from './bearer.ts'
import {
  problemDocument,
  problemResponse,
  type ProblemResponse,
  statisticsProblem,
} from './problem-response.ts'

/** What auditing joins through the inner interface needs. */
export interface JoinAuditRouteDeps {
  readonly auditor: AuditDesk
  readonly callers: Callers
  /** What keeps the log from new entries now; empty when nothing does. */
  readonly shutBy: () => readonly string[]
}

/** Shortest and longest patience in seconds. */
const patience = { least: 60, most: 172_800 }
const qid = z.string().regex(/^[0-9a-f]{32}$/)
const orderRequest = z.strictObject({
  v: z.literal(1),
  qid,
  dummiesOf: z.enum(['left', 'right']).nullable(),
  patienceSeconds: z.int().min(patience.least).max(patience.most),
})
const viewRequest = z.strictObject({ v: z.literal(1), qid })

/** Status and title of each refusal. */
const refusals: Readonly<
  Record<AuditRefusalCode | 'JOIN_AUDIT_NONE', readonly [status: number, title: string]>
> = {
  JOIN_AUDIT_UNKNOWN: [
    404,
    'No party has a join of this number that your organisation may audit now. List them with "cloison audit join list".',
  ],
  JOIN_AUDIT_UNSIGNED: [
    409,
    'What is shown as the plan of this join is not signed by all three of its parties. Tell their operators.',
  ],
  JOIN_AUDIT_PEER_UNKNOWN: [
    409,
    'A party of this join is no peer of this gateway. Add it with "cloison peer add".',
  ],
  JOIN_AUDIT_NO_KEY: [
    409,
    'There is no key to open what holders seal for an audit. Set "keys.audit_seal_file" and start the gateway again.',
  ],
  JOIN_AUDIT_NUMBER_TAKEN: [
    409,
    'Your organisation has begun or audited another join under this number. A number is of one join: the tally has used it twice.',
  ],
  JOIN_AUDIT_NONE: [404, 'No audit of this number was made here.'],
}

function refusal(code: keyof typeof refusals): ProblemResponse {
  const [status, title] = refusals[code]
  return problemDocument({ code, status, title })
}

async function send(reply: FastifyReply, json: unknown): Promise<FastifyReply> {
  return await reply.type('application/json').send(JSON.stringify(json))
}

async function refuse(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

/**
 * Adds what an inspector's own people do: `GET /v1/join-audits` lists audits and what may be audited, `POST /v1/join-audits`
 * begins one, `POST /v1/join-audits/show` shows one. No answer names a person.
 */
export function addJoinAudits(app: FastifyInstance, deps: JoinAuditRouteDeps): void {
  const { auditor, callers, shutBy } = deps
  app.get('/v1/join-audits', async (_request, reply) => {
    const { runs, unreachable } = await auditor.auditable()
    return send(reply, { audits: await auditor.audits(), auditable: runs, unreachable })
  })
  app.post('/v1/join-audits', async (request, reply) => {
    const { data } = orderRequest.safeParse(request.body)
    if (data === undefined) return refuse(reply, problemResponse('MALFORMED'))
    if (shutBy().length > 0) return refuse(reply, problemResponse('LOG_UNAVAILABLE'))
    const by = callerOf(request.headers.authorization, 'act', callers) ?? ''
    const { dummiesOf, patienceSeconds } = data
    const order = { qid: data.qid, dummiesOf, patienceMs: 1_000 * patienceSeconds, by }
    try {
      const begun = await auditor.begin(order)
      return begun.state === 'refused' ? refuse(reply, refusal(begun.code)) : send(reply, begun)
    } catch (cause) {
      if (!(cause instanceof PopulationError)) throw cause
      return refuse(reply, statisticsProblem(cause.code, cause.message, undefined))
    }
  })
  app.post('/v1/join-audits/show', async (request, reply) => {
    const { data } = viewRequest.safeParse(request.body)
    if (data === undefined) return refuse(reply, problemResponse('MALFORMED'))
    const view = await auditor.audit(data.qid)
    return view === undefined ? refuse(reply, refusal('JOIN_AUDIT_NONE')) : send(reply, view)
  })
}
