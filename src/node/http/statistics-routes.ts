import type { FastifyInstance } from 'fastify'
import type * as z from 'zod'
import {
  type JoinDesk,
  type KeptAnalysis,
  readDraftQuery,
  type StatisticsDesk,
} from '../../population/index.ts'
import { addAnalystRoute, type AnalystDeps, type AnalystWork } from './analyst-route.ts'
import { addJoins } from './join-routes.ts'
import { statisticsBodies } from './statistics-request.ts'

/** What asking about populations through this gateway needs. */
export interface StatisticsRoutesDeps extends AnalystDeps {
  readonly desk: StatisticsDesk
  /** Of a gateway that runs joins. */
  readonly joins?: JoinDesk | undefined
}

function keptJson({ answer: outcome, ...rest }: KeptAnalysis): unknown {
  return { ...rest, answer: outcome }
}

/**
 * Adds the interface for an organisation's own analysts: `POST /v1/statistics`, `…/previews`, `…/agreements`, `…/results` and
 * `…/result`, and those of joins. None of them is about a person.
 */
export function addStatistics(app: FastifyInstance, deps: StatisticsRoutesDeps): void {
  const add = <Body>(path: string, schema: z.ZodType<Body>, work: AnalystWork<Body>): void => {
    addAnalystRoute(app, path, { schema, work, deps })
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
  if (deps.joins !== undefined) addJoins(app, deps.joins, deps)
}
