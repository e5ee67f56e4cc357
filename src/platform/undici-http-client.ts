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

function unreachable(cause: unknown): PlatformError {
  return new PlatformError('PEER_UNREACHABLE', 'No complete response arrived.', { cause })
}

async function exchange(agent: Agent, request: HttpRequest): Promise<HttpResponse> {
  const response = await send(request.url, {
    dispatcher: agent,
    method: request.method,
    headers: { ...request.headers, 'accept-encoding': 'identity' },
    ...(request.body === undefined ? {} : { body: request.body }),
    signal: AbortSignal.timeout(request.timeoutMs),
  })
  const headers = flatHeaders(response.headers)
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    // Without a listener the aborted body would throw where nobody catches it, and end the process.
    response.body.on('error', () => undefined).destroy()
    throw new PlatformError(
      'RESPONSE_CODED',
      'The response has a content coding that nobody asked for.',
    )
  }
  const body = await readBody(response.body, request.maxResponseBytes)
  return { status: response.statusCode, headers, body }
}

/**
 * HTTP by undici's `request`, with a limit on time and size and without inflating anything: a
 * compressed body is refused, so that it cannot grow in memory.
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
