import type { FastifyInstance } from 'fastify'
import type * as z from 'zod'
import {
  type AskableJoin,
  type JoinDesk,
  joinListedJson,
  joinViewJson,
  readDraftJoin,
} from '../../population/index.ts'
import { addAnalystRoute, type AnalystDeps, type AnalystWork } from './analyst-route.ts'
import { joinBodies } from './statistics-request.ts'

function askableJson({ left, right, keyspace, inspector }: AskableJoin): unknown {
  const [one, other] = [left, right].map(({ agreement, state }) => ({
    agreement: agreement.id,
    version: agreement.version,
    provider: agreement.provider,
    state,
  }))
  return { left: one, right: other, keyspace, inspector }
}

/**
 * Adds the interface for analysts who ask over two registers: `POST /v1/statistics/joins`, `…/agreements`, `…/offers`,
 * `…/previews`, `…/results` and `…/result`. None of them is about a person.
 */
export function addJoins(app: FastifyInstance, desk: JoinDesk, deps: AnalystDeps): void {
  const add = <Body>(path: string, schema: z.ZodType<Body>, work: AnalystWork<Body>): void => {
    addAnalystRoute(app, `/v1/statistics/joins${path}`, { schema, work, deps })
  }
  add('', joinBodies.ask, ({ question }, who) => desk.ask(readDraftJoin(question), who))
  add('/agreements', joinBodies.list, async () =>
    (await desk.joins()).map((one) => askableJson(one)),
  )
  add('/offers', joinBodies.offer, ({ left, right }, who) => desk.offer({ left, right }, who))
  add('/previews', joinBodies.ask, ({ question }, who) =>
    desk.preview(readDraftJoin(question), who),
  )
  add('/results', joinBodies.list, async (_body, who) =>
    (await desk.results(who)).map((listed) => joinListedJson(listed)),
  )
  add('/result', joinBodies.result, async ({ qid }) => joinViewJson(await desk.result(qid)))
}
