import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { needStrace } from '../house/needs.ts'
import { waitUntil } from '../house/wait-until.ts'
import { sendOnce } from '../wire/wire-client.ts'
import { askingConsumer } from './asking-consumer.ts'
import { startGateway } from './gateway-process.ts'
import { makeProvider } from './provider-fixture.ts'
import { holdSyncs, readTrace, type SyncReport, traceArguments } from './traced-syncs.ts'

const questions = 25

/** Asks a traced gateway one question after the other, so that each is a batch of its own. */
async function traceAnswers(strace: string, nodeOptions: readonly string[]): Promise<SyncReport> {
  // Nothing is published meanwhile: the syncs are those of the stores.
  const { dir, configPath, consumer: secrets } = await makeProvider({ publishSeconds: 600 })
  const traceFile = join(dir, 'trace.txt')
  const gateway = startGateway(configPath, {
    under: traceArguments(strace, traceFile),
    nodeOptions,
  })
  try {
    await gateway.listening
    const consumer = askingConsumer(secrets)
    const started = readTrace(traceFile).length
    for (let number = 0; number < questions; number += 1) {
      const found = secrets.cases[number % 4]
      const subject = found?.subjects[number % 6]
      assert.ok(found !== undefined && subject !== undefined)
      const [question] = await consumer.ask([{ case: found, subject }])
      assert.ok(question !== undefined)
      const { body } = question
      const reply = await sendOnce(secrets.authority, { headers: consumer.sign(body), body })
      assert.equal(reply.status, 200, reply.body)
    }
    // The tracer writes a call down when it is over: an answer may be here before its line is.
    const look = (): SyncReport | undefined => {
      const report = holdSyncs(readTrace(traceFile).slice(started))
      return report.answers >= questions ? report : undefined
    }
    return await waitUntil('the trace of all answers', look)
  } finally {
    gateway.child.kill('SIGTERM')
    await gateway.ended
    rmSync(dir, { recursive: true, force: true })
  }
}

test('no answer leaves before the state store and then the head store are synced', async (t) => {
  const strace = needStrace(t)
  if (strace === undefined) return
  const { problems, ...counts } = await traceAnswers(strace, [])
  console.log(`synchronous=FULL: ${JSON.stringify(counts)}`)
  assert.equal(counts.answers, questions)
  assert.deepEqual(problems, [])
})

test('with synchronous=OFF forced behind its back the same check fails', async (t) => {
  const strace = needStrace(t)
  if (strace === undefined) return
  const script = pathToFileURL(join(import.meta.dirname, 'force-synchronous-off.ts')).href
  const { problems, ...counts } = await traceAnswers(strace, ['--import', script])
  console.log(`synchronous=OFF: ${JSON.stringify(counts)}`)
  assert.equal(counts.answers, questions)
  assert.ok(problems.length > questions, problems.join('; '))
})

test('the check of syncs sees a wrong order, a missing store and one sync for two answers', () => {
  const state = { kind: 'sync', file: '/x/state.db-wal' } as const
  const head = { kind: 'sync', file: '/x/head.db-wal' } as const
  const answer = { kind: 'reply', status: 200 } as const
  assert.deepEqual(holdSyncs([state, head, answer, state, head, answer]).problems, [])
  for (const wrong of [
    [answer],
    [state, answer],
    [head, answer],
    [head, state, answer],
    [state, head, answer, answer],
    [state, answer, head],
  ]) {
    assert.notDeepEqual(holdSyncs(wrong).problems, [])
  }
})
