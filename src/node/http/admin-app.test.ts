import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { askQuestion } from '../../person/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import { createAdminApp } from './admin-app.ts'
import { callersOf } from './bearer.ts'

const tokens = {
  disclose: 'the-token-of-the-pages',
  act: 'the-token-of-the-inspector',
  ask: 'the-token-of-a-case-system',
  administer: 'the-token-of-an-administrator',
} as const

const roles = ['disclose', 'act', 'ask', 'administer'] as const

function appOver(
  { provider, clock, known }: InProcessExchange,
  shutBy: readonly string[] = [],
): FastifyInstance {
  const { reader, writer, recordKeys, subjects } = provider
  return createAdminApp({
    disclosures: { reader, aead: aesGcm(systemRandomness), recordKeys, subjects, clock },
    writer,
    publishedHead: () => Promise.resolve(undefined),
    makeSubjectFile: () => Promise.resolve(undefined),
    callers: callersOf(roles.map((role) => ({ name: role, token: tokens[role], roles: [role] }))),
    ailments: () => Promise.resolve([]),
    shutBy: () => shutBy,
    warnings: () => [],
    logSize: async () => (await reader.head())?.size ?? 0,
    noise: new Map([['MALFORMED', 3]]),
    erasures: {
      reader,
      aead: aesGcm(systemRandomness),
      recordKeys: { ...recordKeys, forget: () => undefined },
      clock,
      agreements: [],
      organisation: 'tax',
    },
    administration: {
      doctor: () => Promise.resolve({ lookedAtMs: 1, checks: [] }),
      peers: () => [],
      ownKeys: () => [],
      keyFiles: () => Promise.resolve([]),
      storage: () => Promise.resolve({ stores: [], logs: [], freeBytes: 0, shutBy: [], said: [] }),
      jobs: () => [],
    },
    safeguards: {
      reader,
      clock,
      subjects,
      ed25519: bestEd25519(),
      agreements: [known],
      keysOf: () => [],
    },
    reports: {
      organisation: 'tax',
      agreements: [known],
      clock,
      timers: { sleep: async () => undefined },
      ed25519: bestEd25519(),
      officerKeys: () => [],
      breaches: async () => [],
      countExposed: async () => ({ exchanges: 0, persons: 0, erased: 0 }),
      making: {
        organisation: 'tax',
        reader,
        clock,
        aead: aesGcm(systemRandomness),
        recordKeys,
        timers: { sleep: async () => undefined },
        index: { all: async () => [] },
        publishedHead: () => Promise.resolve(undefined),
        isWitnessed: () => false,
        lock: { milliseconds: 1, demo: true },
        trust: async () => ({ vkeys: '', policy: '' }),
      },
    },
  })
}

interface Sent {
  readonly url: string
  readonly token?: string
  readonly body?: unknown
}

async function post(
  app: FastifyInstance,
  { url, token, body }: Sent,
): Promise<{ readonly status: number; readonly code: string | undefined; readonly text: string }> {
  const response = await app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    payload: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
  })
  const { code }: { code?: string } = JSON.parse(response.body)
  return { status: response.statusCode, code, text: response.body }
}

const act = { kind: 'inspection.sample', name: null, body: null }

test('health needs no token, and tells what is not well', async () => {
  using exchange = await openExchange()
  const well = await appOver(exchange).inject('/readyz')
  assert.equal(well.statusCode, 200)
  assert.deepEqual(JSON.parse(well.body).noise, { MALFORMED: 3 })
  const ill = await appOver(exchange, ['No witness.']).inject('/readyz')
  assert.deepEqual([ill.statusCode, JSON.parse(ill.body).ailments], [503, ['No witness.']])
  assert.equal((await appOver(exchange).inject('/livez')).statusCode, 200)
})

test('each interface opens for its own role alone, however its path is written', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const size = (await exchange.provider.reader.head())?.size
  for (const path of ['/v1/acts', '/v1/acts?x=1', '/v1/%61cts', '/v1/%61cts?', '/v1/acts#a']) {
    for (const token of [undefined, tokens.disclose, tokens.ask, 'a-guess-of-many-letters']) {
      const sent = { url: path, body: act, ...(token === undefined ? {} : { token }) }
      const { status } = await post(app, sent)
      assert.ok(status === 401 || status === 404, `${path} with ${token}: ${status}`)
    }
  }
  assert.equal((await exchange.provider.reader.head())?.size, size)
  for (const path of [
    '/v1/disclosures',
    '/v1/disclosures?x=1',
    '/v1/disclosure%73',
    '/v1/disclosure-lists',
  ]) {
    for (const token of [tokens.act, tokens.ask]) {
      const { status } = await post(app, { url: path, token, body: { subject: {} } })
      assert.equal(status, 401, path)
    }
  }
  assert.equal((await post(app, { url: '/v1/acts', token: tokens.act, body: act })).status, 200)
  const opening = { v: 1, log: null, entry: 0, case: 'DPI-17', reason: 'a complaint' }
  for (const token of [tokens.disclose, tokens.ask]) {
    const { status } = await post(app, { url: '/v1/identity-openings', token, body: opening })
    assert.equal(status, 401)
  }
  const sent = { url: '/v1/identity-openings', token: tokens.act, body: opening }
  assert.equal((await post(app, sent)).code, 'IDENTITY_NOT_SEALED')
})

test('how the machine is opens for administrators alone', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const status = async (path: string, token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` }
    return (await app.inject({ method: 'GET', url: path, headers })).statusCode
  }
  for (const path of ['/v1/doctor', '/v1/peers', '/v1/keys', '/v1/storage', '/v1/jobs']) {
    assert.equal(await status(path, tokens.administer), 200, path)
    for (const token of [tokens.act, tokens.ask, tokens.disclose, ''])
      assert.equal(await status(path, token), 401, path)
  }
})

test('an unknown path opens for nobody', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  assert.equal((await post(app, { url: '/v1/nothing' })).code, 'UNAUTHENTICATED')
  const known = await post(app, { url: '/v1/nothing', token: tokens.act })
  assert.equal(known.code, 'UNAUTHENTICATED')
})

test('an act is an entry of a closed form; anything else is refused without one', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const { reader } = exchange.provider
  const before = (await reader.head())?.size ?? 0
  const refused: readonly unknown[] = [
    { ...act, kind: 'admin.start' },
    { ...act, kind: 'agreement.published' },
    { ...act, kind: 'inspection.' },
    { ...act, kind: 'inspection.identity-opened' },
    { ...act, extra: 1 },
    { ...act, name: 'Maria Rossi' },
    { ...act, body: { note: ['a'] } },
    { ...act, body: { 'not-a-key': 1 } },
    { ...act, body: { note: 1.5 } },
    { kind: 'inspection.sample' },
    [],
    'not json',
    '{"kind":"inspection.sample","name":null,"body":{"__proto__":1}}',
    '',
  ]
  for (const body of refused) {
    const { status, code } = await post(app, { url: '/v1/acts', token: tokens.act, body })
    assert.deepEqual([status, code], [400, 'MALFORMED'], JSON.stringify(body))
  }
  assert.equal((await reader.head())?.size, before)
  const body = { note: 'drawn by lot', count: 3 }
  const { text } = await post(app, { url: '/v1/acts', token: tokens.act, body: { ...act, body } })
  assert.deepEqual(JSON.parse(text), { index: before })
})

test('no act is written while the log is shut', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, ['The log is shut.'])
  const { code } = await post(app, { url: '/v1/acts', token: tokens.act, body: act })
  assert.equal(code, 'LOG_UNAVAILABLE')
})

test('a person’s entries are shown by names and never by values, newest first', async () => {
  // So many digits that none of the proofs beside them has them by chance.
  const annualIncome = 120_004_311_977
  using exchange = await openExchange({ rowOf: () => ({ annualIncome, insured: true }) })
  const request = exchange.request(1)
  await askQuestion(request, exchange.consumerDeps)
  await askQuestion({ ...request, idempotencyKey: 'once-more-please' }, exchange.consumerDeps)
  const app = appOver(exchange)
  const { subject } = request
  const shown = await post(app, {
    url: '/v1/disclosures',
    token: tokens.disclose,
    body: { subject },
  })
  const { disclosures }: { disclosures: { index: number; record: string }[] } = JSON.parse(
    shown.text,
  )
  assert.equal(disclosures.length, 2)
  assert.ok((disclosures[0]?.index ?? 0) > (disclosures[1]?.index ?? 0))
  assert.ok(!shown.text.includes(subject.value) && !shown.text.includes(String(annualIncome)))
  const other = await post(app, {
    url: '/v1/disclosures',
    token: tokens.disclose,
    body: { subject: exchange.request(2).subject },
  })
  assert.deepEqual(JSON.parse(other.text), {
    disclosures: [],
    sealed: [],
    erased: [],
    breaches: [],
  })
  const wrong = { scheme: 'demo-nin', value: '1234567890' }
  const refused = await post(app, {
    url: '/v1/disclosures',
    token: tokens.disclose,
    body: { subject: wrong },
  })
  assert.deepEqual([refused.status, refused.code], [403, 'SUBJECT_ID_INVALID'])
  assert.ok(!refused.text.includes(wrong.value))
})

interface ListedLine {
  readonly origin: string
  readonly index: number
  readonly kind: string
}

test('a person’s list has a line an entry, and single entries are shown by their places to that person alone', async () => {
  using exchange = await openExchange()
  const request = exchange.request(1)
  const app = appOver(exchange)
  const list = async (more: object = {}): Promise<readonly ListedLine[]> => {
    const body = { subject: request.subject, ...more }
    const sent = { url: '/v1/disclosure-lists', token: tokens.disclose, body }
    const { listed }: { listed: ListedLine[] } = JSON.parse((await post(app, sent)).text)
    return listed
  }
  assert.deepEqual(await list(), [])
  await askQuestion(request, exchange.consumerDeps)
  const [first] = await list()
  await askQuestion({ ...request, idempotencyKey: 'once-more-please' }, exchange.consumerDeps)
  const listed = await list({ kinds: ['person.answered'] })
  assert.equal(listed.length, 2)
  assert.deepEqual(listed[1], first)
  assert.deepEqual(await list({ kinds: ['person.denied'] }), [])
  const [newest] = listed
  assert.ok(newest !== undefined)
  const only = [{ origin: newest.origin, index: newest.index }]
  const shownTo = async (subject: object): Promise<readonly ListedLine[]> => {
    const sent = { url: '/v1/disclosures', token: tokens.disclose, body: { subject, only } }
    const { disclosures }: { disclosures: ListedLine[] } = JSON.parse((await post(app, sent)).text)
    return disclosures
  }
  assert.deepEqual(
    (await shownTo({ ...request.subject })).map(({ index }) => index),
    [newest.index],
  )
  assert.deepEqual(await shownTo({ ...exchange.request(2).subject }), [])
})
