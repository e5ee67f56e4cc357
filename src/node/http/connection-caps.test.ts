import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { after, test } from 'node:test'
import { makeCertificate, systemClock, systemRandomness } from '../../platform/index.ts'
import { connectionCaps } from './connection-caps.ts'
import { publicServer } from './public-server.ts'

const closing = new AsyncDisposableStack()
after(() => closing.disposeAsync())

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const pause = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms))

/** A connection that asks as a peer when it is told to. */
function opened(socket: Socket): { readonly socket: Socket; readonly isOpen: () => boolean } {
  let isOpen = true
  socket.on('error', () => undefined).on('close', () => (isOpen = false))
  socket.resume()
  return { socket, isOpen: () => isOpen }
}

async function openMany(
  count: number,
  make: () => Socket,
): Promise<readonly ReturnType<typeof opened>[]> {
  const all = Array.from({ length: count }, () => opened(make()))
  await pause(150)
  return all
}

const askAs = (peer: string): string => `GET /${peer} HTTP/1.1\r\nhost: x\r\n\r\n`

for (const isTls of [false, true]) {
  const kind = isTls ? 'TLS' : 'plain'
  test(`${kind}: an address has its share until its connections are a peer’s, and a peer has its own`, async () => {
    const made = await makeCertificate('127.0.0.1', {
      clock: systemClock,
      randomness: systemRandomness,
    })
    const tls = { ...made, pin: '', clientCertificates: 'off' as const, validToMs: 0 }
    const server = publicServer(
      (request, response) => {
        const isKept = caps.identify(request.socket, request.url ?? '')
        response.statusCode = isKept ? 200 : 429
        response.end()
      },
      isTls ? tls : undefined,
      false,
    )
    const caps = connectionCaps(server, { connections: 100, perAddress: 4, perPeer: 3 })
    const port = await listen(server)
    const make = (): Socket =>
      isTls
        ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
        : connect(port, '127.0.0.1')
    const first = await openMany(6, make)
    assert.equal(first.filter(({ isOpen }) => isOpen()).length, 4, 'two were ended at once')
    const kept = first.filter(({ isOpen }) => isOpen())
    for (const { socket } of kept.slice(0, 3)) socket.write(askAs('housing'))
    await pause(100)
    assert.equal(kept.filter(({ isOpen }) => isOpen()).length, 4)
    const second = await openMany(3, make)
    assert.equal(second.filter(({ isOpen }) => isOpen()).length, 3, 'the address is free again')
    const [one, other] = second
    one?.socket.write(askAs('housing'))
    other?.socket.write(askAs('social'))
    await pause(100)
    assert.deepEqual(
      second.map(({ isOpen }) => isOpen()),
      [false, true, true],
      'housing has its three already; social has none',
    )
    for (const { socket } of [...first, ...second]) socket.destroy()
    await pause(100)
    const third = await openMany(4, make)
    assert.equal(third.filter(({ isOpen }) => isOpen()).length, 4, 'what is closed is not counted')
    for (const { socket } of third) socket.destroy()
  })
}
