import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { memoryOf } from '../fault/gateway-process.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { type Expected, openWire, questionPath as path, type WireBench } from './wire-bench.ts'
import {
  openSocket,
  sendOnce,
  sendRaw,
  streamBody,
  type StreamedBody,
  type WireRequest,
} from './wire-client.ts'

const mediaRefused: Expected = [415, 'UNSUPPORTED_MEDIA', 'nothing']
let bench: WireBench

before(async () => {
  // V8 lets its young generation grow by 48 MiB under any traffic, good or bad, before it looks for
  // what is dead. Held small, the process shows what a message really costs and whether any stays.
  bench = await openWire(['--max-semi-space-size=2'])
})

after(() => bench[Symbol.asyncDispose]())

test('another coding, media type, method or path is refused before anything is read', async () => {
  const { body } = await bench.question(0)
  const headers = bench.consumer.sign(body)
  const notFound: Expected = [404, 'NOT_FOUND', 'nothing']
  const sendAs = (change: WireRequest) => async (): Promise<WireRequest> => ({
    headers,
    body,
    ...change,
  })
  await bench.holdTable({
    gzip: [
      mediaRefused,
      sendAs({ headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) }),
    ],
    'a gzip bomb': [
      mediaRefused,
      sendAs({
        headers: { ...headers, 'content-encoding': 'gzip' },
        body: gzipSync(Buffer.alloc(30_000_000)),
      }),
    ],
    'identity, named': [
      mediaRefused,
      sendAs({ headers: { ...headers, 'content-encoding': 'identity' } }),
    ],
    'a form': [
      mediaRefused,
      sendAs({ headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' } }),
    ],
    'plain text': [mediaRefused, sendAs({ headers: { ...headers, 'content-type': 'text/plain' } })],
    'no type': [mediaRefused, sendAs({ headers: { ...headers, 'content-type': '' } })],
    'a type that is cut off': [
      mediaRefused,
      sendAs({ headers: { ...headers, 'content-type': 'application/' } }),
    ],
    GET: [notFound, async () => ({ method: 'GET' })],
    PUT: [notFound, sendAs({ method: 'PUT' })],
    DELETE: [notFound, sendAs({ method: 'DELETE' })],
    'a path beside': [notFound, sendAs({ path: '/v1/person-question' })],
    'a path below': [notFound, sendAs({ path: '/v1/person-questions/1' })],
    'a path with a dot': [notFound, sendAs({ path: '/v1/./person-questions' })],
    'a path without a version': [notFound, sendAs({ path: '/person-questions' })],
    'an admin path': [notFound, sendAs({ path: '/v1/disclosures' })],
    'a path that is not well coded': [
      [400, 'MALFORMED', 'nothing'],
      sendAs({ path: '/v1/asks/%E0%A4%A' }),
    ],
    'a very long name': [
      [400, 'MALFORMED', 'nothing'],
      async () => ({ method: 'GET', path: `/v1/asks/${'a'.repeat(400)}` }),
    ],
    'an ask without a token': [[401, 'UNAUTHENTICATED', 'nothing'], sendAs({ path: '/v1/ask' })],
    'an ask that is no JSON': [
      [400, 'MALFORMED', 'nothing'],
      sendAs({
        path: '/v1/ask',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': 'a-key-of-the-test',
          authorization: `Bearer ${bench.provider.callerToken}`,
        },
        body: Buffer.from('{"case":'),
      }),
    ],
  })
})

test('bytes that are not HTTP, or HTTP in two readings, get no question answered', async () => {
  const { body } = await bench.question(0)
  const fields = Object.entries(bench.consumer.sign(body)).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const start = `POST ${path} HTTP/1.1\r\nhost: ${bench.authority}\r\n${fields.join('')}`
  const text = Buffer.from(body).toString('utf8')
  const chunked = `${body.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`
  const cases: Readonly<Record<string, string>> = {
    'another protocol': 'SSH-2.0-OpenSSH_9.2\r\n\r\n',
    TLS: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    zeros: '\0'.repeat(5_000),
    'two lengths': `${start}content-length: ${body.length}\r\ncontent-length: 5\r\n\r\n${text}`,
    'a length and chunks': `${start}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${chunked}`,
    'a length that is negative': `${start}content-length: -1\r\n\r\n`,
    'a length that is no number': `${start}content-length: 0x10\r\n\r\n${text}`,
    'a chunk that is no number': `${start}transfer-encoding: chunked\r\n\r\nzz\r\n${text}\r\n0\r\n\r\n`,
    'chunks in another coding': `${start}transfer-encoding: gzip, chunked\r\n\r\n${chunked}`,
    'a field that is folded': `${start}x-folded: a\r\n b\r\ncontent-length: 2\r\n\r\n{}`,
    'a field without a name': `${start}: a\r\n\r\n`,
    'a blank in a field name': `${start}x y: a\r\n\r\n`,
    'fields of 20 KiB': `${start}x-long: ${'a'.repeat(20_000)}\r\n\r\n`,
    'three thousand fields': `${start}${'x-many: a\r\n'.repeat(3_000)}\r\n`,
    'no host': `POST ${path} HTTP/1.1\r\n${fields.join('')}content-length: 2\r\n\r\n{}`,
    'HTTP/0.9': `GET ${path}\r\n\r\n`,
    'HTTP/3.0': `GET ${path} HTTP/3.0\r\n\r\n`,
  }
  const before = await bench.health()
  for (const [name, bytes] of Object.entries(cases)) {
    const { text: reply } = await sendRaw(bench.authority, bytes, 400)
    assert.ok(!reply.startsWith('HTTP/1.1 2'), `${name}: ${reply.slice(0, 300)}`)
    assert.ok(!reply.includes('results'), name)
    bench.keep(reply)
  }
  assert.equal((await bench.health()).logSize, before.logSize)
})

/** How much more memory the gateway ever had during `work` than before it, in MiB. */
async function growthDuring(work: () => Promise<unknown>): Promise<number> {
  const { pid } = bench.gateway
  const before = memoryOf(pid).now
  // The peak counts from here: the kernel forgets the earlier one.
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  await work()
  return memoryOf(pid).peak - before
}

test('a body over the limit is cut off at once, however long it goes on', async () => {
  const { headers, body } = bench.delivery(await bench.question(0))
  const padded = Buffer.concat([body, Buffer.alloc(65_537 - body.length, 0x20)])
  await bench.holdTable({
    'one byte too long': [[413, 'TOO_LARGE', 'nothing'], async () => ({ headers, body: padded })],
  })
  for (const isAnnounced of [true, false]) {
    const startedAt = performance.now()
    let streamed: StreamedBody = { status: undefined, sentMegabytes: 0 }
    const grown = await growthDuring(async () => {
      streamed = await streamBody(bench.authority, 64, { isAnnounced })
    })
    const { status, sentMegabytes } = streamed
    const ms = performance.now() - startedAt
    console.log(
      `64 MiB ${isAnnounced ? 'announced' : 'in chunks'}: ${status} after ` +
        `${sentMegabytes.toFixed(1)} MiB and ${ms.toFixed(0)} ms, memory + ${grown.toFixed(1)} MiB`,
    )
    // Whoever does not listen while it sends may find the connection reset before it reads the 413.
    assert.ok(status === 413 || status === undefined, `status ${status}`)
    assert.ok(sentMegabytes < 16, `${sentMegabytes} MiB of 64 were taken`)
    assert.ok(grown < 20, `memory grew by ${grown} MiB`)
  }
})

test('whoever sends too much at an even pace hears that it was too much', async () => {
  for (const isAnnounced of [true, false]) {
    // It listens for as long as a busy gateway may take, and so sends no more than is too much.
    const { status, sentMegabytes } = await streamBody(bench.authority, 1, {
      isAnnounced,
      pauseMs: 20_000,
    })
    assert.equal(status, 413)
    assert.ok(sentMegabytes < 1)
  }
})

test('connections that never finish their body keep nobody else waiting', async () => {
  const { headers, body } = bench.delivery(await bench.question(0))
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const start = `POST ${path} HTTP/1.1\r\nhost: ${bench.authority}\r\n${fields.join('')}content-length: ${body.length}\r\n\r\n`
  const slow = await Promise.all(Array.from({ length: 100 }, () => openSocket(bench.authority)))
  for (const socket of slow) socket.on('error', () => undefined).write(start + '{')
  let ended = 0
  for (const socket of slow) socket.resume().once('close', () => (ended += 1))
  await bench.assertAnswered(1)
  assert.equal(ended, 0, 'the answer came while all of them were still open')
  if (wantsLongRuns()) {
    const ends = slow.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
    const end = await Promise.race([Promise.all(ends), sleep(75_000, 'too slow', { ref: false })])
    assert.notEqual(end, 'too slow', 'a slow body is given up after 30 s')
  }
  for (const socket of slow) socket.destroy()
})

test('no hostile message takes 20 MiB, and a flood of them leaves memory where it is', async () => {
  const { body } = await bench.question(0)
  const signed = bench.consumer.sign(body)
  const hostile: Readonly<Record<string, WireRequest>> = {
    'a signature that is none': { headers: { ...signed, signature: 'sig1=:AAAA:' }, body },
    'a wrong signature': {
      headers: { ...signed, signature: `sig1=:${Buffer.alloc(64).toString('base64')}:` },
      body,
    },
    'bottomless nesting, signed': bench.delivery({ body: Buffer.from('['.repeat(60_000)) }),
    'too long by a byte': { headers: signed, body: Buffer.alloc(65_537) },
    'a gzip bomb': {
      headers: { ...signed, 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(60_000_000)),
    },
    'a path that goes nowhere': { method: 'GET', path: `/log/2026h2/${'tile/'.repeat(20)}` },
  }
  const sendQuietly = (request: WireRequest): Promise<unknown> =>
    sendOnce(bench.authority, request).catch(() => undefined)
  for (const [name, request] of Object.entries(hostile)) {
    const grown = await growthDuring(() => sendQuietly(request))
    console.log(`${name}: memory + ${grown.toFixed(1)} MiB`)
    assert.ok(grown < 20, `${name}: memory grew by ${grown} MiB`)
  }
  const flood = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Object.values(hostile).map(sendQuietly))
    }
  }
  // The first flood brings buffers and heap to the size that such traffic needs: it must be no leak.
  const first = await growthDuring(() => flood(250))
  const second = await growthDuring(() => flood(250))
  console.log(
    `1,500 hostile messages: memory + ${first.toFixed(1)} MiB; 1,500 more: + ${second.toFixed(1)} MiB`,
  )
  assert.ok(first < 20 && second < 20, `memory grew by ${first} and ${second} MiB`)
})

test('after all of it good questions are answered, the log verifies and nothing was quoted', () =>
  bench.assertGoodEnd())
