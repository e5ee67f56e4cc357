import type { FastifyInstance, FastifyReply } from 'fastify'
import { canonicalBytes } from '../../bytes/index.ts'
import type { AgreementBook, DocumentVerdict } from '../agreements/agreement-book.ts'
import { documentRefused, problemResponse, type ProblemResponse } from './problem-response.ts'

/** What the routes work on. */
export interface AgreementRoutesDeps {
  readonly agreements: Pick<AgreementBook, 'accept'>
  /** Whether the log is fit for new entries now. */
  readonly mayWrite: () => boolean
}

const largestDocument = 65_536
/**
 * Most documents that wait for their turn. Anybody may hand one in, and each costs signatures: what comes beyond is sent
 * away, and whoever means it hands it in again.
 */
export const mostWaiting = 64

async function sendProblem(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

async function send(reply: FastifyReply, verdict: DocumentVerdict): Promise<FastifyReply> {
  if (verdict.state === 'refused')
    return sendProblem(reply, documentRefused(verdict.code, verdict.reason))
  return await reply.type('application/json').send(Buffer.from(canonicalBytes({ ...verdict })))
}

/**
 * Adds `POST /v1/agreements`: takes up a signed agreement, or a signed act upon one. On the public listener
 * anybody may hand one in, since the officers' signatures decide; what they did not sign leaves no trace.
 */
export function addAgreements(app: FastifyInstance, deps: AgreementRoutesDeps): void {
  let waiting = 0
  app.post('/v1/agreements', { bodyLimit: largestDocument }, async ({ body }, reply) => {
    if (!deps.mayWrite()) return sendProblem(reply, problemResponse('LOG_UNAVAILABLE'))
    if (waiting >= mostWaiting) return sendProblem(reply, problemResponse('RATE_LIMITED'))
    const bytes = body instanceof Uint8Array ? body : new Uint8Array()
    waiting += 1
    try {
      return await send(reply, await deps.agreements.accept(bytes))
    } finally {
      waiting -= 1
    }
  })
}
