import * as z from 'zod'
import { decodeUtf8, utf8 } from '../bytes/index.ts'
import { systemTimers } from '../platform/index.ts'
import {
  type PopulationAnswer,
  populationAnswerSchema,
  type PreviewAnswer,
  previewAnswerSchema,
} from '../population/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { localAddress } from './demo-config.ts'
import { DemoError } from './demo-error.ts'
import { demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** Asks about populations through housing's gateway, as the agency's own analysts do. */
export interface DemoStatistics {
  preview(agreement: string, analyst: string, query: unknown): Promise<PreviewAnswer>
  /** Asks, and waits for the release. */
  run(
    agreement: string,
    analyst: string,
    query: unknown,
  ): Promise<Exclude<PopulationAnswer, { state: 'pending' }>>
}

const limits = { timeoutMs: 45_000, maxResponseBytes: 8_388_608 }
const problemSchema = z.object({ code: z.string(), title: z.string() })

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
    const { code, title } = problemSchema.parse(json)
    throw new DemoError('REQUEST_FAILED', `${code}: ${title}`)
  }
  return {
    preview: async (agreement, analyst, query) =>
      previewAnswerSchema.parse(await post('/previews', { agreement, analyst, query })),
    async run(agreement, analyst, query) {
      const body = { agreement, analyst, query }
      let answer = populationAnswerSchema.parse(await post('', body))
      while (answer.state === 'pending') {
        await systemTimers.sleep(500)
        const { exchangeId } = answer
        answer = populationAnswerSchema.parse(await post('', { ...body, exchangeId }))
      }
      return answer
    },
  }
}
