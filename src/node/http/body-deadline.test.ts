import assert from 'node:assert/strict'
import { createServer, request as send, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { test } from 'node:test'
import { bodyDeadline } from './body-deadline.ts'

/** How a request that never sends the rest of its body ends; `lifted` once somebody known has signed for it. */
async function slowRequest(isLifted: boolean): Promise<'ended' | 'open'> {
  const deadline = bodyDeadline(50)
  const server = createServer((request: IncomingMessage) => {
    deadline.begin(request)
    if (isLifted) deadline.lift(request)
    request.on('error', () => undefined).resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const client = send({ port: address.port, method: 'POST', headers: { 'content-length': '9' } })
  const ended = new Promise<void>((resolve) => {
    client.on('error', () => undefined).once('close', () => resolve())
  })
  client.write('half')
  const outcome = await Promise.race([
    ended.then(() => 'ended' as const),
    new Promise<'open'>((resolve) => {
      setTimeout(() => resolve('open'), 400)
    }),
  ])
  client.destroy()
  server.closeAllConnections()
  server.close()
  return outcome
}

test('a body that does not come to its end in time ends its connection', async () => {
  assert.equal(await slowRequest(false), 'ended')
})

test('one that somebody known has signed for goes on', async () => {
  assert.equal(await slowRequest(true), 'open')
})
