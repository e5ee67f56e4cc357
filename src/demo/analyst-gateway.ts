import * as z from 'zod'
import { decodeUtf8, utf8 } from '../bytes/index.ts'
import { PopulationError, populationErrorCodes } from '../population/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { localAddress } from './demo-config.ts'
import { type DemoOrganisationId, demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

const limits = { timeoutMs: 45_000, maxResponseBytes: 67_108_864 }
const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
})

function problemOf(json: unknown): PopulationError {
  const { code: said, title, detail } = problemSchema.parse(json)
  const code = populationErrorCodes.find((one) => one === said)
  return new PopulationError(code ?? 'PEER_REFUSED', title, {
    detail: code === undefined ? said : (detail ?? ''),
  })
}

/** Sends a body to a path below `/v1/statistics` and resolves with the JSON of its answer. Rejects with `PopulationError`. */
export type AnalystGateway = (path: string, body: object) => Promise<unknown>

/** The interface for analysts of one organisation's gateway, of a demo that runs. */
export function analystGateway(
  { basePort, pagesToken }: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  http: HttpClient,
  organisation: DemoOrganisationId,
): AnalystGateway {
  const offset = demoOrganisations.find(({ id }) => id === organisation)?.portOffset ?? 0
  const base = `http://${localAddress(basePort + offset + portOffsets.pages)}/v1/statistics`
  const headers = { authorization: `Bearer ${pagesToken}`, 'content-type': 'application/json' }
  return async (path, body) => {
    const request = { method: 'POST' as const, url: `${base}${path}`, headers, ...limits }
    const response = await http.send({ ...request, body: utf8(JSON.stringify(body)) })
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    if (response.status === 200) return json
    throw problemOf(json)
  }
}
