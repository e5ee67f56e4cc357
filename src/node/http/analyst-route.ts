import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { BytesError, decodeUtf8 } from '../../bytes/index.ts'
import { PopulationError, type PopulationErrorCode } from '../../population/index.ts'
import { type AskCaller, type AskCallers, identifyCaller } from './identify-caller.ts'
import {
  innerProblem,
  problemResponse,
  type ProblemResponse,
  statisticsProblem,
} from './problem-response.ts'

/** Who may ask for tables, and whether anything may be answered now. */
export interface AnalystDeps {
  readonly analysts: AskCallers
  readonly mayAnswer: () => boolean
}

/** The problems that are told with the provider's own code, or the place in the query. */
const detailed: ReadonlySet<PopulationErrorCode> = new Set(['PEER_REFUSED', 'QUERY_MALFORMED'])

function jsonOf(request: FastifyRequest): unknown {
  const { body } = request
  try {
    const json: unknown = JSON.parse(
      decodeUtf8(body instanceof Uint8Array ? body : new Uint8Array()),
    )
    return json
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof BytesError) return undefined
    throw cause
  }
}

type Outcome = ProblemResponse | { readonly json: unknown }

function isProblem(outcome: Outcome): outcome is ProblemResponse {
  return 'contentType' in outcome
}

async function send(reply: FastifyReply, outcome: Outcome): Promise<FastifyReply> {
  if (!isProblem(outcome))
    return await reply.type('application/json').send(JSON.stringify(outcome.json))
  const { status, contentType, body } = outcome
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="cloison"')
  return await reply.code(status).type(contentType).send(Buffer.from(body))
}

function problemOf({ code, message, detail }: PopulationError): ProblemResponse {
  return statisticsProblem(code, message, detailed.has(code) ? detail : undefined)
}

/** Who asks: as the token says, or, of a caller that vouches itself, as the body says. */
function analystOf(caller: AskCaller, named: string | undefined): string | ProblemResponse {
  const { official } = caller
  if (official === undefined) return named ?? problemResponse('MALFORMED')
  return named === undefined || named === official.id
    ? official.id
    : innerProblem('OFFICIAL_MISMATCH')
}

/** What a route does for an analyst; what it returns is the JSON that leaves. */
export type AnalystWork<Body> = (body: Body, analyst: string) => Promise<unknown>

/** One route: the form of its body, and what is done. */
export interface AnalystRoute<Body> {
  readonly schema: z.ZodType<Body>
  readonly work: AnalystWork<Body>
  readonly deps: AnalystDeps
}

async function answer<Body>(
  request: FastifyRequest,
  { schema, work, deps }: AnalystRoute<Body>,
): Promise<Outcome> {
  const { authorization } = request.headers
  const shown = { authorization, socket: request.raw.socket }
  const caller = await identifyCaller(shown, deps.analysts)
  if (caller === 'unavailable') return innerProblem('IDENTITY_UNAVAILABLE')
  if (caller === 'unknown') return problemResponse('UNAUTHENTICATED')
  if (!deps.mayAnswer()) return problemResponse('LOG_UNAVAILABLE')
  const parsed = schema.safeParse(jsonOf(request))
  if (!parsed.success) return problemResponse('MALFORMED')
  const { data } = parsed
  const named =
    typeof data === 'object' && data !== null && 'analyst' in data ? data.analyst : undefined
  const who = analystOf(caller, typeof named === 'string' ? named : undefined)
  if (typeof who !== 'string') return who
  try {
    return { json: await work(data, who) }
  } catch (cause) {
    if (cause instanceof PopulationError) return problemOf(cause)
    throw cause
  }
}

/** Adds one route for an organisation's own analysts: who asks is found out first, then the body is read. */
export function addAnalystRoute<Body>(
  app: FastifyInstance,
  path: string,
  route: AnalystRoute<Body>,
): void {
  app.post(path, async (request, reply) => send(reply, await answer(request, route)))
}
