import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { HttpRequest, HttpResponse } from '../ports/index.ts'
import { claimPort } from './claim-ports.ts'
import { PlatformError } from './platform-error.ts'
import { undiciHttpClient } from './undici-http-client.ts'

const client = undiciHttpClient()
const seen: IncomingMessage[] = []
let url = ''

const replies: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/small': (response) => response.setHeader('x-twice', ['a', 'b']).end('hello'),
  '/status': (response) => response.writeHead(503).end('not now'),
  '/announced': (response) => response.setHeader('content-length', 5_000_000).write('x'),
  '/streamed': (response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue
    }
    response.on('drain', more)
    more()
  },
  '/coded': (response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(1_000_000))),
  '/short': (response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(1_000, 7))),
  '/hashes': (response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(randomBytes(1_000))),
  '/no-gzip': (response) => response.setHeader('content-encoding', 'gzip').end('plain text'),
  '/deflated': (response) => response.setHeader('content-encoding', 'deflate').end('x'),
  '/identity': (response) => response.setHeader('content-encoding', 'identity').end('plain'),
  '/moved': (response) => response.writeHead(302, { location: '/small' }).end(),
  '/mute': () => undefined,
  '/slow': (response) => {
    response.write('a')
  },
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('abc')
    setTimeout(() => response.destroy(), 20)
  },
}

async function countBody(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let length = 0
  for await (const piece of request) length += Buffer.isBuffer(piece) ? piece.length : 0
  response.end(`${length} of ${request.headers['content-length'] ?? 'unknown'}`)
}

const server = createServer((request, response) => {
  seen.push(request)
  if (request.url === '/counted') return void countBody(request, response).catch(() => undefined)
  replies[request.url ?? '']?.(response)
})

before(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  url = `http://127.0.0.1:${address.port}`
})
after(async () => {
  server.closeAllConnections()
  server.close()
  await client[Symbol.asyncDispose]()
})

function send(path: string, change: Partial<HttpRequest> = {}): Promise<HttpResponse> {
  const request = {
    method: 'GET',
    headers: {},
    timeoutMs: 20_000,
    maxResponseBytes: 1_000,
  } as const
  return client.send({ ...request, url: `${url}${path}`, ...change })
}

test('a response comes back with status, joined fields and exact bytes', async () => {
  const { status, headers, body } = await send('/small')
  assert.deepEqual([status, headers['x-twice']], [200, 'a, b'])
  assert.equal(new TextDecoder().decode(body), 'hello')
  assert.equal((await send('/status')).status, 503)
})

test('a request leaves with its method, fields and body, and asks for no coding', async () => {
  const body = new TextEncoder().encode('{"v":1}')
  await send('/small', { method: 'POST', headers: { 'x-mine': 'yes' }, body })
  const request = seen.at(-1)
  assert.equal(request?.method, 'POST')
  assert.equal(request.headers['x-mine'], 'yes')
  assert.equal(request.headers['content-length'], '7')
  assert.equal(request.headers['accept-encoding'], 'identity')
})

test('a body in pieces is sent with the length that was said, and one that falls short is no request', async () => {
  function* pieces(count: number): Generator<Uint8Array, void> {
    for (let at = 0; at < count; at += 1) yield new Uint8Array(100_000)
  }
  const headers = { 'content-length': '2000000' }
  const { body } = await send('/counted', { method: 'POST', headers, pieces: pieces(20) })
  assert.equal(new TextDecoder().decode(body), '2000000 of 2000000')
  await assert.rejects(send('/counted', { method: 'POST', headers, pieces: pieces(19) }), {
    code: 'PEER_UNREACHABLE',
  })
})

test('a body is cut off at its limit, whether its length was announced or not', async () => {
  for (const path of ['/streamed', '/announced']) {
    const change = { maxResponseBytes: path === '/announced' ? 0 : 100_000, timeoutMs: 20_000 }
    // Neither ever ends: without the limit it would be `PEER_UNREACHABLE`, when the time is over.
    await assert.rejects(send(path, change), { code: 'RESPONSE_TOO_LARGE' })
  }
  assert.equal((await send('/small', { maxResponseBytes: 5 })).body.length, 5)
  await assert.rejects(send('/small', { maxResponseBytes: 4 }), { code: 'RESPONSE_TOO_LARGE' })
})

test('a coded body is refused without being inflated', async () => {
  await assert.rejects(send('/coded', { maxResponseBytes: 10_000_000 }), { code: 'RESPONSE_CODED' })
  assert.equal(new TextDecoder().decode((await send('/identity')).body), 'plain')
})

test('a redirect is a response, not an order', async () => {
  assert.equal((await send('/moved')).status, 302)
})

test('a peer that is mute, slow, cut off or away is unreachable, within the time', async () => {
  for (const path of ['/mute', '/slow']) {
    const failed = await send(path, { timeoutMs: 150 }).catch((cause: unknown) => cause)
    assert.ok(failed instanceof PlatformError && failed.code === 'PEER_UNREACHABLE', path)
    assert.ok(failed.cause instanceof DOMException && failed.cause.name === 'TimeoutError', path)
  }
  await assert.rejects(send('/cut', { timeoutMs: 20_000 }), { code: 'PEER_UNREACHABLE' })
  await assert.rejects(send('', { url: `http://127.0.0.1:${await claimPort()}/` }), {
    code: 'PEER_UNREACHABLE',
  })
  await assert.rejects(send('', { url: 'not a url' }), { code: 'PEER_UNREACHABLE' })
})

test('what is not HTTP is unreachable, and the text of a failure names no body', async () => {
  const raw = createTcpServer((socket) => socket.end('SSH-2.0 secret-of-a-person\r\n'))
  await new Promise<void>((done) => raw.listen(0, '127.0.0.1', done))
  const address = raw.address()
  assert.ok(address !== null && typeof address === 'object')
  const failure = await send('', { url: `http://127.0.0.1:${address.port}/` }).catch(String)
  assert.equal(failure, 'PlatformError: No complete response arrived.')
  raw.close()
})

test('a gzipped answer that was allowed is inflated, never beyond the limit', async () => {
  const gzip = { gzip: true } as const
  assert.deepEqual((await send('/short', gzip)).body, new Uint8Array(1_000).fill(7))
  assert.equal(seen.at(-1)?.headers['accept-encoding'], 'gzip')
  assert.equal((await send('/hashes', gzip)).body.length, 1_000)
  assert.deepEqual((await send('/small', gzip)).body, new TextEncoder().encode('hello'))
  await assert.rejects(send('/coded', gzip), { code: 'RESPONSE_TOO_LARGE' })
  await assert.rejects(send('/streamed', gzip), { code: 'RESPONSE_TOO_LARGE' })
  await assert.rejects(send('/no-gzip', gzip), { code: 'PEER_UNREACHABLE' })
  await assert.rejects(send('/deflated', gzip), { code: 'RESPONSE_CODED' })
  await assert.rejects(send('/short'), { code: 'RESPONSE_CODED' })
})
