import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, request as send } from 'undici'
import { concatBytes } from '../bytes/index.ts'
import type { HttpClient, HttpRequest, HttpResponse } from '../ports/index.ts'
import { type OwnCertificate, pinnedConnector } from './pinned-connector.ts'
import type { PinnedServer } from './pinned-server.ts'
import { PlatformError } from './platform-error.ts'
import { systemClock } from './system-clock.ts'

async function readBody(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  maxBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > maxBytes) {
      body.destroy()
      throw new PlatformError(
        'RESPONSE_TOO_LARGE',
        `The response is longer than ${maxBytes} bytes.`,
      )
    }
    parts.push(part)
  }
  return concatBytes(...parts)
}

function flatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

const inflate = promisify(gunzip)

/** Hashes do not compress: gzipped they are longer, by a header with a name and by stored blocks. */
const gzipOverhead = (bytes: number): number => 1_024 + Math.ceil(bytes / 256)

/** A small body may be a large one gzipped: inflating stops at the limit. */
async function plainBody(body: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await inflate(body, { maxOutputLength: Math.max(1, maxBytes) }))
  } catch (cause) {
    const isLong =
      cause instanceof RangeError && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    if (!isLong) throw cause
    throw new PlatformError('RESPONSE_TOO_LARGE', `The response is longer than ${maxBytes} bytes.`)
  }
}

function unreachable(cause: unknown): PlatformError {
  if (cause instanceof PlatformError) return cause
  return new PlatformError('PEER_UNREACHABLE', 'No complete response arrived.', { cause })
}

/** A body that comes in pieces is read as fast as the other end takes it. */
function bodyOf({ body, pieces }: HttpRequest): { readonly body?: Uint8Array | Readable } {
  if (pieces !== undefined) return { body: Readable.from(pieces, { objectMode: false }) }
  return body === undefined ? {} : { body }
}

async function exchange(agent: Agent, request: HttpRequest): Promise<HttpResponse> {
  const response = await send(request.url, {
    dispatcher: agent,
    method: request.method,
    headers: { ...request.headers, 'accept-encoding': request.gzip ? 'gzip' : 'identity' },
    ...bodyOf(request),
    signal: AbortSignal.timeout(request.timeoutMs),
  })
  const headers = flatHeaders(response.headers)
  const coding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  const isGzip = request.gzip === true && coding === 'gzip'
  if (coding !== 'identity' && !isGzip) {
    // Without a listener the aborted body would throw where nobody catches it, and end the process.
    response.body.on('error', () => undefined).destroy()
    throw new PlatformError(
      'RESPONSE_CODED',
      'The response has a content coding that nobody asked for.',
    )
  }
  const { maxResponseBytes } = request
  const body = await readBody(
    response.body,
    isGzip ? maxResponseBytes + gzipOverhead(maxResponseBytes) : maxResponseBytes,
  )
  const plain = isGzip ? await plainBody(body, maxResponseBytes) : body
  return { status: response.statusCode, headers, body: plain }
}

/** Whom the client trusts beyond the authorities that Node.js knows. */
export interface HttpTrust {
  /**
   * What whoever listens at `host:port` may show; `undefined` where the usual authorities decide.
   * Asked at each request: a pin that is gone ends the connections under it.
   */
  pinsOf(authority: string): PinnedServer | undefined
  /** Shown to pinned servers that ask for one. */
  readonly own?: OwnCertificate | undefined
}

interface PinnedAgent {
  readonly pins: string
  readonly agent: Agent
}

/** One agent for each pinned address, with connections under its present pins alone. */
class PinnedAgents {
  readonly #agents = new Map<string, PinnedAgent>()
  readonly #own: OwnCertificate | undefined

  constructor(own: OwnCertificate | undefined) {
    this.#own = own
  }

  agentFor(authority: string, server: PinnedServer): Agent {
    const wanted = JSON.stringify(server)
    const known = this.#agents.get(authority)
    if (known?.pins === wanted) return known.agent
    void known?.agent.destroy().catch(() => undefined)
    const connect = pinnedConnector(server, this.#own, () => systemClock.now())
    const agent = new Agent({ ...agentOptions, connect })
    this.#agents.set(authority, { pins: wanted, agent })
    return agent
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map(({ agent }) => agent.close()))
  }
}

const agentOptions = {
  connections: 64,
  pipelining: 1,
  keepAliveTimeout: 10_000,
  allowH2: false,
} as const

/**
 * HTTP by undici's `request`, with a limit on time and size. A compressed body is refused unless the
 * request allows gzip, and then inflated up to the same limit: it cannot grow in memory.
 *
 * @throws {@link PlatformError} `PEER_UNREACHABLE`, `PEER_NOT_PINNED`, `RESPONSE_TOO_LARGE`, `RESPONSE_CODED`
 */
export function undiciHttpClient(trust?: HttpTrust): HttpClient & AsyncDisposable {
  const open = new Agent(agentOptions)
  const pinned = new PinnedAgents(trust?.own)
  const agentFor = (url: URL): Agent => {
    const server = url.protocol === 'https:' ? trust?.pinsOf(url.host) : undefined
    return server === undefined ? open : pinned.agentFor(url.host, server)
  }
  return {
    async send(request) {
      try {
        return await exchange(agentFor(new URL(request.url)), request)
      } catch (cause) {
        throw unreachable(cause)
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([open.close(), pinned.close()])
    },
  }
}
