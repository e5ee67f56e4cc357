import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeObjectStore, type FakeObjectStore } from '../../src/testing/object-store/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { askingConsumer } from './asking-consumer.ts'
import { cliScript, type GatewayProcess, startGateway } from './gateway-process.ts'
import { makeProvider, type ProviderFixture } from './provider-fixture.ts'

const prefix = 'tax/log/2026h2'

async function providerOn(store: FakeObjectStore): Promise<ProviderFixture> {
  const provider = await makeProvider({
    config: (config) => ({
      ...config,
      log: {
        ...config.log,
        object_store: {
          endpoint: store.endpoint,
          bucket: store.bucket,
          prefix,
          region: 'eu-test-1',
          credentials_file: 'keys/object-store.yaml',
        },
      },
    }),
  })
  const credentials = 'access_key_id: AKIDEXAMPLE\nsecret_access_key: a-secret-of-the-tests\n'
  writeFileSync(join(provider.dir, 'keys', 'object-store.yaml'), credentials, { mode: 0o600 })
  return provider
}

function sizeIn(store: FakeObjectStore): number {
  const note = store.objects.get(`${prefix}/checkpoint`)
  return note === undefined ? 0 : Number(new TextDecoder().decode(note).split('\n')[1])
}

async function untilPublished(
  store: FakeObjectStore,
  size: number,
  gateway: GatewayProcess,
): Promise<void> {
  const look = (): true | undefined => sizeIn(store) >= size || undefined
  await waitUntil(`the publication of ${size} entries`, look, [gateway])
}

async function ask(provider: ProviderFixture, number: number): Promise<void> {
  const consumer = askingConsumer(provider.consumer)
  const place = provider.consumer.cases[number]
  const subject = place?.subjects[0]
  assert.ok(place !== undefined && subject !== undefined)
  const [asked] = await consumer.ask([{ case: place, subject }])
  assert.ok(asked !== undefined)
  const reply = await fetch(`http://${provider.consumer.authority}/v1/person-questions`, {
    method: 'POST',
    headers: consumer.sign(asked.body),
    body: Buffer.from(asked.body),
  })
  assert.equal(reply.status, 200)
}

/** Asks the gateway for what it reads out of the store; this process serves the store meanwhile. */
async function verify(provider: ProviderFixture): Promise<number | null> {
  const url = `http://${provider.consumer.authority}/log/2026h2`
  const policy = join(provider.dir, 'policy.txt')
  const child = spawn(process.execPath, [cliScript, 'log', 'verify', url, '--policy', policy])
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : null
}

test('a log in an object store (a fake that honours conditional writes) survives faults and kill -9', async (t) => {
  await using store = await fakeObjectStore()
  const provider = await providerOn(store)
  t.after(() => rmSync(provider.dir, { recursive: true, force: true }))
  const first = startGateway(provider.configPath)
  await first.listening
  const start = sizeIn(store)
  store.faults.push('slow-down', 'lost-answer', undefined, 'failed-after', 'lost-request')
  await ask(provider, 0)
  await untilPublished(store, start + 1, first)
  await first.kill()
  const second = startGateway(provider.configPath)
  await second.listening
  await ask(provider, 1)
  await untilPublished(store, start + 3, second)
  assert.equal(await verify(provider), 0)
  const { exitCode, stderr } = await second.stop()
  assert.deepEqual([exitCode, stderr], [0, ''])
  assert.deepEqual(store.complaints, [])
})

test('a store that shows another checkpoint, or an older one, stops the start', async (t) => {
  await using store = await fakeObjectStore()
  const provider = await providerOn(store)
  t.after(() => rmSync(provider.dir, { recursive: true, force: true }))
  const first = startGateway(provider.configPath)
  await first.listening
  const older = new Map(store.objects)
  const start = sizeIn(store)
  await ask(provider, 0)
  await untilPublished(store, start + 1, first)
  await first.stop()
  const whole = new Map(store.objects)
  const checkpoint = whole.get(`${prefix}/checkpoint`) ?? new Uint8Array()
  // A character of the root, another one whatever it is.
  const changed = checkpoint.with(30, checkpoint[30] === 0x41 ? 0x42 : 0x41)
  const broken = new Map(whole).set(`${prefix}/checkpoint`, changed)
  for (const objects of [older, broken, new Map<string, Uint8Array>()]) {
    store.objects.clear()
    for (const [key, bytes] of objects) store.objects.set(key, bytes)
    const gateway = startGateway(provider.configPath)
    t.after(() => gateway.kill())
    await assert.rejects(gateway.listening)
    assert.equal((await gateway.ended).exitCode, 3)
  }
})
