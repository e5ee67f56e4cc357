import { readFile } from 'node:fs/promises'
import { Agent, request } from 'undici'

import { RegisterError } from '../../register-error.ts'

/** Where an organisation's own interface to its records is. */
export interface HttpPlace {
  /** `https:`; `http:` on this machine alone. */
  readonly url: string
  /** Holds the bearer token in one line. Secret. */
  readonly tokenFile: string
  readonly authorityFile?: string | undefined
}

/** What a request may take. */
export interface RequestBounds {
  readonly path: string
  readonly timeoutMs: number
  readonly maxBytes: number
}

/** Asks an organisation's own interface; redirects, codings and long or late replies are refused. */
export interface RecordsClient extends AsyncDisposable {
  /** One JSON reply. Rejects with `UNAVAILABLE`. */
  post(bounds: RequestBounds, body: object): Promise<unknown>
  /**
   * A reply of bytes that has no end beforehand. Rejects with `UNAVAILABLE`, with `JOINS_NOT_GRANTED` where the interface has
   * no such path, and with `RECORDS_INVALID` where it says so; the bytes themselves fail as the connection does.
   */
  stream(path: string, body: object): Promise<AsyncIterable<Uint8Array>>
}

/** A register whose reply is none that it could give; what a server says may quote a value, so nothing of it is kept. */
export function noUsableReply(): RegisterError {
  return unavailable('the register gave no usable reply')
}

function unavailable(message: string): RegisterError {
  return new RegisterError('UNAVAILABLE', message)
}

/** How long an interface may read its records before it says how many there are, and how long it may pause then. */
const streamBounds = { headersTimeout: 590_000, bodyTimeout: 60_000 }

/**
 * Reads the token and opens connections to an interface.
 *
 * @throws {@link RegisterError} `UNAVAILABLE` for an address that is not `https`, or a token file that holds none
 */
export async function openRecords({
  url,
  tokenFile,
  authorityFile,
}: HttpPlace): Promise<RecordsClient> {
  const base = baseOf(url)
  const token = (await readFile(tokenFile, 'utf8').catch(() => '')).trimEnd()
  if (!/^[\x21-\x7e]{16,256}$/.test(token)) {
    throw unavailable('its token file must hold 16 to 256 printable characters in one line')
  }
  const ca = authorityFile === undefined ? undefined : await readFile(authorityFile, 'utf8')
  const connect = { timeout: 2000, ...(ca === undefined ? {} : { ca }) }
  const agent = new Agent({ connections: 4, pipelining: 1, connect })
  const place = { agent, base, token }
  return {
    post: async (bounds, body) => {
      try {
        return await exchange(place, bounds, body)
      } catch {
        throw noUsableReply()
      }
    },
    stream: (path, body) => openStream(place, path, body),
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}

function baseOf(text: string): string {
  const url = URL.parse(text)
  const isHere = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) {
    return text.replace(/\/$/, '')
  }
  throw unavailable('its address must begin with https://')
}

interface Place {
  readonly agent: Agent
  readonly base: string
  readonly token: string
}

function begin({ agent, base, token }: Place, path: string, options: object) {
  return request(`${base}${path}`, {
    dispatcher: agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'accept-encoding': 'identity',
    },
    ...options,
  })
}

async function exchange(
  place: Place,
  { path, timeoutMs, maxBytes }: RequestBounds,
  content: object,
): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs)
  const { statusCode, headers, body } = await begin(place, path, {
    body: JSON.stringify(content),
    signal,
  })
  body.on('error', () => undefined)
  if (statusCode !== 200 || headers['content-encoding'] !== undefined) {
    body.destroy()
    throw noUsableReply()
  }
  const parts: Uint8Array[] = []
  let length = 0
  const chunks: AsyncIterable<Uint8Array> = body
  for await (const bytes of chunks) {
    length += bytes.length
    if (length > maxBytes) {
      body.destroy()
      throw noUsableReply()
    }
    parts.push(bytes)
  }
  const json: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
  return json
}

async function openStream(
  place: Place,
  path: string,
  content: object,
): Promise<AsyncIterable<Uint8Array>> {
  const { statusCode, headers, body } = await begin(place, path, {
    body: JSON.stringify(content),
    ...streamBounds,
  }).catch(() => {
    throw noUsableReply()
  })
  body.on('error', () => undefined)
  if (statusCode === 200 && headers['content-encoding'] === undefined) return body
  body.destroy()
  if (statusCode === 404)
    throw new RegisterError('JOINS_NOT_GRANTED', 'its interface does not mask rows for joins')
  if (statusCode === 422)
    throw new RegisterError(
      'RECORDS_INVALID',
      'its interface says that the records are not as described',
    )
  throw noUsableReply()
}
