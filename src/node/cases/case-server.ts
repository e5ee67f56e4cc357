import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  type CaseRefusal,
  type OpenCaseSource,
  RegisterError,
  vouchClaimSchema,
} from '../../register/index.ts'
import { callerOf, callersOf } from '../http/bearer.ts'

/** What a case source over HTTP works with. */
export interface CaseServerDeps {
  readonly source: OpenCaseSource
  /** What a gateway must show, one line. */
  readonly token: string
}

const statusOf: Readonly<Record<CaseRefusal, number>> = {
  CASE_UNKNOWN: 404,
  OFFICIAL_NOT_ASSIGNED: 403,
  CASE_CLOSED: 409,
  SUBJECT_NOT_PARTY: 409,
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  source: OpenCaseSource,
): Promise<FastifyReply> {
  const claim = vouchClaimSchema.safeParse(request.body)
  if (!claim.success) return await reply.code(400).send({ code: 'MALFORMED' })
  try {
    const found = await source.vouch(claim.data)
    if (found.state === 'granted') return await reply.send({ token: found.token })
    return await reply.code(statusOf[found.code]).send({ code: found.code })
  } catch (cause) {
    const code = cause instanceof RegisterError ? cause.code : 'UNAVAILABLE'
    return await reply.code(503).send({ code })
  }
}

/**
 * A case source as an HTTP server of its own, not yet listening: `POST /case-tokens`, as gateways with
 * `cases.kind: http` ask it. Whoever runs it can be another user, on another machine, than the gateway: the
 * key is in nobody else's reach. Every request needs the token; nothing lists cases.
 */
export function createCaseServer({ source, token }: CaseServerDeps): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: 4096,
    requestTimeout: 10_000,
    forceCloseConnections: true,
  })
  const callers = callersOf([{ name: 'gateway', token, roles: ['ask'] }])
  app.addHook('onRequest', async (request, reply) => {
    if (callerOf(request.headers.authorization, 'ask', callers) !== undefined) return
    await reply.code(401).send({ code: 'UNAUTHENTICATED' })
  })
  app.setErrorHandler(async (_cause, _request, reply) =>
    reply.code(400).send({ code: 'MALFORMED' }),
  )
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ code: 'NOT_FOUND' }))
  app.post('/case-tokens', (request, reply) => answer(request, reply, source))
  return app
}
