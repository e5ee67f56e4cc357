import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { equalBytes, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { Clock } from '../ports/index.ts'
import { noteStep } from './case-system-journal.ts'
import type { CaseSystemState } from './case-system-settings.ts'
import { issueCaseToken } from './case-system-token.ts'
import type { CaseTokenRefusal } from './case-system-token.ts'

const tokenRequestSchema = z.strictObject({
  reference: z.string().max(128),
  official: z.string().max(64),
  officialPseudonym: z.string().min(1).max(64),
  provider: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  subject: z.strictObject({ scheme: z.literal('demo-nin'), value: z.string().max(32) }).optional(),
})

const statusOf: Readonly<Record<CaseTokenRefusal, number>> = {
  CASE_UNKNOWN: 404,
  OFFICIAL_NOT_ASSIGNED: 403,
  CASE_CLOSED: 409,
  SUBJECT_NOT_PARTY: 409,
}

/** Compares digests, so that the time taken says nothing about the token. */
function isAuthorised(request: FastifyRequest, tokenDigest: Uint8Array): boolean {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return scheme === 'Bearer' && equalBytes(sha256(utf8(token ?? '')), tokenDigest)
}

async function answerTokenRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { state, clock }: { state: CaseSystemState; clock: Clock },
): Promise<FastifyReply> {
  const parsed = tokenRequestSchema.safeParse(request.body)
  if (!parsed.success) return await reply.code(400).send({ code: 'MALFORMED' })
  const { issuer, seed, book, journal } = state
  const signer = { issuer, seed, journal, nowMs: clock.now() }
  const outcome = await issueCaseToken(book, parsed.data, signer)
  if (outcome.outcome === 'refused') {
    return await reply.code(statusOf[outcome.code]).send({ code: outcome.code })
  }
  return await reply.send({ token: outcome.token, expiresAtMs: outcome.expiresAtMs })
}

/**
 * The housing agency's case system as an HTTP server, not yet listening. It holds the case source's
 * key: no gateway can vouch for a case by itself. Every request needs the bearer token.
 *
 * `GET /officials` · `GET /cases?official=ID` · `GET /cases/REFERENCE` ·
 * `POST /cases/REFERENCE/steps` notes that something was done in the case ·
 * `POST /case-tokens {reference, official, officialPseudonym, provider, subject?}`; a refusal is
 * `{code}` with status 403, 404 or 409.
 */
export function createCaseSystem(state: CaseSystemState, clock: Clock): FastifyInstance {
  const app = Fastify({ logger: false, bodyLimit: 4096, forceCloseConnections: true })
  const { officials, cases } = state.book
  app.addHook('onRequest', async (request, reply) => {
    if (!isAuthorised(request, state.tokenDigest)) {
      await reply.code(401).send({ code: 'UNAUTHORISED' })
    }
  })
  app.get('/officials', () => ({ officials }))
  app.get<{ Querystring: { official?: string } }>('/cases', (request) => {
    const official = request.query.official ?? ''
    return { cases: cases.filter((one) => one.officials.includes(official)) }
  })
  app.get<{ Params: { reference: string } }>('/cases/:reference', (request, reply) => {
    const found = cases.find(({ reference }) => reference === request.params.reference)
    return found ?? reply.code(404).send({ code: 'CASE_UNKNOWN' })
  })
  app.post<{ Params: { reference: string } }>('/cases/:reference/steps', (request, reply) => {
    const found = cases.find(({ reference }) => reference === request.params.reference)
    if (found === undefined) return reply.code(404).send({ code: 'CASE_UNKNOWN' })
    noteStep(state.journal, found.reference, clock.now())
    return reply.code(204).send()
  })
  app.post('/case-tokens', (request, reply) => answerTokenRequest(request, reply, { state, clock }))
  return app
}
