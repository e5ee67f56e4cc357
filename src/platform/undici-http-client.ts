import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Agent, request as send } from 'undici'
import { concatBytes } from '../bytes/index.ts'
import type { HttpClient, HttpRequest, HttpResponse } from '../ports/index.ts'
import { PlatformError } from './platform-error.ts'

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
  return new PlatformError('PEER_UNREACHABLE', 'No complete response arrived.', { cause })
}

async function exchange(agent: Agent, request: HttpRequest): Promise<HttpResponse> {
  const response = await send(request.url, {
    dispatcher: agent,
    method: request.method,
    headers: { ...request.headers, 'accept-encoding': request.gzip ? 'gzip' : 'identity' },
    ...(request.body === undefined ? {} : { body: request.body }),
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

/**
 * HTTP by undici's `request`, with a limit on time and size. A compressed body is refused unless the
 * request allows gzip, and then inflated up to the same limit: it cannot grow in memory.
 *
 * @throws {@link PlatformError} `PEER_UNREACHABLE`, `RESPONSE_TOO_LARGE`, `RESPONSE_CODED`
 */
export function undiciHttpClient(): HttpClient & AsyncDisposable {
  const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 10_000 })
  return {
    async send(request) {
      try {
        return await exchange(agent, request)
      } catch (cause) {
        throw cause instanceof PlatformError ? cause : unreachable(cause)
      }
    },
    [Symbol.asyncDispose]: () => agent.close(),
  }
}
