import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { canonicalBytes } from '../../bytes/index.ts'
import { type ConsentWish, obtainConsent } from '../../person/index.ts'
import { ProtocolError } from '../../protocol/index.ts'
import { readCallerJson, wishBodySchema } from './ask-request.ts'
import type { AskRoutesDeps } from './ask-routes.ts'
import { identifyCaller } from './identify-caller.ts'
import { innerProblem, problemResponse, type ProblemResponse } from './problem-response.ts'

/** Accepts how far a consent is. */
export const consentStandingSchema: z.ZodType = z.strictObject({
  exchangeId: z.string().describe('To be sent with the question, and to ask here again.'),
  state: z.enum(['waiting', 'given', 'declined', 'expired']),
  page: z.string().describe('Where the person signs in to decide; the same for everybody.'),
  consent: z.union([z.string(), z.null()]),
})

function readBody(request: FastifyRequest): z.infer<typeof wishBodySchema> {
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array()
  const parsed = wishBodySchema.safeParse(readCallerJson(bytes))
  if (parsed.success) return parsed.data
  throw new ProtocolError('MALFORMED', 'the request is not in the form of the specification')
}

async function wishOf(
  request: FastifyRequest,
  deps: AskRoutesDeps,
): Promise<ConsentWish | ProblemResponse> {
  const { authorization } = request.headers
  const caller = await identifyCaller(
    { authorization, socket: request.raw.socket },
    deps.askCallers,
  )
  if (caller === 'unavailable') return innerProblem('IDENTITY_UNAVAILABLE')
  if (caller === 'unknown') return problemResponse('UNAUTHENTICATED')
  const body = readBody(request)
  const official = caller.official ?? body.official
  if (official === undefined) return problemResponse('MALFORMED')
  const isMeant = body.official === undefined || body.official.id === official.id
  return isMeant ? { ...body, official } : innerProblem('OFFICIAL_MISMATCH')
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: AskRoutesDeps,
): Promise<FastifyReply> {
  const wish = await wishOf(request, deps)
  const standing = 'contentType' in wish ? wish : await obtainConsent(wish, deps.consumer)
  if (!('contentType' in standing) && standing.state !== 'refused')
    return await reply
      .type('application/json')
      .header('cache-control', 'no-store')
      .send(Buffer.from(canonicalBytes({ ...standing })))
  const problem = 'contentType' in standing ? standing : problemResponse(standing.code)
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="cloison"')
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

/** Adds `POST /v1/consents`: the person's consent to one question, before it is asked. */
export function addConsents(app: FastifyInstance, deps: AskRoutesDeps): void {
  app.post('/v1/consents', (request, reply) => answer(request, reply, deps))
}
