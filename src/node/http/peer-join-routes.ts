import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type ArrivingMessage,
  type AskingOrganisation,
  type AuditableRuns,
  auditableRunsPath,
  type JoinAnswerer,
  joinProposalPath,
  type JoinRunner,
  mostPlanMessageBytes,
  mostRunsRequestBytes,
  type RunLeg,
  runLegs,
} from '../../population/index.ts'
import { concatBytes } from '../../bytes/index.ts'
import type { RequestHead, SignedResponse } from '../../protocol/index.ts'
import type { BodyDeadline } from './body-deadline.ts'
import { problemResponse } from './problem-response.ts'

/** What peers do with joins. */
export interface PeerJoinRoutesDeps {
  readonly answerer: Pick<JoinAnswerer, 'propose' | 'begin'>
  readonly runner: Pick<JoinRunner, 'receive'>
  readonly auditable: Pick<AuditableRuns, 'answer'>
  readonly authority: string
  /** Who may ask over this connection. */
  readonly consumersOf: (request: FastifyRequest) => ReadonlyMap<string, AskingOrganisation>
  /** Whether the peer that has signed a request may have it looked at, and its connection kept. */
  readonly mayAsk: (socket: Socket, peer: string) => boolean
  readonly deadline: BodyDeadline
}

const qidPattern = /^[0-9a-f]{32}$/

async function send(reply: FastifyReply, response: SignedResponse): Promise<FastifyReply> {
  for (const [name, value] of Object.entries(response.headers))
    if (typeof value === 'string') void reply.header(name, value)
  return await reply.code(response.status).send(Buffer.from(response.body))
}

async function sendProblem(
  reply: FastifyReply,
  code: 'TOO_LARGE' | 'NOT_FOUND',
): Promise<FastifyReply> {
  const { status, contentType, body } = problemResponse(code)
  return await reply.code(status).type(contentType).send(Buffer.from(body))
}

async function* piecesOf({ raw }: FastifyRequest): AsyncGenerator<Uint8Array, void> {
  for await (const piece of raw) if (piece instanceof Uint8Array) yield piece
}

/** A body of a plan's size, unless told; `undefined` for a longer one. */
async function wholeBody(
  request: FastifyRequest,
  most: number = mostPlanMessageBytes,
): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of piecesOf(request)) {
    length += piece.length
    if (length > most) return undefined
    pieces.push(piece)
  }
  return concatBytes(...pieces)
}

function headOf({ headers }: FastifyRequest, path: string, authority: string): RequestHead {
  return { method: 'POST', authority, path, headers }
}

/** Adds what the parties of joins send each other. Bodies are streams here: a list may have many megabytes. */
export function addPeerJoins(app: FastifyInstance, deps: PeerJoinRoutesDeps): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      ['application/json', 'application/octet-stream'],
      (_request, _payload, parsed) => parsed(null),
    )
    addPlans(scope, deps)
    addMessages(scope, deps)
    done()
  })
}

function connectionOf(
  request: FastifyRequest,
  { consumersOf, mayAsk }: PeerJoinRoutesDeps,
): ArrivingMessage['connection'] {
  const { socket } = request.raw
  return { consumers: consumersOf(request), mayAsk: (peer) => mayAsk(socket, peer) }
}

function addPlans(scope: FastifyInstance, deps: PeerJoinRoutesDeps): void {
  const { answerer, auditable, authority } = deps
  scope.post(auditableRunsPath, async (request, reply) => {
    const body = await wholeBody(request, mostRunsRequestBytes)
    if (body === undefined) return sendProblem(reply, 'TOO_LARGE')
    const signed = { ...headOf(request, auditableRunsPath, authority), body }
    return send(reply, await auditable.answer(signed, connectionOf(request, deps)))
  })
  scope.post(joinProposalPath, async (request, reply) => {
    const body = await wholeBody(request)
    if (body === undefined) return sendProblem(reply, 'TOO_LARGE')
    const signed = { ...headOf(request, joinProposalPath, authority), body }
    return send(reply, await answerer.propose(signed, connectionOf(request, deps)))
  })
  scope.post<{ Params: { qid: string } }>(
    `${joinProposalPath}/:qid/begin`,
    async (request, reply) => {
      const { qid } = request.params
      if (!qidPattern.test(qid)) return sendProblem(reply, 'NOT_FOUND')
      const body = await wholeBody(request)
      if (body === undefined) return sendProblem(reply, 'TOO_LARGE')
      const signed = { ...headOf(request, `${joinProposalPath}/${qid}/begin`, authority), body }
      return send(reply, await answerer.begin(qid, signed, connectionOf(request, deps)))
    },
  )
}

function addMessages(scope: FastifyInstance, deps: PeerJoinRoutesDeps): void {
  for (const leg of runLegs) addMessage(scope, leg, deps)
}

function addMessage(scope: FastifyInstance, leg: RunLeg, deps: PeerJoinRoutesDeps): void {
  const { runner, authority, deadline } = deps
  const name = leg.toLowerCase()
  scope.post<{ Params: { qid: string } }>(
    `${joinProposalPath}/:qid/${name}`,
    async (request, reply) => {
      const { qid } = request.params
      if (!qidPattern.test(qid)) return sendProblem(reply, 'NOT_FOUND')
      const response = await runner.receive({
        head: headOf(request, `${joinProposalPath}/${qid}/${name}`, authority),
        place: { qid, leg },
        connection: connectionOf(request, deps),
        body() {
          deadline.lift(request.raw)
          return piecesOf(request)
        },
      })
      return send(reply, response)
    },
  )
}
