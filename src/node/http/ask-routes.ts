import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import {
  askQuestion,
  type AskRequest,
  type ConsumerDeps,
  type ExchangeReader,
  outcomeOfRow,
  resumeQuestion,
} from '../../person/index.ts'
import { parseExchangeId } from '../../protocol/index.ts'
import { type AskBody, readAskRequest } from './ask-request.ts'
import { addConsents } from './consent-routes.ts'
import { type AskCaller, type AskCallers, identifyCaller } from './identify-caller.ts'
import { openApiDocument } from './openapi/index.ts'
import { innerProblem, problemResponse, type ProblemResponse } from './problem-response.ts'

/** What asking through this gateway needs. */
export interface AskRoutesDeps {
  readonly consumer: ConsumerDeps
  readonly reader: Pick<ExchangeReader, 'ask' | 'corrections'>
  readonly askCallers: AskCallers
  readonly mayAnswer: () => boolean
}

/** The field with the second official's access token, where the first one shows one as well. */
export const confirmationField = 'cloison-confirmation'

async function send(reply: FastifyReply, body: Json | ProblemResponse): Promise<FastifyReply> {
  if (!isProblem(body))
    return await reply.type('application/json').send(Buffer.from(canonicalBytes(body)))
  const { status, contentType } = body
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="cloison"')
  return await reply.code(status).type(contentType).send(Buffer.from(body.body))
}

function isProblem(body: Json | ProblemResponse): body is ProblemResponse {
  return typeof body === 'object' && body !== null && 'contentType' in body
}

function isCaller(value: AskCaller | ProblemResponse): value is AskCaller {
  return 'name' in value
}

async function callerOfRequest(
  request: FastifyRequest,
  { askCallers }: AskRoutesDeps,
  authorization = request.headers.authorization,
): Promise<AskCaller | ProblemResponse> {
  const caller = await identifyCaller({ authorization, socket: request.raw.socket }, askCallers)
  if (caller === 'unavailable') return innerProblem('IDENTITY_UNAVAILABLE')
  return caller === 'unknown' ? problemResponse('UNAUTHENTICATED') : caller
}

/** The second official: of a token like the first one's where that is how officials are known. */
async function confirmationOf(
  request: FastifyRequest,
  ask: AskBody,
  deps: AskRoutesDeps,
): Promise<AskRequest['confirmation'] | ProblemResponse> {
  const shown = request.headers[confirmationField]
  if (typeof shown !== 'string')
    return ask.confirmation === undefined ? undefined : innerProblem('OFFICIAL_MISMATCH')
  const second = await callerOfRequest(request, deps, shown)
  if (!isCaller(second)) return second
  const { official } = second
  const isMeant = ask.confirmation === undefined || ask.confirmation.id === official?.id
  return official !== undefined && isMeant ? official : innerProblem('OFFICIAL_MISMATCH')
}

/** The request with who asks: as the token says, or, of a caller that vouches itself, as the body says. */
async function attributed(
  request: FastifyRequest,
  caller: AskCaller,
  deps: AskRoutesDeps,
): Promise<AskRequest | ProblemResponse> {
  const { body, headers } = request
  const key = headers['idempotency-key']
  const bytes = body instanceof Uint8Array ? body : new Uint8Array()
  const ask = readAskRequest(bytes, typeof key === 'string' ? key : undefined)
  const { official } = caller
  if (official === undefined) {
    return ask.official === undefined
      ? problemResponse('MALFORMED')
      : { ...ask, official: ask.official }
  }
  if (ask.official !== undefined && ask.official.id !== official.id)
    return innerProblem('OFFICIAL_MISMATCH')
  const { confirmation: _named, ...rest } = ask
  const confirmation = await confirmationOf(request, ask, deps)
  if (confirmation === undefined) return { ...rest, official }
  return 'contentType' in confirmation ? confirmation : { ...rest, official, confirmation }
}

async function ask(request: FastifyRequest, deps: AskRoutesDeps): Promise<Json | ProblemResponse> {
  const caller = await callerOfRequest(request, deps)
  if (!isCaller(caller)) return caller
  if (!deps.mayAnswer()) return problemResponse('LOG_UNAVAILABLE')
  const asked = await attributed(request, caller, deps)
  return 'contentType' in asked ? asked : await askQuestion(asked, deps.consumer)
}

async function outcome(
  request: FastifyRequest<{ Params: { id: string } }>,
  deps: AskRoutesDeps,
): Promise<Json | ProblemResponse> {
  const caller = await callerOfRequest(request, deps)
  if (!isCaller(caller)) return caller
  const row = await deps.reader.ask(parseExchangeId(request.params.id))
  if (row === undefined) return problemResponse('NOT_FOUND')
  if (row.state !== 'asked') return outcomeOfRow(row, deps.consumer)
  return deps.mayAnswer() ? resumeQuestion(row, deps.consumer) : problemResponse('LOG_UNAVAILABLE')
}

/** What was corrected since in what this question was answered: for the notice beside the answer. */
async function corrections(
  request: FastifyRequest<{ Params: { id: string } }>,
  deps: AskRoutesDeps,
): Promise<Json | ProblemResponse> {
  const caller = await callerOfRequest(request, deps)
  if (!isCaller(caller)) return caller
  const exchangeId = parseExchangeId(request.params.id)
  if ((await deps.reader.ask(exchangeId)) === undefined) return problemResponse('NOT_FOUND')
  const rows = await deps.reader.corrections(exchangeId)
  return {
    corrections: rows.map(({ elements, correctedAtMs, atMs, place }) => ({
      elements: [...elements],
      correctedAtMs,
      receivedAtMs: atMs,
      log: place.origin,
      entry: place.index,
    })),
  }
}

/**
 * Adds the asking interface for the organisation's own systems, `POST /v1/ask`,
 * `GET /v1/asks/<exchangeId>` and `…/corrections`, and its description, `GET /v1/openapi.json`.
 */
export function addAsking(app: FastifyInstance, deps: AskRoutesDeps): void {
  app.post('/v1/ask', async (request, reply) => send(reply, await ask(request, deps)))
  app.get<{ Params: { id: string } }>('/v1/asks/:id', async (request, reply) =>
    send(reply, await outcome(request, deps)),
  )
  app.get<{ Params: { id: string } }>('/v1/asks/:id/corrections', async (request, reply) =>
    send(reply, await corrections(request, deps)),
  )
  addConsents(app, deps)
  const description = Buffer.from(JSON.stringify(openApiDocument(), null, 2))
  app.get('/v1/openapi.json', async (_request, reply) =>
    reply.type('application/json').send(description),
  )
}
