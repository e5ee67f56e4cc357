import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ConnectorLink } from './connector-link.ts'
import { registerProtocol } from './open-register.ts'
import type { SpawnConnector } from './fork-connector.ts'

const lookUp = { kind: 'lookUp', subject: 'P1', elements: ['district'] } as const

/** A connector that takes everything and says nothing. */
function mute(): { readonly spawn: SpawnConnector; readonly kills: () => number } {
  let kills = 0
  const spawn: SpawnConnector = (_settings, listener) => ({
    send: () => true,
    kill: () => {
      kills += 1
      listener.ended()
    },
  })
  return { spawn, kills: () => kills }
}

test('a process that does not answer in time is ended, and the question fails', async () => {
  const { spawn, kills } = mute()
  const patience = { lookUp: 20, aggregate: 60_000, describe: 60_000 }
  await using link = new ConnectorLink('{}', spawn, { ...registerProtocol, patience })
  await assert.rejects(link.ask(lookUp), { code: 'UNAVAILABLE' })
  assert.equal(kills(), 1)
})

test('at most ten thousand questions wait; the next one fails at once', async () => {
  const { spawn } = mute()
  const link = new ConnectorLink('{}', spawn, registerProtocol)
  const waiting = Array.from({ length: 10_000 }, () => link.ask(lookUp))
  await assert.rejects(link.ask(lookUp), { message: 'too much is asked at once' })
  await link[Symbol.asyncDispose]()
  const outcomes = await Promise.allSettled(waiting)
  assert.ok(outcomes.every(({ status }) => status === 'rejected'))
})

test('what a process cannot take any more fails at once', async () => {
  const spawn: SpawnConnector = (_settings, listener) => ({
    send: () => false,
    kill: () => listener.ended(),
  })
  await using link = new ConnectorLink('{}', spawn, registerProtocol)
  await assert.rejects(link.ask(lookUp), { code: 'UNAVAILABLE' })
})
