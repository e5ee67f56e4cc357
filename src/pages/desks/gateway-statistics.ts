import * as z from 'zod'
import { systemTimers } from '../../platform/index.ts'
import {
  type Analysis,
  type DraftQuery,
  draftJson,
  type KeptAnalysis,
  keptAnalysisSchema,
  type PopulationAnswer,
  populationAnswerSchema,
  type PreviewAnswer,
  previewAnswerSchema,
} from '../../population/index.ts'
import type { AnalystCalls } from './analyst-calls.ts'

/** An agreement that an organisation's analysts may ask under. */
export interface GatewayTables {
  readonly id: string
  readonly version: number
  readonly provider: string
  readonly state: string
}

/** Asks about populations through a gateway, as the organisation's own analysts do. Rejects with `PopulationError`. */
export interface GatewayStatistics {
  agreements(): Promise<readonly GatewayTables[]>
  preview(agreement: string, analyst: string, draft: DraftQuery | null): Promise<PreviewAnswer>
  ask(analysis: Analysis): Promise<PopulationAnswer>
  /** Asks, and waits for the outcome. */
  run(analysis: Analysis): Promise<Exclude<PopulationAnswer, { state: 'pending' }>>
  results(analyst: string): Promise<readonly KeptAnalysis[]>
}

const tablesSchema = z.array(
  z.object({ id: z.string(), version: z.int(), provider: z.string(), state: z.string() }),
)

/** A client for a gateway that runs. */
export function gatewayStatistics(post: AnalystCalls): GatewayStatistics {
  const ask = async ({ query, ...analysis }: Analysis): Promise<PopulationAnswer> =>
    populationAnswerSchema.parse(await post('', { ...analysis, query: draftJson(query) }))
  return {
    ask,
    agreements: async () => tablesSchema.parse(await post('/agreements', { analyst: 'pages' })),
    preview: async (agreement, analyst, draft) =>
      previewAnswerSchema.parse(
        await post('/previews', {
          agreement,
          analyst,
          query: draft === null ? null : draftJson(draft),
        }),
      ),
    async run(analysis) {
      let answer = await ask(analysis)
      while (answer.state === 'pending') {
        await systemTimers.sleep(500)
        answer = await ask({ ...analysis, exchangeId: answer.exchangeId })
      }
      return answer
    },
    results: async (analyst) =>
      z.array(keptAnalysisSchema).parse(await post('/results', { analyst })),
  }
}
