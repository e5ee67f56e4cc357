import * as z from 'zod'
import { decodeUtf8, utf8 } from '../../bytes/index.ts'
import { PopulationError, populationErrorCodes } from '../../population/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { GatewayAddress } from '../gateway-address.ts'

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
export type AnalystCalls = (path: string, body: object) => Promise<unknown>

/** The interface for analysts of one organisation's gateway. */
export function analystCalls(
  { url, token }: Pick<GatewayAddress, 'url' | 'token'>,
  http: HttpClient,
): AnalystCalls {
  const base = `${url}/v1/statistics`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (path, body) => {
    const request = { method: 'POST' as const, url: `${base}${path}`, headers, ...limits }
    const response = await http.send({ ...request, body: utf8(JSON.stringify(body)) })
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    if (response.status === 200) return json
    throw problemOf(json)
  }
}
