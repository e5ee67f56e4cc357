import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../src/log/index.ts'
import { parseVerifierKey } from '../../src/log/verify/index.ts'
import { claimPorts, bestEd25519, systemClock } from '../../src/platform/index.ts'
import { memoryWitnessStore } from '../../src/storage/witness/index.ts'
import { createWitnessApp } from '../../src/witness/index.ts'
import { askingConsumer } from './asking-consumer.ts'
import { startGateway } from './gateway-process.ts'
import { makeProvider, type ProviderFixture } from './provider-fixture.ts'

async function readyz(
  provider: ProviderFixture,
): Promise<{ readonly ailments: readonly string[]; readonly warnings: readonly string[] }> {
  const response = await request(`http://${provider.adminAddress}/readyz`)
  const found: { ailments: string[]; warnings: string[] } = JSON.parse(await response.body.text())
  return found
}

async function askOnce(provider: ProviderFixture): Promise<number> {
  const [found] = provider.consumer.cases
  const subject = found?.subjects[0]
  assert.ok(found !== undefined && subject !== undefined)
  const consumer = askingConsumer(provider.consumer)
  const [question] = await consumer.ask([{ case: found, subject }])
  assert.ok(question !== undefined)
  const url = `http://${provider.consumer.authority}/v1/person-questions`
  const headers = consumer.sign(question.body)
  const response = await request(url, { method: 'POST', headers, body: question.body })
  await response.body.dump()
  return response.statusCode
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await condition()) return
    await sleep(50)
  }
  assert.fail('it did not come to pass within five seconds')
}

test('a gateway whose newest cosignature is over 60 s old says so, over 300 s old answers nothing until it is cosigned again', async (t) => {
  const provider = await makeProvider({ publishSeconds: 0.2 })
  t.after(() => rmSync(provider.dir, { recursive: true, force: true }))
  const ed25519 = bestEd25519()
  const [port] = await claimPorts(1)
  const signer = { name: 'witness.localhost/w1', seed: new Uint8Array(32).fill(4) }
  const vkey = formatVerifierKey(
    signer.name,
    SIGNATURE_TYPES.cosignature,
    ed25519.publicKey(signer.seed),
  )
  const log = parseVerifierKey(provider.tax.logVerifierKey)
  /** How far the time of its cosignatures lies back. */
  let ageMs = 0
  const witness = createWitnessApp(
    {
      logs: new Map([[log.name, [log]]]),
      signer,
      store: memoryWitnessStore(),
      clock: { now: () => systemClock.now() - ageMs },
      ed25519,
    },
    { connections: 16, bodyBytes: 131_072 },
  )
  await witness.listen({ host: '127.0.0.1', port: Number(port) })
  t.after(() => witness.close())
  const policy = `log ${provider.tax.logVerifierKey}\nwitness w1 ${vkey} http://127.0.0.1:${port}\nquorum w1\n`
  writeFileSync(join(provider.dir, 'policy.txt'), policy)

  ageMs = 200_000
  const soft = startGateway(provider.configPath)
  t.after(() => soft.kill())
  await soft.listening
  const shown = await readyz(provider)
  assert.deepEqual(shown.ailments, [])
  assert.match(shown.warnings.join(), /cosignature of a quorum of witnesses is 3 minutes old/)
  // The agreement's lock runs between the witness's own times, old as they are.
  await until(async () => {
    await sleep(300)
    return (await askOnce(provider)) === 200
  })
  assert.equal((await soft.stop()).exitCode, 0)

  ageMs = 301_000
  const gateway = startGateway(provider.configPath)
  t.after(() => gateway.kill())
  await gateway.listening
  assert.match((await readyz(provider)).ailments.join(), /cosigned this log for 5 minutes/)
  assert.equal(await askOnce(provider), 503)
  ageMs = 0
  await until(async () => (await readyz(provider)).ailments.length === 0)
  assert.deepEqual((await readyz(provider)).warnings, [])
  assert.equal(await askOnce(provider), 200)
  assert.equal((await gateway.stop()).exitCode, 0)
})
