import * as z from 'zod'
import { decodeUtf8, utf8 } from '../../bytes/index.ts'
import type { HttpClient, HttpResponse } from '../../ports/index.ts'
import { localAddress } from '../demo-config.ts'
import { DemoError } from '../demo-error.ts'
import { type DemoOrganisationId, demoOrganisations, portOffsets } from '../demo-layout.ts'
import type { PreparedDemo } from '../prepare-demo.ts'

/** What the inner interface of one gateway answered: JSON, or the code of a problem. */
export type AdminReply =
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'problem'; readonly code: string; readonly title: string }

/** How long and large an answer may be. */
export interface CallTerms {
  readonly timeoutMs: number
  readonly maxResponseBytes: number
}

/** Calls of one organisation's inner interface, as its own pages make them. */
export interface AdminCalls {
  /** @throws {@link DemoError} `REQUEST_FAILED` where it is refused */
  get(path: string): Promise<unknown>
  post(path: string, body: Uint8Array | object, terms?: CallTerms): Promise<AdminReply>
}

const problemSchema = z.object({ code: z.string(), title: z.string() })
const limits: CallTerms = { timeoutMs: 60_000, maxResponseBytes: 16_777_216 }

function replyOf({ status, body }: HttpResponse): AdminReply {
  const json: unknown = JSON.parse(decodeUtf8(body))
  return status === 200 ? { kind: 'json', json } : { kind: 'problem', ...problemSchema.parse(json) }
}

/** Calls of the inner interface of one organisation of a demo that runs. */
export function adminCalls(
  { basePort, pagesToken }: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  organisation: DemoOrganisationId,
  http: HttpClient,
): AdminCalls {
  const offset = demoOrganisations.find(({ id }) => id === organisation)?.portOffset ?? 0
  const base = `http://${localAddress(basePort + offset + portOffsets.admin)}`
  const headers = { authorization: `Bearer ${pagesToken}` }
  return {
    async get(path) {
      const url = `${base}${path}`
      const reply = replyOf(await http.send({ method: 'GET', url, headers, ...limits }))
      if (reply.kind === 'json') return reply.json
      throw new DemoError('REQUEST_FAILED', `a gateway answered ${reply.code} at ${path}`)
    },
    async post(path, body, terms = limits) {
      const bytes = body instanceof Uint8Array ? body : utf8(JSON.stringify(body))
      return replyOf(
        await http.send({
          method: 'POST',
          url: `${base}${path}`,
          headers: { ...headers, 'content-type': 'application/json' },
          body: bytes,
          ...terms,
        }),
      )
    },
  }
}
