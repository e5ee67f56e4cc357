import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'

import {
  contractDescription,
  contractRows,
  methodsOf,
  writeCsvFile,
  writeSqliteFile,
} from '../../testing/index.ts'
import { RegisterError } from '../register-error.ts'
import { answerBatchSchema, questionBatchSchema, questionKinds } from './connector-messages.ts'
import { forkConnector } from './fork-connector.ts'
import type { ConnectorListener, ConnectorProcess, SpawnConnector } from './fork-connector.ts'
import { openRegister } from './open-register.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-open-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'people.db')
writeSqliteFile(path, contractRows())
const settings = { kind: 'sqlite', path, description: contractDescription } as const
const subject = { scheme: 'test-number', value: 'P0001' }

interface Watch {
  readonly spawn: SpawnConnector
  readonly sent: object[]
  readonly received: unknown[]
  readonly running: ConnectorProcess[]
}

/** Real processes, with what goes in and out of them. */
function watch(): Watch {
  const sent: object[] = []
  const received: unknown[] = []
  const running: ConnectorProcess[] = []
  const spawn: SpawnConnector = (text, listener) => {
    const started = forkConnector(text, {
      message: (content) => {
        received.push(content)
        listener.message(content)
      },
      ended: () => listener.ended(),
    })
    running.push(started)
    return {
      send: (content) => {
        sent.push(content)
        return started.send(content)
      },
      kill: () => started.kill(),
    }
  }
  return { spawn, sent, received, running }
}

describe('the process of a connector', () => {
  test('takes three kinds of question, and no other', () => {
    assert.deepEqual(questionKinds.toSorted(), ['aggregate', 'describe', 'lookUp'])
    const batch = (content: object): unknown => [{ number: 1, content }]
    const lookUp = { kind: 'lookUp', subject: 'P1', elements: ['a'] }
    assert.ok(questionBatchSchema.safeParse(batch(lookUp)).success)
    const others = [
      { kind: 'list' },
      { kind: 'export' },
      { kind: 'select', where: [] },
      { kind: 'maskPoints' },
      { ...lookUp, kind: 'lookUpAll' },
      { ...lookUp, subject: ['P1', 'P2'] },
      { ...lookUp, subjects: ['P1', 'P2'] },
      { kind: 'lookUp', elements: ['a'] },
      { kind: 'aggregate', plan: { v: 1, where: [], by: [], measure: { kind: 'list' } } },
      { kind: 'aggregate', plan: { v: 1, where: 'true', by: [], measure: { kind: 'count' } } },
      { kind: 'describe', sql: 'SELECT 1' },
    ]
    for (const content of others) {
      assert.equal(
        questionBatchSchema.safeParse(batch(content)).success,
        false,
        JSON.stringify(content),
      )
    }
    assert.equal(questionBatchSchema.safeParse({ number: 1, content: lookUp }).success, false)
  })

  test('has no answer that could hold several people', () => {
    const answer = (content: object): boolean =>
      answerBatchSchema.safeParse([{ number: 1, content }]).success
    assert.ok(answer({ kind: 'row', row: { a: 1 } }))
    assert.equal(answer({ kind: 'row', row: [{ a: 1 }] }), false)
    assert.equal(answer({ kind: 'row', row: { a: ['x', 'y'] } }), false)
    assert.equal(answer({ kind: 'rows', rows: [{ a: 1 }] }), false)
    assert.equal(answer({ kind: 'row', row: { a: 1 }, subject: 'P1' }), false)
  })

  test('ends itself when it is told anything else', async () => {
    const ended = Promise.withResolvers<void>()
    const text = JSON.stringify(settings)
    const running = forkConnector(text, { message: () => undefined, ended: ended.resolve })
    running.send([{ number: 1, content: { kind: 'export' } }])
    await ended.promise
    assert.equal(running.send([]), false)
  })

  test('never sends an identifier, nor a column that is not asked for', async () => {
    const { spawn, received } = watch()
    await using register = await openRegister(settings, spawn)
    await register.lookUp(subject, ['district', 'religion'])
    await register.lookUp({ ...subject, value: 'P0000' }, ['street'])
    await register.aggregate({ v: 1, where: [], by: ['district'], measure: { kind: 'count' } })
    const said = JSON.stringify(received)
    assert.doesNotMatch(said, /P\d{4}|not for anyone/)
    const rows = received.slice(1).flat()
    assert.deepEqual(rows[0], {
      number: 2,
      content: { kind: 'row', row: { district: 'south', religion: 'b' } },
    })
  })

  test('says no more than it must when the register does not open', async () => {
    const none = { ...settings, path: join(folder, 'none.db') }
    await assert.rejects(openRegister(none), { code: 'UNAVAILABLE' })
    const csv = join(folder, 'twice.csv')
    const [row] = contractRows()
    assert.ok(row !== undefined)
    writeCsvFile(csv, [row, row])
    await assert.rejects(openRegister({ ...settings, kind: 'csv', path: csv }), {
      code: 'RECORDS_INVALID',
      message: '1 line that repeat a subject in column nin',
    })
    writeFileSync(csv, '')
    await assert.rejects(openRegister({ ...settings, kind: 'csv', path: csv }), RegisterError)
  })
})

describe('an open register', () => {
  test('has the three methods, and tells what it holds', async () => {
    await using register = await openRegister(settings)
    assert.deepEqual(methodsOf(register), ['aggregate', 'describe', 'lookUp', 'maskPoints'])
  })

  test('sends what is asked in one turn in one message, and gets the answers in few', async () => {
    const { spawn, sent, received } = watch()
    await using register = await openRegister(settings, spawn)
    sent.length = 0
    received.length = 0
    const rows = contractRows().slice(0, 300)
    const found = await Promise.all(
      rows.map((row) =>
        register.lookUp({ ...subject, value: String(row['nin']) }, ['annualIncome']),
      ),
    )
    assert.deepEqual(
      found.map((row) => row?.['annualIncome']),
      rows.map((row) => row['annual_income']),
    )
    assert.equal(sent.length, 1)
    assert.ok(received.length <= 5, `${received.length} messages`)
  })

  test('survives the death of its process: open questions fail, the next one starts it again', async () => {
    const { spawn, running } = watch()
    await using register = await openRegister(settings, spawn)
    const interrupted = register.lookUp(subject, ['district'])
    running[0]?.kill()
    await assert.rejects(interrupted, { code: 'UNAVAILABLE' })
    assert.deepEqual(await register.lookUp(subject, ['district']), { district: 'south' })
    assert.equal(running.length, 2)
  })

  test('refuses everything once it is closed, and no process is left', async () => {
    const register = await openRegister(settings)
    await register[Symbol.asyncDispose]()
    await assert.rejects(register.lookUp(subject, ['district']), { code: 'UNAVAILABLE' })
    await register[Symbol.asyncDispose]()
  })
})

/** A connector that does what the test says, in this process. */
function pretend(behave: (listener: ConnectorListener, content: object) => void): {
  readonly spawn: SpawnConnector
  readonly starts: () => number
} {
  let starts = 0
  const spawn: SpawnConnector = (_text, listener) => {
    starts += 1
    return {
      send: (content) => {
        queueMicrotask(() => behave(listener, content))
        return true
      },
      kill: () => listener.ended(),
    }
  }
  return { spawn, starts: () => starts }
}

const described = { number: 1, content: { kind: 'description', description: contractDescription } }

test('a process that keeps ending is started six times a minute at most', async () => {
  let first = true
  const { spawn, starts } = pretend((listener) => {
    if (first) listener.message([described])
    else listener.ended()
    first = false
  })
  await using register = await openRegister(settings, spawn)
  for (let round = 0; round < 20; round += 1) {
    await assert.rejects(register.lookUp(subject, ['district']), { code: 'UNAVAILABLE' })
  }
  assert.equal(starts(), 6)
})

test('a process that says what no connector says is ended', async () => {
  let first = true
  const { spawn, starts } = pretend((listener) => {
    listener.message(first ? [described] : [{ number: 2, content: { kind: 'rows', rows: [] } }])
    first = false
  })
  await using register = await openRegister(settings, spawn)
  await assert.rejects(register.lookUp(subject, ['district']), { code: 'UNAVAILABLE' })
  assert.equal(starts(), 1)
})

test('an answer to another question is no answer', async () => {
  let first = true
  const { spawn } = pretend((listener) => {
    listener.message(first ? [described] : [{ ...described, number: 2 }])
    first = false
  })
  await using register = await openRegister(settings, spawn)
  await assert.rejects(register.lookUp(subject, ['district']), { code: 'UNAVAILABLE' })
})
