import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { encodeHex, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import { addCheckpoint } from './add-checkpoint.ts'
import type { WitnessDeps } from './add-checkpoint.ts'

/** Bounds on what strangers may ask of a witness. */
export interface WitnessLimits {
  readonly connections: number
  /** Longest body; ML-DSA-44 signatures need more than 16 KiB. */
  readonly bodyBytes: number
}

const PLAIN = 'text/plain; charset=utf-8'
const REQUEST_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 30_000

/**
 * The HTTP interface of a witness, not yet listening: `POST /add-checkpoint`, the monitoring path
 * `GET /<sha256hex(origin)>/checkpoint`, and `GET /status` with name, key and sizes. All of it is
 * public.
 */
export function createWitnessApp(deps: WitnessDeps, limits: WitnessLimits): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    keepAliveTimeout: IDLE_TIMEOUT_MS,
    forceCloseConnections: true,
  })
  app.server.maxConnections = limits.connections
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  // The reason is for the operator; a stranger learns the status alone.
  app.setErrorHandler((cause, _request, reply) => sendPlain(reply, statusOf(cause), ''))
  app.setNotFoundHandler((_request, reply) => sendPlain(reply, 404, ''))
  app.post('/add-checkpoint', async (request, reply) => {
    const body = request.body instanceof Uint8Array ? request.body : new Uint8Array(0)
    const { status, contentType, body: text } = await addCheckpoint(body, deps)
    return reply
      .code(status)
      .type(contentType ?? PLAIN)
      .send(text)
  })
  addMonitoring(app, deps)
  return app
}

/** The path under which monitors find the newest cosigned checkpoint of an origin. */
export function monitorPath(origin: string): string {
  return `/${encodeHex(sha256(utf8(origin)))}/checkpoint`
}

function addMonitoring(app: FastifyInstance, deps: WitnessDeps): void {
  const { logs, store, signer, ed25519, treeSigner } = deps
  const origins = new Map([...logs.keys()].map((origin) => [monitorPath(origin), origin]))
  app.get<{ Params: { hash: string } }>('/:hash/checkpoint', async (request, reply) => {
    const origin = origins.get(`/${request.params.hash}/checkpoint`)
    const latest = origin === undefined ? undefined : await store.latest(origin)
    return sendPlain(reply, latest === undefined ? 404 : 200, latest?.note ?? '')
  })
  const publicKey = ed25519.publicKey(signer.seed)
  const vkey = formatVerifierKey(signer.name, SIGNATURE_TYPES.cosignature, publicKey)
  const treeKey = treeSigner?.mlDsa44.publicKey(treeSigner.seed)
  const treeVkey =
    treeKey === undefined
      ? {}
      : { treeVkey: formatVerifierKey(signer.name, SIGNATURE_TYPES.treeCosignature, treeKey) }
  app.get('/status', async (_request, reply) => {
    const sizes = []
    for (const origin of logs.keys()) {
      sizes.push({ origin, size: (await store.latest(origin))?.size ?? null })
    }
    return reply
      .header('cache-control', 'no-store')
      .send({ name: signer.name, vkey, ...treeVkey, logs: sizes })
  })
}

function sendPlain(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type(PLAIN).send(text)
}

function statusOf(cause: unknown): number {
  const isClientError =
    cause instanceof Error &&
    'statusCode' in cause &&
    typeof cause.statusCode === 'number' &&
    cause.statusCode < 500
  return isClientError ? Number(cause.statusCode) : 500
}
