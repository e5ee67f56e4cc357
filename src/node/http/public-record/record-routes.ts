import type { FastifyInstance } from 'fastify'
import type { Json } from '../../../bytes/index.ts'
import type { ExchangeReader } from '../../../person/index.ts'
import { monthCountsJson, type PublicCounts } from '../../../oversight/index.ts'
import type { Clock } from '../../../ports/index.ts'
import { runningVersion } from '../../running-version.ts'
import {
  type BudgetListDeps,
  listBudgets,
  listInForce,
  type PublicAgreementDeps,
} from '../office/index.ts'
import { sharedAnswer } from './shared-answer.ts'

/** What the public record of an organisation is read from. */
export interface PublicRecordDeps {
  readonly organisation: string
  /** Milliseconds between the publication of what widens and its effect. */
  readonly timeLockMs: number
  readonly agreements: Omit<PublicAgreementDeps, 'clock'>
  readonly budgets: BudgetListDeps
}

/** What the counts alone are read from: every gateway has them. */
export interface PublicCountsDeps {
  readonly reader: Pick<ExchangeReader, 'emergencyCounts' | 'secrecyOrders'>
  readonly clock: Clock
  /** Month by month; `undefined` while the log is read after a start. Reads nothing. */
  readonly counts?: (() => PublicCounts | undefined) | undefined
  /** Left out: only the counts are served. */
  readonly record?: PublicRecordDeps | undefined
}

/** Everything here but the month that runs stands in the published governance entries as well, one by one. */
/** The month that runs, and those that stand in the log. */
function monthsJson(counts: PublicCounts | undefined): Json {
  if (counts === undefined) return null
  return {
    running: monthCountsJson(counts.running),
    months: counts.months.map(({ counts: month, log, entry }) => ({
      ...monthCountsJson(month),
      log,
      entry,
    })),
  }
}

async function countsOf({ reader, counts }: PublicCountsDeps): Promise<Json> {
  const orders = await reader.secrecyOrders()
  return {
    ...(counts !== undefined && { questions: monthsJson(counts()) }),
    emergencies: { ...(await reader.emergencyCounts()) },
    secrecyOrders: orders.map(({ place, agreement, opened, ...order }) => ({
      agreement: order.name,
      law: order.law,
      authority: order.authority,
      issuedAtMs: order.issuedAtMs,
      untilMs: order.untilMs,
      withheld: order.withheld,
      opened,
      digest: agreement,
      log: place.origin,
      entry: place.index,
    })),
  }
}

async function agreementsOf(
  { organisation, timeLockMs, agreements }: PublicRecordDeps,
  clock: Clock,
): Promise<Json> {
  return {
    organisation,
    version: runningVersion,
    timeLockMs,
    agreements: [...(await listInForce({ ...agreements, clock }))],
  }
}

/**
 * What an organisation tells everybody: `GET /v1/public-counts`, how many questions there were month by month, and how
 * often powers without a case or without a notice were used; `GET /v1/agreements`, the agreements in force; `GET /v1/budgets`, what is spent of the year. Counts
 * alone, and nothing that is not in the published log.
 */
export function addPublicRecord(app: FastifyInstance, deps: PublicCountsDeps): void {
  const { record, clock } = deps
  app.get(
    '/v1/public-counts',
    // Two rows of the store; a power that was used is told at once.
    sharedAnswer(() => countsOf(deps), { clock, seconds: 0 }),
  )
  if (record === undefined) return
  app.get(
    '/v1/agreements',
    sharedAnswer(() => agreementsOf(record, clock), { clock }),
  )
  app.get(
    '/v1/budgets',
    sharedAnswer(() => listBudgets(record.budgets), { clock }),
  )
}
