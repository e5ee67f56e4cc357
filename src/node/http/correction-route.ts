import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  correctionPath,
  type CorrectionReceiverDeps,
  receiveCorrection,
} from '../../person/index.ts'

/** What peers tell of corrections with. */
export interface CorrectionRouteDeps {
  readonly receiver: Omit<CorrectionReceiverDeps, 'peers' | 'mayAsk'>
  readonly authority: string
  /** Who may speak over this connection. */
  readonly peersOf: (request: FastifyRequest) => CorrectionReceiverDeps['peers']
  /** Whether the peer that has signed a request may have it looked at, and its connection kept. */
  readonly mayAsk: (socket: Socket, peer: string) => boolean
}

/** Adds the leg by which those who had data are told that it was corrected. */
export function addCorrections(app: FastifyInstance, deps: CorrectionRouteDeps): void {
  const { receiver, authority, peersOf, mayAsk } = deps
  app.post(correctionPath, async (request, reply): Promise<FastifyReply> => {
    const { body, headers } = request
    const signed = {
      method: 'POST',
      authority,
      path: correctionPath,
      headers,
      body: body instanceof Uint8Array ? body : new Uint8Array(),
    }
    const response = await receiveCorrection(signed, {
      ...receiver,
      peers: peersOf(request),
      mayAsk: (peer) => mayAsk(request.raw.socket, peer),
    })
    for (const [name, value] of Object.entries(response.headers))
      if (typeof value === 'string') void reply.header(name, value)
    return await reply.code(response.status).send(Buffer.from(response.body))
  })
}
