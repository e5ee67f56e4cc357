import * as z from 'zod'
import { decodeUtf8, utf8 } from '../bytes/index.ts'
import { systemTimers } from '../platform/index.ts'
import {
  type Analysis,
  type DraftQuery,
  draftJson,
  type KeptAnalysis,
  keptAnalysisSchema,
  type PopulationAnswer,
  populationAnswerSchema,
  PopulationError,
  populationErrorCodes,
  type PreviewAnswer,
  previewAnswerSchema,
} from '../population/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { localAddress } from './demo-config.ts'
import { demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** An agreement that housing's analysts may ask under. */
export interface DemoTables {
  readonly id: string
  readonly version: number
  readonly provider: string
  readonly state: string
}

/** Asks about populations through housing's gateway, as the agency's own analysts do. Rejects with `PopulationError`. */
export interface DemoStatistics {
  agreements(): Promise<readonly DemoTables[]>
  preview(agreement: string, analyst: string, draft: DraftQuery | null): Promise<PreviewAnswer>
  ask(analysis: Analysis): Promise<PopulationAnswer>
  /** Asks, and waits for the outcome. */
  run(analysis: Analysis): Promise<Exclude<PopulationAnswer, { state: 'pending' }>>
  results(analyst: string): Promise<readonly KeptAnalysis[]>
}

const limits = { timeoutMs: 45_000, maxResponseBytes: 67_108_864 }
const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
})
const tablesSchema = z.array(
  z.object({ id: z.string(), version: z.int(), provider: z.string(), state: z.string() }),
)

function problemOf(json: unknown): PopulationError {
  const { code: said, title, detail } = problemSchema.parse(json)
  const code = populationErrorCodes.find((one) => one === said)
  return new PopulationError(code ?? 'PEER_REFUSED', title, {
    detail: code === undefined ? said : (detail ?? ''),
  })
}

/** A client for a demo that runs. */
export function demoStatistics(
  { basePort, pagesToken }: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  http: HttpClient,
): DemoStatistics {
  const offset = demoOrganisations.find(({ id }) => id === 'housing')?.portOffset ?? 0
  const base = `http://${localAddress(basePort + offset + portOffsets.pages)}/v1/statistics`
  const headers = { authorization: `Bearer ${pagesToken}`, 'content-type': 'application/json' }
  const post = async (path: string, body: object): Promise<unknown> => {
    const request = { method: 'POST' as const, url: `${base}${path}`, headers, ...limits }
    const response = await http.send({ ...request, body: utf8(JSON.stringify(body)) })
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    if (response.status === 200) return json
    throw problemOf(json)
  }
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
