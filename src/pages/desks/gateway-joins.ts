import * as z from 'zod'
import {
  draftJoinJson,
  readJoinAsked,
  readJoinList,
  readJoinOffer,
  readJoinPreview,
  readJoinView,
} from '../../population/index.ts'
import { joinParquet } from '../../storage/parquet/index.ts'
import type { AskablePair, AskableTables, JoinTablesDesk } from '../../web/index.ts'
import type { AnalystCalls } from './analyst-calls.ts'

const tables: z.ZodType<AskableTables> = z
  .object({ agreement: z.string(), version: z.int(), provider: z.string(), state: z.string() })
  .transform(({ agreement: id, ...rest }) => ({ id, ...rest }))

const pairs: z.ZodType<readonly AskablePair[]> = z.array(
  z.object({ left: tables, right: tables, keyspace: z.string(), inspector: z.string() }),
)

/** Who is named where an answer is about nobody's own questions. */
const anybody = { analyst: 'pages' }

/**
 * Asks over two registers through a gateway, as the organisation's own analysts do; `audit` reads what inspectors
 * publish. Rejects with `PopulationError`.
 */
export function gatewayJoins(post: AnalystCalls, audit: JoinTablesDesk['audit']): JoinTablesDesk {
  return {
    pairs: async () => pairs.parse(await post('/joins/agreements', anybody)),
    offer: async ({ left, right }, analyst) =>
      readJoinOffer(await post('/joins/offers', { left, right, analyst })),
    preview: async (draft, analyst) =>
      readJoinPreview(await post('/joins/previews', { analyst, question: draftJoinJson(draft) })),
    ask: async (draft, analyst) =>
      readJoinAsked(await post('/joins', { analyst, question: draftJoinJson(draft) })),
    results: async (analyst) => readJoinList(await post('/joins/results', { analyst })),
    result: async (qid) => readJoinView(await post('/joins/result', { qid, ...anybody })),
    audit,
    parquet: joinParquet,
  }
}
