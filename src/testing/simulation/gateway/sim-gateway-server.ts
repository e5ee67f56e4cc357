import { canonicalBytes, decodeUtf8, encodeBase64, type Json } from '../../../bytes/index.ts'
import { proverFor, storedTiles, tileNodeReader } from '../../../log/index.ts'
import {
  askQuestion,
  type AskRequest,
  type ConsumerDeps,
  type ExchangeReader,
  PersonError,
  personQuestionPath,
  type ProviderDeps,
  serveQuestion,
} from '../../../person/index.ts'
import type { Files, HttpRequest, HttpResponse } from '../../../ports/index.ts'
import type { ProcessLife, SimServer } from '../../simulator/index.ts'

/** What a simulated gateway serves. */
export interface GatewayServerDeps {
  readonly provider: ProviderDeps
  readonly consumer: ConsumerDeps
  readonly reader: ExchangeReader
  readonly files: Files
  /** `/log/<shard>/`. */
  readonly logPath: string
}

function json(status: number, body: Json): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: canonicalBytes(body) }
}

async function answer(request: HttpRequest, deps: GatewayServerDeps): Promise<HttpResponse> {
  const { status, headers, body } = await serveQuestion(
    {
      method: request.method,
      authority: deps.provider.authority,
      path: personQuestionPath,
      headers: request.headers,
      body: request.body ?? new Uint8Array(),
    },
    deps.provider,
  )
  const single = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return { status, headers: Object.fromEntries(single), body }
}

/** What the clients of a simulation send, and only they: it is not checked again. */
function askRequestOf(body: Uint8Array | undefined): AskRequest {
  const parsed: unknown = JSON.parse(decodeUtf8(body ?? new Uint8Array()))
  return parsed as AskRequest
}

async function ask(request: HttpRequest, deps: GatewayServerDeps): Promise<HttpResponse> {
  try {
    return json(200, await askQuestion(askRequestOf(request.body), deps.consumer))
  } catch (cause) {
    const code = cause instanceof PersonError ? cause.code : 'INTERNAL'
    return json(503, { code })
  }
}

async function consistency(url: URL, { reader }: GatewayServerDeps): Promise<HttpResponse> {
  const from = Number(url.searchParams.get('from'))
  const to = Number(url.searchParams.get('to'))
  const head = await reader.head()
  if (from > to || to > (head?.size ?? 0)) return json(400, { code: 'MALFORMED' })
  const prover = proverFor(to, tileNodeReader(to, storedTiles(reader)))
  const proof = (await prover.consistency(from)).map((hash) => encodeBase64(hash))
  return json(200, { from, to, proof })
}

async function published(path: string, { files }: GatewayServerDeps): Promise<HttpResponse> {
  const body = await files.read(path)
  if (body === undefined) return json(404, { code: 'NOT_FOUND' })
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body }
}

async function route(request: HttpRequest, deps: GatewayServerDeps): Promise<HttpResponse> {
  const url = new URL(request.url)
  if (url.pathname === personQuestionPath) return answer(request, deps)
  if (url.pathname === '/v1/ask') return ask(request, deps)
  if (url.pathname === '/v1/consistency') return consistency(url, deps)
  if (url.pathname.startsWith(deps.logPath)) {
    return published(url.pathname.slice(deps.logPath.length), deps)
  }
  return json(404, { code: 'NOT_FOUND' })
}

/** The public side of one life of a gateway, over the real code of both roles. */
export function simGatewayServer(life: ProcessLife, deps: GatewayServerDeps): SimServer {
  return { life, receive: (request) => route(request, deps) }
}
