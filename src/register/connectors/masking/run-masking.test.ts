import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { serialize } from 'node:v8'

import {
  contractDescription,
  contractRows,
  maskPlan,
  tokensIn,
  writeSqliteFile,
} from '../../../testing/index.ts'
import { forkMasking, forkMaskingBy } from '../fork-connector.ts'
import type { ConnectorListener, SpawnConnector } from '../fork-connector.ts'
import { openRegister } from '../open-register.ts'
import {
  maskingAnswerSchema,
  maskingQuestionKinds,
  maskingQuestionSchema,
} from './masking-messages.ts'
import { runMasking } from './run-masking.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-masking-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'people.db')
writeSqliteFile(path, contractRows())
const register = { kind: 'sqlite', path, description: contractDescription } as const
const settings = JSON.stringify(register)

/** A register of people whose identifiers are longer than what random bytes have in them by chance. */
const longPath = join(folder, 'long.db')
const longRows = contractRows().map((row) => ({ ...row, nin: `resident ${String(row['nin'])}` }))
writeSqliteFile(longPath, longRows)
const longSettings = JSON.stringify({ ...register, path: longPath })
const nins = longRows.map(({ nin }) => nin)

describe('a masking process', () => {
  test('takes one kind of question, and no other', () => {
    assert.deepEqual(maskingQuestionKinds, ['maskPoints'])
    const plan = maskPlan()
    const takes = (content: unknown): boolean => maskingQuestionSchema.safeParse(content).success
    assert.ok(takes({ kind: 'maskPoints', plan }))
    for (const content of [
      { kind: 'lookUp', subject: 'P0001', elements: ['district'] },
      { kind: 'rows', plan },
      { kind: 'list' },
      { kind: 'maskPoints' },
      { kind: 'maskPoints', plan, sql: 'SELECT nin FROM people' },
      { kind: 'maskPoints', plan: { ...plan, subjects: ['P0001'] } },
      { kind: 'maskPoints', plan: { ...plan, select: ['nin'] } },
      { kind: 'maskPoints', plan: { ...plan, v: 2 } },
      [{ number: 1, content: { kind: 'maskPoints', plan } }],
    ])
      assert.equal(takes(content), false, JSON.stringify(content))
  })

  test('has no answer that could hold a person', () => {
    const bytes = new Uint8Array(32)
    const rows = { kind: 'rows', points: bytes, leaves: bytes, slots: bytes }
    const says = (content: unknown): boolean => maskingAnswerSchema.safeParse(content).success
    assert.ok(says(rows))
    assert.equal(says({ ...rows, subjects: ['P0001'] }), false)
    assert.equal(says({ ...rows, points: new Uint8Array(33) }), false)
    assert.equal(says({ kind: 'rows', rows: [{ nin: 'P0001' }] }), false)
    assert.equal(says({ kind: 'row', row: { district: 'south' } }), false)
  })

  test('sends no identifier in anything that leaves it, though the inspector finds all', async () => {
    const received: unknown[] = []
    const spawn: SpawnConnector = (text, listener) =>
      forkMasking(text, {
        message: (content) => {
          received.push(content)
          listener.message(content)
        },
        ended: () => listener.ended(),
      })
    const plan = maskPlan({ by: ['insured'] })
    const masked = await runMasking(plan, { settings: longSettings, spawn })
    const said = received.map((content) => serialize(content))
    assert.deepEqual(
      nins.filter((nin) => said.some((bytes) => bytes.includes(nin))),
      [],
    )
    const found = tokensIn(masked, plan).flat()
    assert.ok(found.length > 900 && found.every((token) => nins.includes(token)))
    // The search does find an identifier where there is one.
    const careless = { kind: 'rows', points: Buffer.from(`x${nins[1]}x`) }
    assert.ok(serialize(careless).includes(nins[1] ?? assert.fail()))
  })

  test('computes with the crew that it is told, and the points are the same', async () => {
    const plan = maskPlan({ by: ['insured'] })
    const { points } = await runMasking(plan, { settings, spawn: forkMasking })
    const other = forkMaskingBy({ threads: 2, tier: 'sodium' })
    assert.deepEqual((await runMasking(plan, { settings, spawn: other })).points, points)
    const none = forkMaskingBy({ threads: 0 })
    await assert.rejects(runMasking(plan, { settings, spawn: none }), { code: 'UNAVAILABLE' })
  })

  test('ends itself when it is told anything else, or a second thing', async () => {
    for (const messages of [
      [{ kind: 'export' }],
      [{ kind: 'maskPoints', plan: { ...maskPlan(), where: 'true' } }],
      [
        { kind: 'maskPoints', plan: maskPlan() },
        { kind: 'maskPoints', plan: maskPlan() },
      ],
    ]) {
      const ended = Promise.withResolvers<void>()
      const said: unknown[] = []
      const message = (content: unknown): void => void said.push(content)
      const running = forkMasking(settings, { message, ended: ended.resolve })
      for (const one of messages) running.send(one)
      await ended.promise
      assert.equal(
        said.some((content) => maskingAnswerSchema.parse(content).kind === 'ended'),
        false,
      )
    }
  })

  // A register that let look-ups wait for the masking would never come to its end here.
  const patience = { timeout: 60_000 }
  test(
    'ends with its answer, and the register answers about one person meanwhile',
    patience,
    async () => {
      const [ended, lookedUp] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const spawn: SpawnConnector = (text, listener) =>
        forkMasking(text, {
          message: (content) => void lookedUp.promise.then(() => listener.message(content)),
          ended: () => {
            ended.resolve()
            void lookedUp.promise.then(() => listener.ended())
          },
        })
      await using opened = await openRegister(register, undefined, spawn)
      const order: string[] = []
      const masking = opened.maskPoints(maskPlan()).then(() => order.push('masked'))
      await opened.lookUp({ scheme: 'test-number', value: 'P0001' }, ['district'])
      order.push('looked up')
      lookedUp.resolve()
      await masking
      await ended.promise
      assert.deepEqual(order, ['looked up', 'masked'])
    },
  )

  test('says no more than it must when the register does not open', async () => {
    const elsewhere = JSON.stringify({ ...register, path: join(folder, 'none.db') })
    await assert.rejects(runMasking(maskPlan(), { settings: elsewhere, spawn: forkMasking }), {
      code: 'UNAVAILABLE',
      message: 'the register file does not open',
    })
  })
})

/** A masking process that does what the test says, in this process. */
function pretend(...answers: readonly unknown[]): {
  readonly spawn: SpawnConnector
  readonly kills: () => number
} {
  let kills = 0
  const spawn: SpawnConnector = (_text, listener: ConnectorListener) => ({
    send: () => {
      queueMicrotask(() => {
        for (const answer of answers) listener.message(answer)
      })
      return true
    },
    kill: () => {
      kills += 1
      listener.ended()
    },
  })
  return { spawn, kills: () => kills }
}

const sealKey = new Uint8Array(80)
const begun = { kind: 'begun', counts: [2], stride: 16, sealKey }
const rowsOf = (count: number, stride = 16) => ({
  kind: 'rows',
  points: new Uint8Array(32 * count).fill(count),
  leaves: new Uint8Array(32 * count),
  slots: new Uint8Array(stride * count),
})
const ended = { kind: 'ended' }

test('rows are put together in the order in which they come', async () => {
  const { spawn, kills } = pretend(begun, rowsOf(1), rowsOf(1), ended)
  const masked = await runMasking(maskPlan(), { settings, spawn })
  assert.deepEqual(masked, {
    counts: [2],
    stride: 16,
    sealKey,
    points: new Uint8Array(64).fill(1),
    leaves: new Uint8Array(64),
    slots: new Uint8Array(32),
  })
  assert.equal(kills(), 1)
})

test('a process that says what none says is ended, and nothing of it is used', async () => {
  for (const answers of [
    [{ kind: 'row', row: {} }],
    [ended],
    [rowsOf(2)],
    [begun, ended],
    [begun, rowsOf(1), ended],
    [begun, rowsOf(3)],
    [begun, rowsOf(2), rowsOf(1), ended],
    [begun, rowsOf(2, 32), ended],
    [begun, begun],
    [{ ...begun, counts: [1, 1] }],
    [{ ...begun, counts: [100_001] }],
    [{ ...begun, stride: 24 }],
    [{ ...begun, sealKey: new Uint8Array(32) }],
  ]) {
    const { spawn, kills } = pretend(...answers)
    await assert.rejects(runMasking(maskPlan(), { settings, spawn }), { code: 'UNAVAILABLE' })
    assert.equal(kills(), 1)
  }
})

test('a process that fails, ends, cannot be told or says nothing for too long gives no rows', async () => {
  const failed = { kind: 'failure', code: 'RECORDS_INVALID', message: 'a row has no subject' }
  await assert.rejects(runMasking(maskPlan(), { settings, spawn: pretend(begun, failed).spawn }), {
    code: 'RECORDS_INVALID',
  })
  const unavailable = { code: 'UNAVAILABLE' }
  const gone: SpawnConnector = (_text, listener) => {
    queueMicrotask(() => listener.ended())
    return { send: () => true, kill: () => undefined }
  }
  await assert.rejects(runMasking(maskPlan(), { settings, spawn: gone }), unavailable)
  const deaf: SpawnConnector = () => ({ send: () => false, kill: () => undefined })
  await assert.rejects(runMasking(maskPlan(), { settings, spawn: deaf }), unavailable)
  const { spawn, kills } = pretend(begun, rowsOf(1))
  await assert.rejects(runMasking(maskPlan(), { settings, spawn, silenceMs: 20 }), unavailable)
  assert.equal(kills(), 1)
})

test('what comes in between renews the patience with a process', async () => {
  let kills = 0
  const slow: SpawnConnector = (_text, listener) => ({
    send: () => {
      const answers = [begun, rowsOf(1), rowsOf(1), ended]
      const tick = setInterval(() => {
        listener.message(answers.shift())
        if (answers.length === 0) clearInterval(tick)
      }, 200)
      return true
    },
    kill: () => {
      kills += 1
    },
  })
  const { counts } = await runMasking(maskPlan(), { settings, spawn: slow, silenceMs: 700 })
  assert.deepEqual([counts, kills], [[2], 1])
})
