import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { encodeBase64Url } from '../../bytes/index.ts'
import { askQuestion } from '../../person/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { addRequests, type RequestRouteDeps } from './request-routes.ts'

function appOver(
  { provider, clock }: InProcessExchange,
  change: Partial<RequestRouteDeps> = {},
): FastifyInstance {
  const { reader, writer, subjects, recordKeys } = provider
  const app = Fastify()
  const aead = aesGcm(systemRandomness)
  const disclosures = { reader, aead, recordKeys, subjects, clock }
  addRequests(app, { disclosures, writer, shutBy: () => [], ...change })
  return app
}

interface Reply {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
  readonly text: string
}

async function call(app: FastifyInstance, url: string, body?: object): Promise<Reply> {
  const response =
    body === undefined
      ? await app.inject({ method: 'GET', url })
      : await app.inject({ method: 'POST', url, payload: body })
  return { status: response.statusCode, json: response.json(), text: response.body }
}

async function codeOf(app: FastifyInstance, url: string, body: object): Promise<unknown> {
  const { status, json } = await call(app, url, body)
  assert.ok(status >= 400, `${url} ${status}`)
  return json['code']
}

function filing(exchange: InProcessExchange, change: object = {}): object {
  return {
    v: 1,
    id: encodeBase64Url(systemRandomness.bytes(16)),
    subject: exchange.request(1).subject,
    kind: 'correction',
    about: null,
    elements: ['insured'],
    text: 'I am insured since May.\nPlease look at the letter.',
    ...change,
  }
}

test('a person files, the officer finds it by number and date, opens, extends and decides it', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const { subject } = exchange.request(1)
  const filed = await call(app, '/v1/person-requests', filing(exchange))
  assert.deepEqual([filed.status, filed.json['number']], [200, 1])
  const list = await call(app, '/v1/requests')
  assert.ok(!list.text.includes(subject.value) && !list.text.includes('insured'))
  assert.deepEqual(list.json['requests'], [
    {
      number: 1,
      kind: 'correction',
      filedAtMs: filed.json['filedAtMs'],
      dueMs: filed.json['dueMs'],
      state: 'received',
      decidedAtMs: null,
    },
  ])
  const opened = await call(app, '/v1/request-openings', { v: 1, number: 1 })
  assert.ok(opened.text.includes(subject.value) && opened.text.includes('since May'))
  const reason = 'The letter has to be found.'
  const extended = await call(app, '/v1/request-extensions', { v: 1, number: 1, reason })
  assert.equal(extended.status, 200)
  const decision = { v: 1, number: 1, outcome: 'granted', law: null, answer: 'It is corrected.' }
  const decided = await call(app, '/v1/request-decisions', decision)
  assert.deepEqual([decided.status, decided.json['recipients']], [200, 0])
  const own = await call(app, '/v1/own-requests', { subject })
  for (const said of ['since May', reason, 'It is corrected.', '"step":"opened"'])
    assert.ok(own.text.includes(said), said)
  const other = await call(app, '/v1/own-requests', { subject: exchange.request(2).subject })
  assert.deepEqual(other.json, { requests: [] })
})

test('a request is about an entry that the person may see, or about none', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const { receipt } = await askQuestion(exchange.request(1), exchange.consumerDeps)
  assert.ok(receipt !== null)
  const about = { log: receipt.origin, entry: receipt.index }
  const strange = { subject: exchange.request(2).subject, about }
  assert.equal(
    await codeOf(app, '/v1/person-requests', filing(exchange, strange)),
    'ENTRY_NOT_YOURS',
  )
  const beyond = { about: { ...about, entry: 9_999 } }
  assert.equal(
    await codeOf(app, '/v1/person-requests', filing(exchange, beyond)),
    'ENTRY_NOT_YOURS',
  )
  const filed = await call(app, '/v1/person-requests', filing(exchange, { about }))
  assert.equal(filed.status, 200)
})

test('what is not in the form is refused, whatever it is, and writes nothing', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const size = (await exchange.provider.reader.head())?.size
  const bad: readonly object[] = [
    { v: 2 },
    { id: 'short' },
    { kind: 'demand' },
    { text: '' },
    { text: 'x'.repeat(2_001) },
    { text: 'a\u0000b' },
    { text: 'a\u202eb' },
    { elements: ['one', 'one'] },
    { elements: ['Not a name'] },
    { about: { log: 'tax', entry: -1 } },
    { subjects: [] },
  ]
  for (const change of bad)
    assert.equal(
      await codeOf(app, '/v1/person-requests', filing(exchange, change)),
      'MALFORMED',
      JSON.stringify(change),
    )
  const invalid = { subject: { scheme: 'demo-nin', value: '1234567890' } }
  assert.equal(
    await codeOf(app, '/v1/person-requests', filing(exchange, invalid)),
    'SUBJECT_ID_INVALID',
  )
  for (const path of ['openings', 'extensions', 'decisions'])
    assert.equal(await codeOf(app, `/v1/request-${path}`, { v: 1, number: 0 }), 'MALFORMED')
  assert.equal(await codeOf(app, '/v1/request-openings', { v: 1, number: 7 }), 'REQUEST_UNKNOWN')
  assert.equal((await exchange.provider.reader.head())?.size, size)
})

test('while the log takes no entries nothing is filed, opened or decided', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, { shutBy: () => ['no witness'] })
  const opening = { v: 1, number: 1 }
  assert.equal(await codeOf(app, '/v1/person-requests', filing(exchange)), 'LOG_UNAVAILABLE')
  assert.equal(await codeOf(app, '/v1/request-openings', opening), 'LOG_UNAVAILABLE')
})

test('an opening that is not on disk shows nothing', async () => {
  using exchange = await openExchange()
  await call(appOver(exchange), '/v1/person-requests', filing(exchange))
  const failing = appOver(exchange, {
    writer: { commit: () => Promise.reject(new Error('the disk is gone')) },
  })
  const { status, text } = await call(failing, '/v1/request-openings', { v: 1, number: 1 })
  assert.ok(status >= 500 && !text.includes('since May'))
})
