import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
} from '../../src/log/verify/index.ts'
import { bestEd25519 } from '../../src/platform/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { sendOnce } from '../wire/wire-client.ts'
import { askingConsumer, type AskingConsumer } from './asking-consumer.ts'
import { startGateway } from './gateway-process.ts'
import { makeProvider, peerOf } from './provider-fixture.ts'

test('a consumer that shows its provider two trees of one size is refused, and its own signatures are published', async () => {
  const provider = await makeProvider()
  const { consumer: secrets, dir, configPath } = provider
  const [found] = secrets.cases
  const subject = found?.subjects[0]
  assert.ok(found !== undefined && subject !== undefined)
  const ask = async (consumer: AskingConsumer): Promise<string> => {
    const [question] = await consumer.ask([{ case: found, subject }])
    assert.ok(question !== undefined)
    const { body } = question
    const reply = await sendOnce(secrets.authority, { headers: consumer.sign(body), body })
    return `${reply.status} ${JSON.parse(reply.body).code ?? ''}`
  }
  const [open, hidden] = [askingConsumer(secrets), askingConsumer(secrets, 'another history')]
  const gateway = startGateway(configPath)
  await gateway.listening
  try {
    assert.equal(await ask(open), '200 ')
    assert.equal(await ask(open), '200 ')
    // The other history has one entry too few to be told by its size; then it has as many.
    assert.equal(await ask(hidden), '200 ')
    assert.equal(await ask(hidden), '403 ASKED_RECEIPT_MISSING')
    assert.equal(await ask(open), '200 ', 'the history that was seen first goes on')
    await waitUntil('the signal of a fork', () => signalIn(dir), [gateway])
  } finally {
    await gateway.stop()
  }
  const key = parseVerifierKey(peerOf(provider).log_vkeys[0] ?? '')
  const signal = signalIn(dir)
  assert.equal(signal?.record.name, secrets.origin)
  const roots = signal.record.body.notes.map((note) => {
    openCheckpoint(note, { log: key, witnesses: [], ed25519: bestEd25519() })
    return parseCheckpoint(parseNote(note).text)
  })
  assert.deepEqual(
    roots.map(({ size }) => size),
    [2, 2],
  )
  assert.notDeepEqual(roots[0]?.root, roots[1]?.root)
  rmSync(dir, { recursive: true, force: true })
})

interface Opening {
  readonly record: {
    readonly kind: string
    readonly name: string
    readonly body: { readonly notes: readonly string[] }
  }
}

function signalIn(dir: string): Opening | undefined {
  const entries = Array.from({ length: 40 }, (_, index) => openingOf(join(dir, 'log'), index))
  return entries.find((entry) => entry?.record.kind === 'signal.fork')
}

/** The published opening of a governance entry; nothing for an exchange. */
function openingOf(log: string, index: number): Opening | undefined {
  try {
    const opening: Opening = JSON.parse(
      readFileSync(join(log, 'governance', String(index)), 'utf8'),
    )
    return opening
  } catch {
    return undefined
  }
}
