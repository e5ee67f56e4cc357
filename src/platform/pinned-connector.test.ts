import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer as createPlainServer } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { after, test } from 'node:test'
import { type MadeCertificate, makeCertificate } from './make-certificate.ts'
import { spkiPin } from './pinned-connector.ts'
import { PlatformError } from './platform-error.ts'
import { systemClock } from './system-clock.ts'
import { systemRandomness } from './system-randomness.ts'
import type { PinnedServer } from './pinned-server.ts'
import { undiciHttpClient } from './undici-http-client.ts'

const dayMs = 86_400_000
await using stack = new AsyncDisposableStack()
const closing = stack.move()
after(() => closing.disposeAsync())

const make = (host: string, clock = systemClock): Promise<MadeCertificate> =>
  makeCertificate(host, { clock, randomness: systemRandomness })
const pinOf = ({ certificate }: MadeCertificate): string =>
  spkiPin(new X509Certificate(certificate))

interface Served {
  readonly url: string
  /** Requests that got through. */
  readonly seen: string[]
}

async function serve(made: MadeCertificate, options: ServerOptions = {}): Promise<Served> {
  const seen: string[] = []
  const server = createServer(
    { cert: made.certificate, key: made.key, minVersion: 'TLSv1.3', ...options },
    (request, response) => {
      seen.push(request.url ?? '')
      response.end('here')
    },
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

async function send(url: string, pinsOf: () => PinnedServer | undefined): Promise<string> {
  await using client = undiciHttpClient({ pinsOf })
  return sendBy(client, url)
}

async function sendBy(client: ReturnType<typeof undiciHttpClient>, url: string): Promise<string> {
  try {
    const request = { method: 'GET', url: `${url}/x`, headers: {} } as const
    const reply = await client.send({ ...request, timeoutMs: 20_000, maxResponseBytes: 100 })
    return String(reply.status)
  } catch (cause) {
    assert.ok(cause instanceof PlatformError)
    return `${cause.code}: ${cause.message}`
  }
}

const good = await make('127.0.0.1')
const other = await make('127.0.0.1')

test('a pinned certificate for the host is taken, without any authority', async () => {
  const { url } = await serve(good)
  assert.equal(await send(url, () => ({ pins: [pinOf(other), pinOf(good)] })), '200')
  assert.match(await send(url, () => undefined), /^PEER_UNREACHABLE/, 'no authority vouches for it')
})

test('another certificate, none for the host, one out of time and no pin are refused before a byte is sent', async () => {
  const elsewhere = await make('tax.example')
  const past = await make('127.0.0.1', { now: () => systemClock.now() - 500 * dayMs })
  const future = await make('127.0.0.1', { now: () => systemClock.now() + 10 * dayMs })
  const cases = [
    [good, [pinOf(other)], /^PEER_NOT_PINNED.*not pinned/],
    [good, [], /^PEER_NOT_PINNED.*not pinned/],
    [elsewhere, [pinOf(elsewhere)], /^PEER_NOT_PINNED.*another host/],
    [past, [pinOf(past)], /^PEER_NOT_PINNED.*not valid at this time/],
    [future, [pinOf(future)], /^PEER_NOT_PINNED.*not valid at this time/],
  ] as const
  for (const [certificate, pins, expected] of cases) {
    const { url, seen } = await serve(certificate)
    assert.match(await send(url, () => ({ pins })), expected)
    assert.deepEqual(seen, [])
  }
})

test('TLS 1.2 and plain HTTP are refused', async () => {
  const { url, seen } = await serve(good, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })
  assert.match(await send(url, () => ({ pins: [pinOf(good)] })), /^PEER_UNREACHABLE/)
  assert.deepEqual(seen, [])
  const plain = createPlainServer((_request, response) => response.end('here'))
  await new Promise<void>((done) => plain.listen(0, '127.0.0.1', done))
  closing.defer(() => void plain.close())
  const port = (plain.address() as AddressInfo).port
  assert.match(
    await send(`https://127.0.0.1:${port}`, () => ({ pins: [pinOf(good)] })),
    /^PEER_UNREACHABLE/,
  )
})

test('a pin that is withdrawn ends the connection that was made under it', async () => {
  const { url, seen } = await serve(good)
  let pins = [pinOf(good)]
  await using client = undiciHttpClient({ pinsOf: () => ({ pins }) })
  assert.equal(await sendBy(client, url), '200')
  pins = [pinOf(other)]
  assert.match(await sendBy(client, url), /^PEER_NOT_PINNED/)
  assert.equal(seen.length, 1)
})

test('the client shows its own certificate where it is asked for', async () => {
  const shown: (string | undefined)[] = []
  const server = createServer(
    { cert: good.certificate, key: good.key, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const socket = request.socket as unknown as {
        getPeerX509Certificate(): X509Certificate | undefined
      }
      const certificate = socket.getPeerX509Certificate()
      shown.push(certificate === undefined ? undefined : spkiPin(certificate))
      response.end()
    },
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.defer(() => void server.close())
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pinsOf = (): PinnedServer => ({ pins: [pinOf(good)] })
  for (const own of [other, undefined]) {
    await using client = undiciHttpClient({ pinsOf, own })
    assert.equal(await sendBy(client, url), '200')
  }
  assert.deepEqual(shown, [pinOf(other), undefined])
})
