import assert from 'node:assert/strict'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { decodeUtf8 } from '../../src/bytes/index.ts'
import { readEntry } from '../../src/log/index.ts'
import { aesGcm, systemRandomness } from '../../src/platform/index.ts'
import { openRecordKeys } from '../../src/storage/record-keys/index.ts'
import { openStateReader } from '../../src/storage/sqlite/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { askingConsumer } from './asking-consumer.ts'
import { type GatewayProcess, startGateway } from './gateway-process.ts'
import { makeProvider, type ProviderFixture } from './provider-fixture.ts'

const passSeconds = 1

async function startProvider(
  t: TestContext,
): Promise<{ readonly provider: ProviderFixture; readonly gateway: GatewayProcess }> {
  const provider = await makeProvider({
    publishSeconds: 0.2,
    config: (config) => ({ ...config, log: { ...config.log, audit_s: passSeconds } }),
  })
  const gateway = startGateway(provider.configPath)
  t.after(async () => {
    await gateway.kill()
    rmSync(provider.dir, { recursive: true, force: true })
  })
  await gateway.listening
  return { provider, gateway }
}

async function ailments(provider: ProviderFixture): Promise<string> {
  const response = await request(`http://${provider.adminAddress}/readyz`)
  const found: { ailments: string[] } = JSON.parse(await response.body.text())
  return found.ailments.join(' ')
}

/** The audit's sentence, and how long it took. */
async function awaitFinding(
  provider: ProviderFixture,
  gateway: GatewayProcess,
): Promise<{ readonly sentence: string; readonly ms: number }> {
  const began = Date.now()
  const look = async (): Promise<string | undefined> => (await ailments(provider)) || undefined
  const sentence = await waitUntil('a finding of the self-audit', look, [gateway])
  return { sentence, ms: Date.now() - began }
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

/**
 * Flips one bit of these bytes wherever the store's files hold them, as a failing disk would: this byte alone is written, so
 * that whoever reads meanwhile finds all the others.
 */
function flipInStore(dir: string, bytes: Uint8Array): void {
  let flipped = 0
  for (const name of ['state.db', 'state.db-wal'].filter((file) => existsSync(join(dir, file)))) {
    const file = readFileSync(join(dir, name))
    const open = openSync(join(dir, name), 'r+')
    for (let at = file.indexOf(bytes); at >= 0; at = file.indexOf(bytes, at + 1)) {
      writeSync(open, Uint8Array.of((file[at + 20] ?? 0) ^ 4), 0, 1, at + 20)
      flipped += 1
    }
    closeSync(open)
  }
  assert.ok(flipped > 0, 'there was nothing to flip')
}

/** What the newest entries of the log say, by kind and name. */
async function newestEntry(provider: ProviderFixture): Promise<unknown> {
  using reader = openStateReader(join(provider.dir, 'state.db'))
  const recordKeys = openRecordKeys({ path: join(provider.dir, 'keys/record') })
  const size = (await reader.head())?.size ?? 0
  const entry = await readEntry(reader, size - 1, { aead: aesGcm(systemRandomness), recordKeys })
  return JSON.parse(entry?.record ?? 'null')
}

async function expectShut(
  provider: ProviderFixture,
  gateway: GatewayProcess,
  expected: { readonly name: string; readonly body: object },
): Promise<void> {
  assert.equal(await askOnce(provider), 503)
  // The gateway is shut by the finding at once, and its entry is committed after that.
  const look = async (): Promise<Record<string, unknown> | undefined> => {
    const newest: Record<string, unknown> = Object(await newestEntry(provider))
    return newest['kind'] === 'signal.self-audit' ? newest : undefined
  }
  const entry = await waitUntil('the entry of the finding', look, [gateway])
  assert.deepEqual({ name: entry['name'], body: entry['body'] }, expected)
  assert.equal((await gateway.stop()).exitCode, 0)
}

test('a bit that flips in the state store of a running gateway is found within a pass and shuts it', async (t) => {
  const { provider, gateway } = await startProvider(t)
  assert.equal(await askOnce(provider), 200)
  await sleep(2_500)
  assert.equal(await ailments(provider), '', 'two passes over a good log found something')
  const db = new DatabaseSync(join(provider.dir, 'state.db'), { readOnly: true })
  const leaf = db.prepare('SELECT leaf FROM entry WHERE idx = 1').get()?.['leaf']
  db.close()
  assert.ok(leaf instanceof Uint8Array)
  flipInStore(provider.dir, leaf)
  const { sentence, ms } = await awaitFinding(provider, gateway)
  assert.match(sentence, /The self-audit found: Entry 1 in the state store/)
  t.diagnostic(`found after ${ms} ms, with a pass of ${passSeconds} s: ${sentence}`)
  await expectShut(provider, gateway, {
    name: 'state store',
    body: { code: 'ENTRY_WRONG', entry: 1 },
  })
})

test('a bit that flips in a published file of a running gateway is found within a pass and shuts it', async (t) => {
  const { provider, gateway } = await startProvider(t)
  const path = join(provider.dir, 'log/governance/0')
  const text = decodeUtf8(readFileSync(path))
  // Put in place whole: a pass that reads half a file would find something else.
  writeFileSync(`${path}-changed`, text.replace('Tax Agency', 'Tax Agencz'))
  renameSync(`${path}-changed`, path)
  const { sentence, ms } = await awaitFinding(provider, gateway)
  assert.match(sentence, /file "governance\/0"/)
  t.diagnostic(`found after ${ms} ms, with a pass of ${passSeconds} s: ${sentence}`)
  await expectShut(provider, gateway, {
    name: 'governance/0',
    body: { code: 'OPENING_WRONG', entry: 0 },
  })
})
