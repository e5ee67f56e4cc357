import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { BytesError, decodeUtf8 } from '../../bytes/index.ts'
import {
  type KeptAnalysis,
  PopulationError,
  type PopulationErrorCode,
  readDraftQuery,
  type StatisticsDesk,
} from '../../population/index.ts'
import { type AskCaller, type AskCallers, identifyCaller } from './identify-caller.ts'
import { statisticsBodies } from './statistics-request.ts'
import {
  innerProblem,
  problemResponse,
  type ProblemResponse,
  statisticsProblem,
} from './problem-response.ts'

/** What asking about populations through this gateway needs. */
export interface StatisticsRoutesDeps {
  readonly desk: StatisticsDesk
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

type Work<Body> = (body: Body, analyst: string, deps: StatisticsRoutesDeps) => Promise<unknown>

async function answer<Body>(
  request: FastifyRequest,
  schema: z.ZodType<Body>,
  work: Work<Body>,
  deps: StatisticsRoutesDeps,
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
    return { json: await work(data, who, deps) }
  } catch (cause) {
    if (cause instanceof PopulationError) return problemOf(cause)
    throw cause
  }
}

function keptJson({ answer: outcome, ...rest }: KeptAnalysis): unknown {
  return { ...rest, answer: outcome }
}

/**
 * Adds the interface for an organisation's own analysts: `POST /v1/statistics`, `…/previews`, `…/agreements`, `…/results` and
 * `…/result`. None of them is about a person.
 */
export function addStatistics(app: FastifyInstance, deps: StatisticsRoutesDeps): void {
  const add = <Body>(path: string, schema: z.ZodType<Body>, work: Work<Body>): void => {
    app.post(path, async (request, reply) => send(reply, await answer(request, schema, work, deps)))
  }
  add('/v1/statistics', statisticsBodies.ask, ({ query, exchangeId, ...one }, who) =>
    deps.desk.ask({
      agreement: one.agreement,
      analyst: who,
      query: readDraftQuery(query),
      exchangeId,
    }),
  )
  add('/v1/statistics/previews', statisticsBodies.preview, ({ query, ...one }, who) =>
    deps.desk.preview(
      one.agreement,
      who,
      query === undefined || query === null ? null : readDraftQuery(query),
    ),
  )
  add('/v1/statistics/agreements', statisticsBodies.list, async () =>
    (await deps.desk.agreements()).map(({ agreement: one, state }) => ({
      id: one.id,
      version: one.version,
      provider: one.provider,
      state,
      purpose: one.purpose,
    })),
  )
  add('/v1/statistics/results', statisticsBodies.list, async (_body, who) =>
    (await deps.desk.results(who)).map((one) => keptJson(one)),
  )
  add('/v1/statistics/result', statisticsBodies.result, async ({ exchangeId }) =>
    keptJson(await deps.desk.result(exchangeId)),
  )
}
