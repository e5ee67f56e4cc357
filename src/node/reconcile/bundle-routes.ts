import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { decodeUtf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { type AskingOrganisation, NonceMemory, verifiedSender } from '../../population/index.ts'
import { type SignedRequest, verifyRequest } from '../../protocol/index.ts'
import { problemResponse, type ProblemResponse } from '../http/problem-response.ts'
import { bundleFor, type BundleAnswer, type BundleDeskDeps } from './bundle-desk.ts'
import { bundleProblem } from './bundle-problem.ts'

/** Where bundles are asked for: on the inner interface by an own caller, on the public one by an inspector. */
export const bundlesPath = '/v1/reconciliation-bundles'

/** The type of a bundle: JSON, a line each. */
export const bundleType = 'application/x-ndjson'

const organisation = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/)
const range = {
  v: z.literal(1),
  log: z.string().min(1).max(200).nullable(),
  first: z.int().nonnegative(),
}
const ownWish = z.strictObject({
  ...range,
  with: z.array(organisation).min(1).max(64).nullable(),
  to: organisation,
})
/** What an inspector asks for a bundle by. */
export const peerWishSchema: z.ZodType<{
  readonly v: 1
  readonly log: string | null
  readonly first: number
}> = z.strictObject(range)

async function refuse(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

async function sendBundle(reply: FastifyReply, answer: BundleAnswer): Promise<FastifyReply> {
  if (answer.state === 'ready') {
    void reply.header('cache-control', 'no-store').type(bundleType)
    return await reply.send(Readable.from(answer.pieces, { objectMode: false }))
  }
  return refuse(reply, bundleProblem(answer.code))
}

/** Adds `POST /v1/reconciliation-bundles` to the inner interface, for a caller who may act. */
export function addOwnBundles(app: FastifyInstance, desk: BundleDeskDeps): void {
  app.post(bundlesPath, async (request, reply) => {
    const parsed = ownWish.safeParse(request.body)
    if (!parsed.success) return refuse(reply, problemResponse('MALFORMED'))
    return sendBundle(reply, await bundleFor(parsed.data, desk))
  })
}

/** What handing out bundles to inspectors needs. */
export interface PeerBundleDeps {
  readonly desk: BundleDeskDeps
  /** The peers that are inspectors here, and nobody else. */
  readonly inspectors: readonly string[]
  /** Who may ask over this connection. */
  readonly consumersOf: (request: FastifyRequest) => ReadonlyMap<string, AskingOrganisation>
  readonly authority: string
  readonly ed25519: Ed25519
  readonly mayAsk: (socket: Socket, peer: string) => boolean
}

function bodyOf({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}

function readWish(bytes: Uint8Array): z.infer<typeof peerWishSchema> | undefined {
  try {
    return peerWishSchema.parse(JSON.parse(decodeUtf8(bytes)))
  } catch {
    return undefined
  }
}

/**
 * Adds `POST /v1/reconciliation-bundles` to the public interface: an inspector's signed request, taken once. To
 * anybody else it is a signature of an unknown key.
 */
export function addPeerBundles(app: FastifyInstance, deps: PeerBundleDeps): void {
  const { desk, inspectors, consumersOf, authority, ed25519, mayAsk } = deps
  const nonces = new NonceMemory(desk.clock)
  app.post(bundlesPath, async (request, reply) => {
    const { headers } = request
    const body = bodyOf(request)
    const signed: SignedRequest = { method: 'POST', authority, path: bundlesPath, headers, body }
    const known = [...consumersOf(request)].filter(([id]) => inspectors.includes(id))
    const sender = verifiedSender(signed, verifyRequest, {
      consumers: new Map(known),
      mayAsk: (peer) => mayAsk(request.raw.socket, peer),
      nonces,
      clock: desk.clock,
      ed25519,
    })
    if (typeof sender === 'string') return refuse(reply, problemResponse(sender))
    const wish = readWish(body)
    if (wish === undefined) return refuse(reply, problemResponse('MALFORMED'))
    return sendBundle(reply, await bundleFor({ ...wish, with: null, to: sender.consumer.id }, desk))
  })
}
