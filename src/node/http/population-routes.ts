import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type AskingOrganisation,
  populationPreviewPath,
  populationQuestionPath,
  type PopulationAnswerer,
} from '../../population/index.ts'
import type { SignedRequest, SignedResponse } from '../../protocol/index.ts'

/** What the routes for peers work on. */
export interface PopulationRoutesDeps {
  readonly population: Pick<PopulationAnswerer, 'question' | 'preview'>
  readonly authority: string
  /** Who may ask over this connection. */
  readonly consumersOf: (request: FastifyRequest) => ReadonlyMap<string, AskingOrganisation>
  /** Whether the peer that has signed a request may have it looked at, and its connection kept. */
  readonly mayAsk: (socket: Socket, peer: string) => boolean
}

async function send(reply: FastifyReply, response: SignedResponse): Promise<FastifyReply> {
  for (const [name, value] of Object.entries(response.headers))
    if (typeof value === 'string') void reply.header(name, value)
  return await reply.code(response.status).send(Buffer.from(response.body))
}

/** Adds what peers may ask about a population: a table, or what one would cost. No route lists or selects anybody. */
export function addPopulation(app: FastifyInstance, deps: PopulationRoutesDeps): void {
  const { population, authority, consumersOf, mayAsk } = deps
  for (const [path, serve] of [
    [populationQuestionPath, 'question'],
    [populationPreviewPath, 'preview'],
  ] as const)
    app.post(path, async (request, reply) => {
      const { body, headers } = request
      const signed: SignedRequest = {
        method: 'POST',
        authority,
        path,
        headers,
        body: body instanceof Uint8Array ? body : new Uint8Array(),
      }
      const context = {
        consumers: consumersOf(request),
        mayAsk: (peer: string) => mayAsk(request.raw.socket, peer),
      }
      return send(reply, await population[serve](signed, context))
    })
}
