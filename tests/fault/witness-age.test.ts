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
import { waitUntil } from '../house/wait-until.ts'
import { askingConsumer } from './asking-consumer.ts'
import { type GatewayProcess, startGateway } from './gateway-process.ts'
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

test('a gateway whose newest cosignature is over 60 s old says so, over 300 s old answers nothing until it is cosigned again', async (t) => {
  const provider = await makeProvider({ publishSeconds: 0.2 })
  const gateways: GatewayProcess[] = []
  t.after(async () => {
    for (const gateway of gateways) await gateway.kill()
    rmSync(provider.dir, { recursive: true, force: true })
  })
  const start = async (): Promise<GatewayProcess> => {
    const gateway = startGateway(provider.configPath)
    gateways.push(gateway)
    await gateway.listening
    return gateway
  }
  const isWell = async (): Promise<true | undefined> =>
    (await readyz(provider)).ailments.length === 0 || undefined
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

  // Three minutes and five seconds, so that a slow start does not make it four.
  ageMs = 185_000
  const soft = await start()
  await waitUntil('the first cosignature', isWell, [soft])
  const shown = await readyz(provider)
  assert.match(shown.warnings.join(), /cosignature of a quorum of witnesses is 3 minutes old/)
  // The agreement's lock runs between the witness's own times, old as they are.
  const answered = async (): Promise<true | undefined> => {
    await sleep(300)
    return (await askOnce(provider)) === 200 || undefined
  }
  await waitUntil('an answer under the old times', answered, [soft])
  assert.equal((await soft.stop()).exitCode, 0)

  ageMs = 301_000
  const gateway = await start()
  const isOld = async (): Promise<true | undefined> =>
    /cosigned this log for 5 minutes/.test((await readyz(provider)).ailments.join()) || undefined
  await waitUntil('the ailment of an old cosignature', isOld, [gateway])
  assert.equal(await askOnce(provider), 503)
  ageMs = 0
  await waitUntil('a young cosignature', isWell, [gateway])
  assert.deepEqual((await readyz(provider)).warnings, [])
  assert.equal(await askOnce(provider), 200)
  assert.equal((await gateway.stop()).exitCode, 0)
})
