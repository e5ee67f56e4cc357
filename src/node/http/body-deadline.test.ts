import assert from 'node:assert/strict'
import { createServer, request as send, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { bodyDeadline } from './body-deadline.ts'

/** How a request that never sends the rest of its body ends; `lifted` once somebody known has signed for it. */
async function slowRequest(isLifted: boolean): Promise<'ended' | 'open'> {
  const deadline = bodyDeadline(50)
  const begun = Promise.withResolvers<void>()
  const server = createServer((request: IncomingMessage) => {
    deadline.begin(request)
    if (isLifted) deadline.lift(request)
    begun.resolve()
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
  await begun.promise
  // One that is to end is waited for; what is to stay has had eight times the time when it is looked at.
  const patience = new AbortController()
  const outcome = await Promise.race([
    ended.then(() => 'ended' as const),
    wait(isLifted ? 400 : 20_000, 'open' as const, { signal: patience.signal }),
  ])
  patience.abort()
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
