import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { concatBytes, encodeHex } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'

/**
 * What may go wrong with one request: nothing done and said so (`slow-down` 503, `conflict` 409),
 * nothing done and nothing said (`lost-request`), done and nothing said (`lost-answer`), done and said
 * to have failed (`failed-after` 500), an answer that ends early (`truncated`), or none in time (`mute`).
 */
export type ObjectFault =
  'slow-down' | 'conflict' | 'lost-request' | 'lost-answer' | 'failed-after' | 'truncated' | 'mute'

/** A small server that speaks as much of the S3 protocol as the driver uses, over real HTTP. */
export interface FakeObjectStore extends AsyncDisposable {
  readonly endpoint: string
  readonly bucket: string
  readonly objects: Map<string, Uint8Array>
  /** Taken from the front, one for each request; `undefined` for none. */
  readonly faults: (ObjectFault | undefined)[]
  readonly requests: { readonly method: string; readonly headers: IncomingMessage['headers'] }[]
  /** What was wrong with requests: signature, digest of the body. Empty when nothing was. */
  readonly complaints: string[]
}

interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: Uint8Array | string
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=[A-Za-z0-9]+\/\d{8}\/[a-z0-9-]+\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$/
/** Few, so that every listing of some length has pages. */
const pageLength = 7

function error(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`
  return { status, headers: { 'content-type': 'application/xml' }, body }
}

function etagOf(bytes: Uint8Array): string {
  return `"${encodeHex(sha256(bytes)).slice(0, 32)}"`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of request) if (part instanceof Uint8Array) parts.push(part)
  return concatBytes(...parts)
}

/** What of Signature Version 4 can be seen without the secret. */
function complaintOf({ headers, method }: IncomingMessage, body: Uint8Array): string | undefined {
  const match = authorization.exec(headers.authorization ?? '')
  const signed = match?.[1]?.split(';') ?? []
  if (match === null) return `${method}: no signature of version 4`
  const conditions = ['if-match', 'if-none-match'].filter((name) => headers[name] !== undefined)
  for (const name of ['host', 'x-amz-date', 'x-amz-content-sha256', ...conditions])
    if (!signed.includes(name)) return `${method}: ${name} is not signed`
  if (!/^\d{8}T\d{6}Z$/.test(String(headers['x-amz-date']))) return `${method}: no date`
  if (headers['x-amz-content-sha256'] !== encodeHex(sha256(body))) return `${method}: wrong digest`
  return undefined
}

function put(
  objects: Map<string, Uint8Array>,
  key: string,
  { headers, body }: { readonly headers: IncomingMessage['headers']; readonly body: Uint8Array },
): Answer {
  const present = objects.get(key)
  if (headers['if-none-match'] === '*' && present !== undefined)
    return error(412, 'PreconditionFailed')
  const wanted = headers['if-match']
  if (wanted !== undefined && present === undefined) return error(404, 'NoSuchKey')
  if (wanted !== undefined && present !== undefined && etagOf(present) !== wanted) {
    return error(412, 'PreconditionFailed')
  }
  objects.set(key, body)
  return { status: 200, headers: { etag: etagOf(body) } }
}

function list(objects: Map<string, Uint8Array>, query: URLSearchParams): Answer {
  const prefix = query.get('prefix') ?? ''
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted()
  const first = Number(query.get('continuation-token') ?? '0')
  const page = keys.slice(first, first + pageLength)
  const isCut = first + pageLength < keys.length
  const next = isCut ? `<NextContinuationToken>${first + pageLength}</NextContinuationToken>` : ''
  const contents = page.map(
    (key) => `<Contents><Key>${escaped(key)}</Key><Size>1</Size></Contents>`,
  )
  const body =
    `<?xml version="1.0" encoding="UTF-8"?>` +
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
    `<IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  response.writeHead(status, headers).end(body)
}

/** Starts an empty store on a free port of this machine. */
export async function fakeObjectStore(): Promise<FakeObjectStore> {
  const bucket = 'logs'
  const objects = new Map<string, Uint8Array>()
  const faults: (ObjectFault | undefined)[] = []
  const requests: FakeObjectStore['requests'][number][] = []
  const complaints: string[] = []

  function answer(request: IncomingMessage, body: Uint8Array): Answer {
    const url = new URL(request.url ?? '/', 'http://store')
    const [, inBucket, ...parts] = url.pathname.split('/')
    const key = decodeURIComponent(parts.join('/'))
    if (inBucket !== bucket) return error(404, 'NoSuchBucket')
    if (request.method === 'PUT') return put(objects, key, { headers: request.headers, body })
    if (request.method === 'DELETE') {
      objects.delete(key)
      return { status: 204 }
    }
    if (key === '') return list(objects, url.searchParams)
    const found = objects.get(key)
    if (found === undefined) return error(404, 'NoSuchKey')
    return { status: 200, headers: { etag: etagOf(found) }, body: found }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const complaint = complaintOf(request, body)
    if (complaint !== undefined) complaints.push(complaint)
    requests.push({ method: request.method ?? '', headers: request.headers })
    const fault = faults.shift()
    if (fault === 'mute') return
    if (fault === 'slow-down') return send(response, error(503, 'SlowDown'))
    if (fault === 'conflict' && request.method === 'PUT')
      return send(response, error(409, 'ConditionalRequestConflict'))
    if (fault === 'lost-request') return void request.socket.destroy()
    const reply = answer(request, body)
    if (fault === 'lost-answer') return void request.socket.destroy()
    if (fault === 'failed-after') return send(response, error(500, 'InternalError'))
    if (fault !== 'truncated') return send(response, reply)
    response.writeHead(reply.status, { ...reply.headers, 'content-length': '100000' })
    response.write('<', () => request.socket.destroy())
  }

  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('not listening on TCP')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    bucket,
    objects,
    faults,
    requests,
    complaints,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
