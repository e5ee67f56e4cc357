import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import {
  type ExchangeOptions,
  type InProcessExchange,
  openExchange,
} from '../../../tests/fault/in-process-exchange.ts'
import { decodeUtf8, utf8 } from '../../bytes/index.ts'
import {
  askQuestion,
  type ExchangeTransaction,
  openIdentity,
  openShare,
  readIdentityRequest,
} from '../../person/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { holderSecrets, sampleSealing, testBox } from '../../testing/index.ts'
import { addIdentityOpenings } from './identity-routes.ts'

const url = '/v1/identity-openings'
const good = { v: 1, log: null, entry: 0, case: 'DPI-17', reason: 'a complaint' }

function appOver({ consumer }: InProcessExchange, shutBy: readonly string[] = []): FastifyInstance {
  const app = Fastify()
  addIdentityOpenings(app, { writer: consumer.writer, shutBy: () => shutBy })
  return app
}

async function asked(options: ExchangeOptions = {}): Promise<InProcessExchange> {
  const exchange = await openExchange(options)
  const sealing = sampleSealing()
  await askQuestion(exchange.request(1), { ...exchange.consumerDeps, sealing })
  return exchange
}

async function codeOf(app: FastifyInstance, body: object): Promise<unknown> {
  const response = await app.inject({ method: 'POST', url, payload: body })
  return response.statusCode === 200 ? 'opened' : response.json<{ code: string }>().code
}

test('a request is answered by the entry that it became, and opens with both keys', async () => {
  using exchange = await asked()
  const response = await appOver(exchange).inject({ method: 'POST', url, payload: good })
  assert.equal(response.statusCode, 200)
  assert.ok(!response.body.includes(exchange.request(1).official.id))
  const deps = { box: testBox(), aead: aesGcm(systemRandomness) }
  const request = readIdentityRequest(utf8(response.body))
  const first = openShare(request, holderSecrets.inspector, deps)
  const official = openIdentity(request, { secretKey: holderSecrets.dpo, first }, deps)
  assert.equal(official, exchange.request(1).official.id)
  assert.equal(request.opening.index, ((await exchange.consumer.reader.head())?.size ?? 0) - 1)
})

test('one entry a request, in one form, while the log takes entries', async () => {
  using exchange = await asked()
  const app = appOver(exchange)
  for (const change of [
    { entry: -1 },
    { entry: [0, 1] },
    { entry: '0' },
    { entries: [0] },
    { v: 2 },
    { case: '' },
    { reason: ' ' },
    { reason: 'two\nlines' },
    { reason: 'x'.repeat(201) },
    { log: '' },
  ])
    assert.equal(await codeOf(app, { ...good, ...change }), 'MALFORMED', JSON.stringify(change))
  assert.equal(await codeOf(app, { ...good, entry: 99 }), 'IDENTITY_NOT_SEALED')
  assert.equal(await codeOf(appOver(exchange, ['the log is old']), good), 'LOG_UNAVAILABLE')
  for (let turn = 0; turn < 10; turn += 1) assert.equal(await codeOf(app, good), 'opened')
  assert.equal(await codeOf(app, good), 'IDENTITY_CAP_REACHED')
})

/** A disk that fails at the last step of every commit, once `failing` says so. */
function failingDisk(failing: () => boolean): ExchangeOptions['seen'] {
  return (tx: ExchangeTransaction) => ({
    ...tx,
    swapHead: (previous, next) =>
      failing() ? Promise.reject(new Error('the disk is gone')) : tx.swapHead(previous, next),
    saveIdentityOpening: (by, atMs) =>
      failing() ? Promise.reject(new Error('the disk is gone')) : tx.saveIdentityOpening(by, atMs),
  })
}

test('a commit that fails hands nothing out', async () => {
  let failing = false
  using exchange = await asked({ seen: failingDisk(() => failing) ?? assert.fail() })
  const { reader } = exchange.consumer
  const size = (await reader.head())?.size
  failing = true
  const response = await appOver(exchange).inject({ method: 'POST', url, payload: good })
  assert.equal(response.statusCode, 500)
  const origin = (await reader.logs())[0] ?? assert.fail()
  const sealed = await reader.sealedIdentity({ origin, index: 0 })
  assert.ok(sealed !== undefined)
  const { identity } = JSON.parse(decodeUtf8(sealed))
  assert.ok(!response.body.includes(identity))
  assert.equal((await reader.head())?.size, size)
})

test('a way that hands out what is stored beside the commit hands it out without an entry', async () => {
  let failing = false
  using exchange = await asked({ seen: failingDisk(() => failing) ?? assert.fail() })
  const { reader, writer } = exchange.consumer
  const size = (await reader.head())?.size
  const app = Fastify()
  app.post(url, async () => {
    const origin = (await reader.logs())[0] ?? ''
    const sealed = await reader.sealedIdentity({ origin, index: 0 })
    void writer.commit({ type: 'identity', ...good }).catch(() => undefined)
    return decodeUtf8(sealed ?? new Uint8Array())
  })
  failing = true
  const response = await app.inject({ method: 'POST', url, payload: good })
  assert.match(response.body, /"identity":/)
  assert.equal((await reader.head())?.size, size)
})
