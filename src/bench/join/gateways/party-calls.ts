import * as z from 'zod'
import { decodeUtf8, utf8 } from '../../../bytes/index.ts'
import type { HttpClient } from '../../../ports/index.ts'
import { BenchError } from '../../bench-error.ts'
import type { FoundedParty } from './found-join.ts'

const limits = { timeoutMs: 60_000, maxResponseBytes: 8_388_608 }
const problemSchema = z.object({ code: z.string() })

/** Calls of one party's own people on its gateway, as its commands make them. */
export interface PartyCalls {
  /** @throws {@link BenchError} `RUN_REJECTED` with the gateway's code */
  ask(path: string, body: object): Promise<unknown>
  /** On the inner listener. @throws {@link BenchError} as {@link ask} does */
  act(path: string, body: object | Uint8Array): Promise<unknown>
  /** What the inner listener tells. */
  get(path: string): Promise<unknown>
}

/** The calls on a gateway that runs. */
export function partyCalls(
  { publicPort, adminPort, organisation }: FoundedParty,
  token: string,
  http: HttpClient,
): PartyCalls {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const call = async (
    port: number,
    path: string,
    body: object | Uint8Array | undefined,
  ): Promise<unknown> => {
    const url = `http://127.0.0.1:${port}${path}`
    const bytes = body instanceof Uint8Array ? body : utf8(JSON.stringify(body))
    const request =
      body === undefined
        ? { method: 'GET' as const, url, headers, ...limits }
        : { method: 'POST' as const, url, headers, body: bytes, ...limits }
    const response = await http.send(request)
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    if (response.status === 200) return json
    const code = problemSchema.safeParse(json).data?.code ?? String(response.status)
    throw new BenchError('RUN_REJECTED', `The gateway of ${organisation.id} refuses: ${code}.`, {
      cause: code,
    })
  }
  return {
    ask: (path, body) => call(publicPort, path, body),
    act: (path, body) => call(adminPort, path, body),
    get: (path) => call(adminPort, path, undefined),
  }
}
