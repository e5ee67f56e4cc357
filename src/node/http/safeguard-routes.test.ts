import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { askQuestion } from '../../person/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { signSecrecyOrder } from '../../protocol/index.ts'
import {
  sampleBeginMs,
  sampleEmergencyAgreement,
  samplePersonAgreement,
  samplePublicKey,
  sampleSeeds,
} from '../../testing/index.ts'
import { addPublicRecord } from './public-record/index.ts'
import { addSafeguards, emergencyWarnings, type SafeguardRouteDeps } from './safeguard-routes.ts'

function appOver(
  { provider, clock, known }: InProcessExchange,
  change: Partial<SafeguardRouteDeps> = {},
): FastifyInstance {
  const { reader, writer, subjects } = provider
  const app = Fastify()
  addSafeguards(app, {
    reader,
    writer,
    subjects,
    clock,
    ed25519: bestEd25519(),
    agreements: [known],
    keysOf: () => [],
    shutBy: () => [],
    ...change,
  })
  addPublicRecord(app, { reader, clock })
  return app
}

interface Reply {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
}

async function call(app: FastifyInstance, url: string, body?: object): Promise<Reply> {
  const response =
    body === undefined
      ? await app.inject({ method: 'GET', url })
      : await app.inject({ method: 'POST', url, payload: body })
  return { status: response.statusCode, json: response.json() }
}

async function rejected(app: FastifyInstance, url: string, body: object): Promise<unknown> {
  const { status, json } = await call(app, url, body)
  assert.ok(status >= 400, `${url} ${status}`)
  return json['code']
}

test('the officer sees an emergency at once, reviews it, and anyone sees how many there were', async () => {
  using exchange = await openExchange({ agreement: sampleEmergencyAgreement() })
  const app = appOver(exchange)
  const { reader } = exchange.provider
  assert.deepEqual((await call(app, '/v1/emergencies')).json, { emergencies: [] })
  assert.deepEqual(await emergencyWarnings(reader), [])
  const { exchangeId } = await askQuestion(exchange.request(1), exchange.consumerDeps)
  const listed = await app.inject({ method: 'GET', url: '/v1/emergencies' })
  const [row] = listed.json<{ emergencies: Record<string, unknown>[] }>().emergencies
  assert.ok(row !== undefined)
  assert.deepEqual([row['exchangeId'], row['suspends'], row['finding']], [exchangeId, false, null])
  assert.equal(row['reviewByMs'], exchange.clock.now() + 86_400_000)
  // Who was asked about is nowhere in it.
  assert.ok(!listed.body.includes(exchange.request(1).subject.value))
  assert.match((await emergencyWarnings(reader))[0] ?? '', /^1 emergency question waits/)
  const body = { v: 1, consumer: 'housing', exchangeId, finding: 'justified' }
  const size = (await reader.head())?.size
  assert.deepEqual((await call(app, '/v1/emergency-reviews', body)).json, { index: size })
  assert.deepEqual(await emergencyWarnings(reader), [])
  const counts = { used: 1, confirmed: 0, justified: 1, unjustified: 0 }
  assert.deepEqual((await call(app, '/v1/public-counts')).json, {
    emergencies: counts,
    secrecyOrders: [],
  })
})

test('a review names one known question and one of two findings', async () => {
  using exchange = await openExchange({ agreement: sampleEmergencyAgreement() })
  const app = appOver(exchange)
  const url = '/v1/emergency-reviews'
  const exchangeId = 'AAECAwQFBgcICQoLDA0ODw'
  const good = { v: 1, consumer: 'housing', exchangeId, finding: 'justified' }
  assert.equal(await rejected(app, url, good), 'EMERGENCY_UNKNOWN')
  for (const change of [
    { finding: 'perhaps' },
    { exchangeId: [exchangeId] },
    { consumer: '*' },
    { v: 2 },
    { more: 1 },
  ])
    assert.equal(await rejected(app, url, { ...good, ...change }), 'MALFORMED')
  const shut = appOver(exchange, { shutBy: () => ['the log is old'] })
  assert.equal(await rejected(shut, url, good), 'LOG_UNAVAILABLE')
})

test('a restriction is of one person, by a valid identifier, and changes what is answered', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange)
  const url = '/v1/restrictions'
  const { subject } = exchange.request(1)
  const good = { v: 1, subject, restricted: true }
  assert.equal((await call(app, url, good)).status, 200)
  assert.equal(await rejected(app, url, good), 'RESTRICTION_UNCHANGED')
  const { results } = await askQuestion(exchange.request(1), exchange.consumerDeps)
  assert.deepEqual(
    results.map(({ value }) => value),
    [false, null],
  )
  assert.equal((await call(app, url, { ...good, restricted: false })).status, 200)
  const list = { v: 1, subjects: [subject, exchange.request(2).subject], restricted: true }
  assert.equal(await rejected(app, url, list), 'MALFORMED')
  assert.equal(await rejected(app, url, { ...good, subject: [subject] }), 'MALFORMED')
  const wrong = { ...good, subject: { scheme: 'demo-nin', value: '6229916764' } }
  assert.equal(await rejected(app, url, wrong), 'SUBJECT_ID_INVALID')
})

test('an order is taken up for its agreement alone, and is public at once', async () => {
  const notice = {
    kind: 'withheld',
    law: 'celex:32016R0679',
    authority: { name: 'Court', publicKey: samplePublicKey('inspector') },
    untilMs: sampleBeginMs + 200 * 86_400_000,
  }
  using exchange = await openExchange({ agreement: samplePersonAgreement({ notice }) })
  const app = appOver(exchange)
  const url = '/v1/secrecy-orders'
  const { id, version } = exchange.known.agreement
  const iat = Math.floor(exchange.clock.now() / 1000)
  const claims = { iss: 'Court', iat, exp: iat + 86_400, law: notice.law, agreement: id, version }
  const { digest } = exchange.known
  const order = await signSecrecyOrder({ ...claims, digest }, sampleSeeds.inspector)
  const good = { v: 1, agreement: id, version, order }
  const forged = await signSecrecyOrder({ ...claims, digest }, sampleSeeds.tax)
  assert.equal(await rejected(app, url, { ...good, order: forged }), 'ORDER_INVALID')
  assert.equal(await rejected(app, url, { ...good, version: 2 }), 'AGREEMENT_UNKNOWN')
  assert.equal(await rejected(app, url, { ...good, order: '' }), 'MALFORMED')
  const own = [nobleEd25519.publicKey(sampleSeeds.inspector)]
  const party = appOver(exchange, { keysOf: (one) => (one === 'housing' ? own : []) })
  assert.equal(await rejected(party, url, good), 'AUTHORITY_NOT_INDEPENDENT')
  assert.equal((await call(app, url, good)).status, 200)
  assert.equal(await rejected(app, url, good), 'ORDER_NOT_LATER')
  const counts = await app.inject({ method: 'GET', url: '/v1/public-counts' })
  const [shown] = counts.json<{ secrecyOrders: Record<string, unknown>[] }>().secrecyOrders
  assert.deepEqual(
    [shown?.['agreement'], shown?.['withheld'], shown?.['opened']],
    [`${id} v${version}`, 0, false],
  )
})
