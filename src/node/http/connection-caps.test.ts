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

/** Waits until the server has seen the end of every connection that it ever took. */
function endsOf(server: Server): () => Promise<unknown> {
  const ends: Promise<void>[] = []
  server.on('connection', (socket: Socket) => {
    ends.push(new Promise((ended) => socket.once('close', () => ended())))
  })
  return () => Promise.all(ends)
}

interface Opened {
  readonly socket: Socket
  /** Asks as this peer, or as nobody: the status, or that the connection was ended instead. */
  ask(peer?: string): Promise<number | 'ended'>
}

function opened(socket: Socket): Opened {
  const ended = new Promise<'ended'>((end) => {
    socket.on('error', () => undefined).once('close', () => end('ended'))
  })
  socket.resume()
  return {
    socket,
    ask(peer = '') {
      const status = new Promise<number>((hear) =>
        socket.once('data', (bytes: Buffer) => hear(Number(bytes.toString('latin1').slice(9, 12)))),
      )
      socket.write(`GET /${peer} HTTP/1.1\r\nhost: x\r\n\r\n`)
      return Promise.race([ended, status])
    },
  }
}

/** Opens this many at once and asks on each as nobody, so that the server has taken or ended it. */
async function openMany(
  count: number,
  make: () => Socket,
): Promise<{ readonly all: readonly Opened[]; readonly held: readonly Opened[] }> {
  const all = Array.from({ length: count }, () => opened(make()))
  const heard = await Promise.all(all.map((one) => one.ask()))
  return { all, held: all.filter((_, place) => heard[place] === 200) }
}

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
        const peer = (request.url ?? '').slice(1)
        const isKept = peer === '' || caps.identify(request.socket, peer)
        response.statusCode = isKept ? 200 : 429
        response.end()
      },
      isTls ? tls : undefined,
      false,
    )
    const caps = connectionCaps(server, { connections: 100, perAddress: 4, perPeer: 3 })
    const allEnded = endsOf(server)
    const port = await listen(server)
    const make = (): Socket =>
      isTls
        ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
        : connect(port, '127.0.0.1')
    const first = await openMany(6, make)
    assert.equal(first.held.length, 4, 'two were ended at once')
    const asHousing = first.held.slice(0, 3)
    assert.deepEqual(await Promise.all(asHousing.map((one) => one.ask('housing'))), [200, 200, 200])
    assert.deepEqual(
      await Promise.all(first.held.map((one) => one.ask())),
      [200, 200, 200, 200],
      'all four are still held',
    )
    const second = await openMany(3, make)
    assert.equal(second.held.length, 3, 'the address is free again')
    const [one, other, third] = second.held
    assert.notEqual(await one?.ask('housing'), 200, 'housing has its three already')
    assert.equal(await other?.ask('social'), 200, 'social has none')
    assert.deepEqual(
      [await one?.ask(), await other?.ask(), await third?.ask()],
      ['ended', 200, 200],
    )
    for (const { socket } of [...first.all, ...second.all]) socket.destroy()
    await allEnded()
    const fourth = await openMany(4, make)
    assert.equal(fourth.held.length, 4, 'what is closed is not counted')
    for (const { socket } of fourth.all) socket.destroy()
  })
}
