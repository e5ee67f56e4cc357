import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, test } from 'node:test'
import type { HttpResponse } from '../../ports/index.ts'
import type { FaultName } from './faults.ts'
import type { ProcessLife } from './process-life.ts'
import { seededRandom } from './seeded-random.ts'
import { SimNetwork } from './sim-network.ts'
import { hear, testGround, type TestGround } from './test-ground.ts'

interface Town extends TestGround {
  readonly network: SimNetwork
  readonly client: ProcessLife
  readonly server: ProcessLife
  /** How many requests the server has received. */
  received(): number
  send(): { heard: string }
}

function town(fault?: FaultName, reply?: Promise<HttpResponse>): Town {
  const one = testGround(nextTurn, fault)
  const network = new SimNetwork({ ...one, random: seededRandom('network') })
  const client = one.life('client.example')
  const server = one.life('server.example')
  let count = 0
  network.listen('server.example', {
    life: server,
    receive() {
      count += 1
      return reply ?? Promise.resolve({ status: 200, headers: {}, body: new Uint8Array() })
    },
  })
  const send = (): { heard: string } => {
    const request = { method: 'GET', url: 'https://server.example/x', headers: {} } as const
    const response = network
      .client(client)
      .send({ ...request, timeoutMs: 900, maxResponseBytes: 10 })
    return hear(response.then(({ status }) => status))
  }
  return { ...one, network, client, server, received: () => count, send }
}

describe('a simulated network', () => {
  test('carries a request and its response', async () => {
    const one = town()
    const ear = one.send()
    await one.settle()
    assert.deepEqual([ear.heard, one.received()], ['result 200', 1])
  })

  test('refuses at once where nobody listens, and after whoever listened has ended', async () => {
    const one = town()
    one.server.end('killed')
    const ear = one.send()
    await one.settle()
    assert.deepEqual([ear.heard, one.received()], ['Error: refused', 0])
  })

  test('loses a request or a response, and the sender gives up in time', async () => {
    for (const [fault, received] of [
      ['request dropped', 0],
      ['response dropped', 1],
    ] as const) {
      const one = town(fault)
      const ear = one.send()
      await one.settle()
      assert.deepEqual([ear.heard, one.received()], ['Error: timeout', received])
      assert.ok(one.scheduler.nowMs >= 1_900)
    }
  })

  test('delivers a message twice, and the sender hears once', async () => {
    const one = town('message duplicated')
    const ear = one.send()
    await one.settle()
    assert.deepEqual([ear.heard, one.received()], ['result 200', 2])
  })

  test('delays a message beyond the sender’s patience', async () => {
    const one = town('message delayed')
    one.send()
    one.send()
    one.send()
    await one.settle()
    assert.equal(one.received(), 3)
    assert.ok(one.scheduler.nowMs > 1_900)
  })

  test('is cut between two hosts until it is healed', async () => {
    const one = town()
    one.network.cut('server.example', 'client.example')
    const cut = one.send()
    await one.settle()
    assert.deepEqual([cut.heard, one.received()], ['Error: timeout', 0])
    one.network.cut('client.example', 'server.example')
    one.network.heal()
    const healed = one.send()
    await one.settle()
    assert.deepEqual([healed.heard, one.received()], ['result 200', 1])
  })

  test('resets what a server was working on when it ends, and a dead sender hears nothing', async () => {
    const never = new Promise<HttpResponse>(() => undefined)
    const one = town(undefined, never)
    const ear = one.send()
    for (let step = 0; step < 2; step += 1) await one.scheduler.step()
    assert.equal(one.received(), 1)
    one.server.end('killed')
    await one.settle()
    assert.equal(ear.heard, 'Error: reset')
    const other = town()
    const deaf = other.send()
    await other.scheduler.step()
    other.client.end('killed')
    await other.settle()
    assert.equal(deaf.heard, 'nothing')
  })
})
