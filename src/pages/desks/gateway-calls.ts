import * as z from 'zod'
import { decodeUtf8, utf8 } from '../../bytes/index.ts'
import type { HttpClient, HttpResponse } from '../../ports/index.ts'
import type { GatewayAddress } from '../gateway-address.ts'
import { PagesError } from '../pages-error.ts'

/** What the inner interface of one gateway answered: JSON, or the code of a problem. */
export type GatewayReply =
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'problem'; readonly code: string; readonly title: string }

/** How long and large an answer may be. */
export interface CallTerms {
  readonly timeoutMs: number
  readonly maxResponseBytes: number
}

/** Calls of one organisation's inner interface, as its own pages make them. */
export interface GatewayCalls {
  /** @throws {@link PagesError} `REQUEST_FAILED` where it is refused */
  get(path: string): Promise<unknown>
  post(path: string, body: Uint8Array | object, terms?: CallTerms): Promise<GatewayReply>
}

const problemSchema = z.object({ code: z.string(), title: z.string() })
const limits: CallTerms = { timeoutMs: 60_000, maxResponseBytes: 16_777_216 }

function replyOf({ status, body }: HttpResponse): GatewayReply {
  const json: unknown = JSON.parse(decodeUtf8(body))
  return status === 200 ? { kind: 'json', json } : { kind: 'problem', ...problemSchema.parse(json) }
}

/** Calls of the inner interface of one gateway that runs. */
export function gatewayCalls(
  { adminUrl: base, token }: Pick<GatewayAddress, 'adminUrl' | 'token'>,
  http: HttpClient,
): GatewayCalls {
  const headers = { authorization: `Bearer ${token}` }
  return {
    async get(path) {
      const url = `${base}${path}`
      const reply = replyOf(await http.send({ method: 'GET', url, headers, ...limits }))
      if (reply.kind === 'json') return reply.json
      throw new PagesError('REQUEST_FAILED', `a gateway answered ${reply.code} at ${path}`)
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
