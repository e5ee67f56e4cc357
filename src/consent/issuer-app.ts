import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { canonicalBytes } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { Clock } from '../ports/index.ts'
import {
  type ConsentAnswer,
  organisationOfKeyId,
  parseConsentRequest,
  type ProblemCode,
  problemOf,
  ProtocolError,
  type SignedRequest,
  verifyRequest,
} from '../protocol/index.ts'
import type { Pages } from '../web/index.ts'
import type { ConsentBook } from './consent-book.ts'

/** Where a consumer's gateway sends a request for consent. */
export const consentRequestPath = '/v1/consent-requests'

/** What the issuer's interface works on. */
export interface IssuerAppDeps {
  readonly book: ConsentBook
  readonly pages: Pages
  /** What gateways sign as `@authority`; from the configuration, never from a Host field. */
  readonly authority: string
  /** Public keys of the gateways of known consumers by key id. */
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
  readonly clock: Clock
  readonly ed25519: Ed25519
}

const largestBody = 65_536

async function sendProblem(reply: FastifyReply, code: ProblemCode): Promise<FastifyReply> {
  const problem = problemOf(code)
  return await reply
    .code(problem.status)
    .type('application/problem+json')
    .send(Buffer.from(canonicalBytes({ ...problem })))
}

function judge(request: SignedRequest, deps: IssuerAppDeps): ConsentAnswer | ProblemCode {
  const { gatewayKeys, clock, ed25519, book } = deps
  const verdict = verifyRequest(request, {
    keyOf: (keyId) => gatewayKeys.get(keyId),
    nowMs: clock.now(),
    ed25519,
  })
  if (!verdict.ok) return verdict.code
  const consumer = organisationOfKeyId(verdict.keyId)
  if (consumer === undefined) return 'PEER_UNKNOWN'
  try {
    return book.submit(parseConsentRequest(request.body), consumer)
  } catch (cause) {
    if (cause instanceof ProtocolError)
      return cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
    throw cause
  }
}

/**
 * A played-back request has the state of the same exchange for an answer, which it would have anyway, so no
 * nonce is remembered; the token that it may hold is good for that one exchange of that one consumer.
 */
async function answerGateway(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: IssuerAppDeps,
): Promise<FastifyReply> {
  const answer = judge(
    {
      method: 'POST',
      authority: deps.authority,
      path: consentRequestPath,
      headers: request.headers,
      body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    },
    deps,
  )
  if (typeof answer === 'string') return await sendProblem(reply, answer)
  return await reply
    .type('application/json')
    .header('cache-control', 'no-store')
    .send(Buffer.from(canonicalBytes({ ...answer })))
}

function headersOf(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
}

async function answerVisitor(
  request: FastifyRequest,
  reply: FastifyReply,
  pages: Pages,
): Promise<FastifyReply> {
  const [path = '/', query = ''] = request.url.split('?', 2)
  const { method, body: form } = request
  const response = await pages({
    method,
    path,
    query,
    headers: headersOf(request),
    form: typeof form === 'string' ? form : '',
  })
  for (const [name, value] of Object.entries(response.headers)) void reply.header(name, value)
  if (response.setCookies.length > 0) void reply.header('set-cookie', [...response.setCookies])
  const body = typeof response.body === 'string' ? response.body : Buffer.from(response.body)
  return await reply.code(response.status).send(body)
}

/** The HTTP interface of an issuer of consent, not yet listening: requests of gateways, and the pages. */
export function createIssuerApp(deps: IssuerAppDeps): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: largestBody,
    requestTimeout: 10_000,
    connectionTimeout: 30_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: true,
  })
  app.server.maxConnections = 256
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  // No text of a failure leaves: it might quote what it failed on.
  app.setErrorHandler((cause, _request, reply) => sendProblem(reply, codeOf(cause)))
  app.post(consentRequestPath, (request, reply) => answerGateway(request, reply, deps))
  app.all('/*', (request, reply) => answerVisitor(request, reply, deps.pages))
  return app
}

function codeOf(cause: unknown): ProblemCode {
  const status = cause instanceof Error && 'statusCode' in cause ? cause.statusCode : 500
  if (status === 413) return 'TOO_LARGE'
  if (status === 415) return 'UNSUPPORTED_MEDIA'
  return typeof status === 'number' && status < 500 ? 'MALFORMED' : 'INTERNAL'
}
