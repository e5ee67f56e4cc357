import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { bestEd25519, folderFiles } from '../../platform/index.ts'
import { callersOf } from './bearer.ts'
import { createPublicApp, type PublicAppDeps } from './public-app.ts'

const root = mkdtempSync(join(tmpdir(), 'cloison-public-'))
after(() => rmSync(root, { recursive: true, force: true }))
const token = 'the-token-of-a-case-system'

/** The consumer's gateway: the one that is asked by its own organisation. */
function appOver(
  exchange: InProcessExchange,
  change: Partial<PublicAppDeps> = {},
): FastifyInstance {
  const { consumer, consumerDeps, providerDeps, clock } = exchange
  return createPublicApp({
    provider: providerDeps,
    consumer: consumerDeps,
    reader: consumer.reader,
    logs: [{ files: folderFiles(root), logPath: '/log/2026h1', reader: consumer.reader }],
    askCallers: {
      role: 'ask',
      tokens: callersOf([
        { name: 'cases', token, roles: ['ask'] },
        { name: 'pages', token: 'the-token-of-the-pages', roles: ['disclose'] },
      ]),
      certificates: new Map(),
      issuers: [],
    },
    mayAnswer: () => true,
    seen: {
      authority: providerDeps.authority,
      clock,
      ed25519: bestEd25519(),
      reader: consumer.reader,
      consumers: new Map(),
      origins: new Map(),
    },
    limits: { bodyBytes: 65_536, connections: 16 },
    ...change,
  })
}

interface Asked {
  readonly body?: string
  readonly key?: string | undefined
  readonly authorization?: string
}

interface Replied {
  readonly status: number
  readonly code: string | undefined
  readonly text: string
}

async function ask(
  app: FastifyInstance,
  { body = '', key = 'a-key-of-the-caller', authorization = `Bearer ${token}` }: Asked,
): Promise<Replied> {
  const response = await app.inject({
    method: 'POST',
    url: '/v1/ask',
    headers: {
      'content-type': 'application/json',
      authorization,
      ...(key === '' ? {} : { 'idempotency-key': key }),
    },
    payload: body,
  })
  const { code }: { code?: string } = JSON.parse(response.body)
  return { status: response.statusCode, code, text: response.body }
}

function bodyOf(exchange: InProcessExchange, number: number): string {
  const { idempotencyKey: _, ...request } = exchange.request(number)
  return JSON.stringify(request)
}

async function sizeOf({ consumer }: InProcessExchange): Promise<number> {
  return (await consumer.reader.head())?.size ?? 0
}

test('a question of a case system is asked, and its outcome can be fetched again', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const { status, text } = await ask(app, { body: bodyOf(exchange, 1) })
  assert.equal(status, 200)
  const outcome = JSON.parse(text)
  assert.equal(outcome.outcome, 'permit')
  const headers = { authorization: `Bearer ${token}` }
  const again = await app.inject({ url: `/v1/asks/${outcome.exchangeId}`, headers })
  assert.deepEqual(JSON.parse(again.body), outcome)
})

test('one key asks once: again it is the same outcome, for another request a conflict', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const body = bodyOf(exchange, 1)
  const first = await ask(app, { body })
  const size = await sizeOf(exchange)
  assert.equal((await ask(app, { body })).text, first.text)
  assert.equal(await sizeOf(exchange), size)
  const other = await ask(app, { body: bodyOf(exchange, 2) })
  assert.deepEqual([other.status, other.code], [409, 'IDEMPOTENCY_CONFLICT'])
  const changed = JSON.stringify({ ...JSON.parse(body), case: 'RENT-2' })
  assert.equal((await ask(app, { body: changed })).code, 'IDEMPOTENCY_CONFLICT')
  assert.equal(await sizeOf(exchange), size)
  assert.equal(exchange.lookUps.length, 1)
})

test('the same request many times at once under one key is one question', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const body = bodyOf(exchange, 1)
  const replies = await Promise.all(Array.from({ length: 8 }, () => ask(app, { body })))
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
  const outcomes = new Set(replies.map(({ text }) => JSON.parse(text).exchangeId))
  assert.equal(outcomes.size, 1)
  assert.equal(exchange.lookUps.length, 1)
})

test('an exchange id that the caller chose is asked under, and stands for one question', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const chosen = { exchangeId: 'AAECAwQFBgcICQoLDA0ODw' }
  const bodyWithId = (number: number): string =>
    JSON.stringify({ ...JSON.parse(bodyOf(exchange, number)), ...chosen })
  const first = await ask(app, { body: bodyWithId(1) })
  assert.equal(JSON.parse(first.text).exchangeId, chosen.exchangeId)
  assert.equal((await ask(app, { body: bodyWithId(1) })).text, first.text)
  const size = await sizeOf(exchange)
  const other = await ask(app, { body: bodyWithId(2), key: 'another-key' })
  assert.deepEqual([other.status, other.code], [409, 'EXCHANGE_CONFLICT'])
  assert.equal((await ask(app, { body: bodyOf(exchange, 1) })).code, 'IDEMPOTENCY_CONFLICT')
  assert.equal(await sizeOf(exchange), size)
})

test('one exchange id under many keys at once is one question', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const body = JSON.stringify({
    ...JSON.parse(bodyOf(exchange, 1)),
    exchangeId: 'AAECAwQFBgcICQoLDA0ODw',
  })
  const keys = Array.from({ length: 6 }, (_, index) => `key-number-${index}`)
  const replies = await Promise.all(keys.map((key) => ask(app, { body, key })))
  assert.equal(replies.filter(({ status }) => status === 200).length, 1)
  assert.equal(replies.filter(({ code }) => code === 'EXCHANGE_CONFLICT').length, 5)
  assert.equal(exchange.lookUps.length, 1)
})

test('nobody asks without a token that may ask', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const size = await sizeOf(exchange)
  const strangers = [
    '',
    'Bearer',
    'Bearer ',
    'Bearer a-guess-of-many-letters',
    'Bearer the-token-of-the-pages',
    `bearer ${token}`,
    `Basic ${token}`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token}x`,
  ]
  for (const authorization of strangers) {
    const { status, code } = await ask(app, { body: bodyOf(exchange, 1), authorization })
    assert.deepEqual([status, code], [401, 'UNAUTHENTICATED'], authorization)
  }
  const unknown = await app.inject({ url: '/v1/asks/AAECAwQFBgcICQoLDA0ODw' })
  assert.equal(unknown.statusCode, 401)
  assert.equal(await sizeOf(exchange), size)
})

test('a request that is not in its form is refused, without an entry and without quoting it', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const size = await sizeOf(exchange)
  const good = JSON.parse(bodyOf(exchange, 1))
  const text = JSON.stringify(good)
  const secret = good.subject.value
  const bad: Readonly<Record<string, string>> = {
    'no JSON': text.slice(0, -1),
    nothing: '',
    'an array': `[${text}]`,
    'a key twice': text.replace('"case":', '"case":"RENT-9","case":'),
    'a key twice, deep down': text.replace('"value":', '"value":"2000000397","value":'),
    'a key twice, spelt otherwise': text.replace('"case":', '"c\\u0061se":"RENT-9","case":'),
    'an unknown key': JSON.stringify({ ...good, extra: 1 }),
    'no subject': JSON.stringify({ ...good, subject: undefined }),
    'two subjects': JSON.stringify({ ...good, subject: [good.subject, good.subject] }),
    'no element': JSON.stringify({ ...good, elements: [] }),
    'an element twice': JSON.stringify({ ...good, elements: ['insured', 'insured'] }),
    'a case of two lines': JSON.stringify({ ...good, case: 'RENT-1\nRENT-2' }),
    'a lone surrogate': text.replace('RENT-1', 'RENT-\\ud800'),
    'too deep': text.replace('"RENT-1"', `${'['.repeat(40)}${']'.repeat(40)}`),
    'far too deep': text.replace('"RENT-1"', `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
    'a prototype': text.replace('"case":', '"__proto__":{"case":"RENT-1"},"case":'),
  }
  for (const [name, body] of Object.entries(bad)) {
    const { status, code, text: reply } = await ask(app, { body })
    assert.deepEqual([status, code], [400, 'MALFORMED'], name)
    assert.ok(!reply.includes(secret), name)
  }
  for (const key of ['', 'short', 'with a space', 'k'.repeat(129), 'clé-de-plus-de-huit']) {
    const sent = Buffer.from(key, 'utf8').toString('latin1')
    assert.equal((await ask(app, { body: text, key: sent })).code, 'MALFORMED', key)
  }
  const headers = { authorization: `Bearer ${token}` }
  const wrongId = await app.inject({ url: '/v1/asks/not-an-exchange', headers })
  assert.equal(JSON.parse(wrongId.body).code, 'MALFORMED')
  assert.equal(await sizeOf(exchange), size)
  assert.deepEqual(exchange.lookUps, [])
})

test('a body is cut off at its limit, and a coding or another type refused', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const long = JSON.stringify({ case: 'x'.repeat(70_000) })
  assert.equal((await ask(app, { body: long })).code, 'TOO_LARGE')
  for (const headers of [
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
  ]) {
    const response = await app.inject({ method: 'POST', url: '/v1/ask', headers, payload: '{}' })
    assert.equal(response.statusCode, 415)
    assert.equal(JSON.parse(response.body).code, 'UNSUPPORTED_MEDIA')
  }
})

test('an unknown agreement, and a log that is shut, are said so', async () => {
  using exchange = await openExchange()
  const good = JSON.parse(bodyOf(exchange, 1))
  const body = JSON.stringify({ ...good, agreement: 'another-agreement' })
  const unknown = await ask(appOver(exchange), { body })
  assert.deepEqual([unknown.status, unknown.code], [404, 'AGREEMENT_UNKNOWN'])
  const shut = appOver(exchange, { mayAnswer: () => false })
  const refused = await ask(shut, { body: JSON.stringify(good) })
  assert.deepEqual([refused.status, refused.code], [503, 'LOG_UNAVAILABLE'])
})

test('consistency is proven for the head, and for no size that somebody makes up', async () => {
  using exchange = await openExchange()
  rmSync(join(root, 'checkpoint'), { force: true })
  const app = appOver(exchange)
  for (const number of [1, 2, 3]) {
    await ask(app, { body: bodyOf(exchange, number), key: `key-number-${number}` })
  }
  const size = await sizeOf(exchange)
  const named = await app.inject(`/v1/consistency?from=2&to=${size}&log=%2Flog%2F2026h1`)
  assert.equal(named.statusCode, 200)
  const good = await app.inject(`/v1/consistency?from=2&to=${size}`)
  assert.equal(good.statusCode, 200)
  const refused = [
    '',
    '?from=1',
    `?from=${size}&to=2`,
    `?from=1&to=${size + 1}`,
    `?from=-1&to=${size}`,
    `?from=01&to=${size}`,
    `?from=1e0&to=${size}`,
    `?from=1&from=2&to=${size}`,
    '?from=0&to=9007199254740993',
    '?from=1&to=2',
    `?from=1&to=${size}&log=%2Flog%2F2020h1`,
  ]
  for (const query of refused) {
    const response = await app.inject(`/v1/consistency${query}`)
    assert.equal(response.statusCode, 400, query)
  }
})
