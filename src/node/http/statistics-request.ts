import * as z from 'zod'
import { type ExchangeId, exchangeIdSchema } from '../../protocol/index.ts'

/** Who asks, where no access token says so. */
interface ByAnalyst {
  readonly analyst?: string | undefined
}

interface UnderAgreement extends ByAnalyst {
  readonly agreement: string
}

/** The bodies of the interface for analysts. A query is read by itself, so that its refusal can say where it is wrong. */
export interface StatisticsBodies {
  readonly ask: UnderAgreement & {
    readonly query: unknown
    readonly exchangeId?: ExchangeId | undefined
  }
  readonly preview: UnderAgreement & { readonly query?: unknown }
  readonly list: ByAnalyst
  readonly result: ByAnalyst & { readonly exchangeId: ExchangeId }
}

const agreement = z.string().regex(/^[a-z0-9][a-z0-9-]{2,62}$/)
const analyst = z.string().min(1).max(64).optional()

/** Accepts {@link StatisticsBodies}; the source of the interface's description as well. */
export const statisticsBodies: {
  readonly [Name in keyof StatisticsBodies]: z.ZodType<StatisticsBodies[Name]>
} = {
  ask: z.strictObject({
    agreement,
    analyst,
    query: z.unknown(),
    exchangeId: exchangeIdSchema.optional(),
  }),
  preview: z.strictObject({ agreement, analyst, query: z.unknown().optional() }),
  list: z.strictObject({ analyst }),
  result: z.strictObject({ exchangeId: exchangeIdSchema, analyst }),
}

/** The bodies of the interface for analysts who ask over two registers. */
export interface JoinBodies {
  readonly ask: ByAnalyst & { readonly question: unknown }
  /** The ids of both agreements. */
  readonly offer: ByAnalyst & { readonly left: string; readonly right: string }
  readonly list: ByAnalyst
  readonly result: ByAnalyst & { readonly qid: string }
}

/** Accepts {@link JoinBodies}. */
export const joinBodies: { readonly [Name in keyof JoinBodies]: z.ZodType<JoinBodies[Name]> } = {
  ask: z.strictObject({ analyst, question: z.unknown() }),
  offer: z.strictObject({ analyst, left: agreement, right: agreement }),
  list: z.strictObject({ analyst }),
  result: z.strictObject({ qid: z.string().regex(/^[0-9a-f]{32}$/), analyst }),
}
