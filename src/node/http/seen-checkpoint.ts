import type { FastifyInstance } from 'fastify'
import type { Ed25519 } from '../../crypto/index.ts'
import { type ExchangeReader, type KnownConsumer, newestPeerHead } from '../../person/index.ts'
import type { Clock } from '../../ports/index.ts'
import { verifyRequest } from '../../protocol/index.ts'
import { problemResponse, type ProblemResponse } from './problem-response.ts'

/** Where a peer asks what is remembered of its own log. */
export const seenCheckpointPath = '/v1/seen-checkpoint'

/** What answering peers about their own logs needs. */
export interface SeenCheckpointDeps {
  readonly authority: string
  readonly clock: Clock
  readonly ed25519: Ed25519
  readonly reader: Pick<ExchangeReader, 'peerHead'>
  readonly consumers: ReadonlyMap<string, Pick<KnownConsumer, 'gatewayKeys'>>
  /** Origins of the logs of each peer, oldest first, by organisation. */
  readonly origins: ReadonlyMap<string, readonly string[]>
}

/** What came in, as far as it is looked at. */
export interface SeenCheckpointRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

/**
 * The newest checkpoint that this gateway has verified of the log of whoever signed the request: a
 * note. Nobody learns it of another's log, since the times at which it grows would tell who asked
 * whom and when.
 */
export async function seenCheckpoint(
  { headers, body }: SeenCheckpointRequest,
  deps: SeenCheckpointDeps,
): Promise<string | ProblemResponse> {
  const { authority, clock, ed25519 } = deps
  const message = { method: 'POST', authority, path: seenCheckpointPath, headers, body }
  const keys = new Map([...deps.consumers.values()].flatMap(({ gatewayKeys }) => [...gatewayKeys]))
  const verdict = verifyRequest(message, {
    keyOf: (keyId) => keys.get(keyId),
    nowMs: clock.now(),
    ed25519,
  })
  if (!verdict.ok) return problemResponse(verdict.code)
  const peer = [...deps.consumers].find(([, { gatewayKeys }]) => gatewayKeys.has(verdict.keyId))
  const origins = deps.origins.get(peer?.[0] ?? '') ?? []
  const seen = await newestPeerHead(deps.reader, origins)
  return seen?.checkpoint ?? problemResponse('NOT_FOUND')
}

/** Adds `POST /v1/seen-checkpoint` to the public interface of a gateway. */
export function addSeenCheckpoint(app: FastifyInstance, deps: SeenCheckpointDeps): void {
  app.post(seenCheckpointPath, async ({ headers, body }, reply) => {
    const bytes = body instanceof Uint8Array ? body : new Uint8Array()
    const found = await seenCheckpoint({ headers, body: bytes }, deps)
    void reply.header('cache-control', 'no-store')
    if (typeof found === 'string') return reply.type('text/plain; charset=utf-8').send(found)
    return await reply.code(found.status).type(found.contentType).send(Buffer.from(found.body))
  })
}
