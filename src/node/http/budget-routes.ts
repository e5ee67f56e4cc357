import type { FastifyInstance, FastifyReply } from 'fastify'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import {
  type BudgetRefusal,
  type BudgetVerifiers,
  type LedgerReader,
  openBudgetAct,
  parseBudgetAct,
  type PopulationWriter,
} from '../../population/index.ts'
import type { Clock } from '../../ports/index.ts'
import { budgetRefused, problemResponse, type ProblemResponse } from './problem-response.ts'

/** What opening a population's year needs. */
export interface BudgetRoutesDeps {
  readonly writer: PopulationWriter
  readonly reader: LedgerReader
  readonly verifiers: () => BudgetVerifiers
  readonly clock: Clock
  /** How long a renewal waits, in milliseconds. */
  readonly lockMs: number
  readonly demo: boolean
  readonly mayWrite: () => boolean
}

/** What a renewal needs besides: an inspector, and time in which anybody can object. */
async function renewalRefusal(
  population: string,
  budget: { readonly fromMs: number; readonly countersigned: boolean },
  { reader, clock, lockMs, demo }: BudgetRoutesDeps,
): Promise<BudgetRefusal | undefined> {
  if ((await reader.budgetOf(population)) === undefined || demo) return undefined
  if (!budget.countersigned) return 'BUDGET_NOT_COUNTERSIGNED'
  return budget.fromMs < clock.now() + lockMs ? 'BUDGET_TIME_LOCKED' : undefined
}

async function open(bytes: Uint8Array, deps: BudgetRoutesDeps): Promise<Json | ProblemResponse> {
  if (!deps.mayWrite()) return problemResponse('LOG_UNAVAILABLE')
  const act = parseBudgetAct(bytes)
  const opened = act === undefined ? 'BUDGET_MALFORMED' : openBudgetAct(act, deps.verifiers())
  if (typeof opened === 'string') return budgetRefused(opened)
  const refusal = await renewalRefusal(opened.population, opened.budget, deps)
  if (refusal !== undefined) return budgetRefused(refusal)
  const done = await deps.writer.commit({ type: 'budget-open', ...opened, demo: deps.demo })
  if (done.type !== 'budget-open') throw new TypeError('the writer answered another intent')
  return done.state === 'opened' ? { index: done.index } : budgetRefused(`BUDGET_${done.problem}`)
}

function isProblem(answer: Json | ProblemResponse): answer is ProblemResponse {
  return typeof answer === 'object' && answer !== null && 'contentType' in answer
}

async function send(reply: FastifyReply, answer: Json | ProblemResponse): Promise<FastifyReply> {
  if (!isProblem(answer))
    return await reply.type('application/json').send(Buffer.from(canonicalBytes(answer)))
  const { status, contentType, body } = answer
  return await reply.code(status).type(contentType).send(Buffer.from(body))
}

/** Adds `POST /v1/budgets`: opens a year of a population by its officers' signed act. */
export function addBudgets(app: FastifyInstance, deps: BudgetRoutesDeps): void {
  app.post('/v1/budgets', async ({ body }, reply) =>
    send(reply, await open(body instanceof Uint8Array ? body : new Uint8Array(), deps)),
  )
}
