import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bystanderCases } from '../../../tests/fault/bystander-cases.ts'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { decodeUtf8, encodeBase64, encodeBase64Url } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { readPublicEntry } from '../../log/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import type { HttpRequest, HttpResponse } from '../../ports/index.ts'
import { parseCorrectionReceipt } from '../../protocol/index.ts'
import { sampleBeginMs, samplePersonAgreement, samplePublicKey } from '../../testing/index.ts'
import { askQuestion } from '../ask-question.ts'
import { requestsOfPerson } from '../requests/index.ts'
import { toldDigest } from './commit-correction.ts'
import { correctionBytes, CorrectionCourier } from './correction-courier.ts'
import {
  type CorrectionReceiverDeps,
  correctionPath,
  receiveCorrection,
} from './receive-correction.ts'

const recipientUrl = 'http://housing.localhost:8412'

type Deliver = (request: HttpRequest) => Promise<HttpResponse>

/** What a test does with a message on its way. */
type Way = (request: HttpRequest, deliver: Deliver) => Promise<HttpResponse>

interface Told {
  readonly courier: CorrectionCourier
  readonly deliver: Deliver
  readonly noise: string[]
  way: Way
}

function receiverDeps(
  { consumer, provider, clock }: InProcessExchange,
  noise: string[],
): CorrectionReceiverDeps {
  return {
    key: consumer.key,
    ed25519: bestEd25519(),
    clock,
    randomness: systemRandomness,
    writer: consumer.writer,
    peers: new Map([[provider.id, provider]]),
    mayAsk: () => true,
    mayAnswer: () => true,
    countNoise: (code) => void noise.push(code),
  }
}

function tell(exchange: InProcessExchange): Told {
  const { provider, consumer, clock } = exchange
  const noise: string[] = []
  const deps = receiverDeps(exchange, noise)
  const deliver: Deliver = async ({ headers, body = new Uint8Array() }) => {
    const target = { method: 'POST', authority: 'housing.localhost:8412', path: correctionPath }
    const response = await receiveCorrection({ ...target, headers, body }, deps)
    const texts = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    return { ...response, headers: Object.fromEntries(texts) }
  }
  const peer = {
    url: recipientUrl,
    authority: 'housing.localhost:8412',
    gatewayKeys: consumer.gatewayKeys,
  }
  const told: Told = {
    deliver,
    noise,
    way: (request, on) => on(request),
    courier: new CorrectionCourier({
      key: provider.key,
      ed25519: bestEd25519(),
      clock,
      randomness: systemRandomness,
      http: { send: (request) => told.way(request, deliver) },
      reader: provider.reader,
      writer: provider.writer,
      peerOf: (id) => (id === consumer.id ? peer : undefined),
    }),
  }
  return told
}

/** Files and grants a correction about the person of question `number`; how many are to be told. */
async function correct(
  exchange: InProcessExchange,
  number: number,
  elements: readonly string[],
): Promise<number> {
  const { writer, subjects, reader } = exchange.provider
  const { subject } = exchange.request(number)
  await writer.commit({
    type: 'request',
    act: 'file',
    id: encodeBase64Url(systemRandomness.bytes(16)),
    kind: 'correction',
    subject,
    subjectHandle: subjects.handleOf(subject),
    about: null,
    elements,
    text: 'It is wrong.',
  })
  const decided = await writer.commit({
    type: 'request',
    act: 'decide',
    number: await reader.requestCount(),
    outcome: 'granted',
    law: null,
    answer: 'It is corrected.',
    elements: undefined,
    restricts: false,
    withheldHandle: subjects.handleOf(subject, 'withheld'),
  })
  return decided.type === 'request' && decided.state === 'done'
    ? decided.recipients
    : assert.fail('it was not granted')
}

async function ask(exchange: InProcessExchange, number: number, change = {}): Promise<string> {
  const outcome = await askQuestion(
    { ...exchange.request(number), ...change },
    exchange.consumerDeps,
  )
  assert.equal(outcome.outcome, 'permit', outcome.code)
  return outcome.exchangeId
}

async function digestAt(
  { reader }: InProcessExchange['consumer'],
  entry: number,
): Promise<{ readonly kind: string; readonly digest: string; readonly name: null }> {
  const opened = await readPublicEntry(reader, entry)
  return JSON.parse(decodeUtf8(opened?.recordBytes ?? assert.fail('no public entry')))
}

const sizeOf = async ({ reader }: InProcessExchange['consumer']): Promise<number> =>
  (await reader.head())?.size ?? 0

test('a granted correction reaches everyone who had the element, exchange by exchange, and gets receipts', async () => {
  using exchange = await openExchange()
  const { provider, consumer } = exchange
  const [first, second] = [
    await ask(exchange, 1),
    await ask(exchange, 1, { idempotencyKey: 'once-more-later' }),
  ]
  await ask(exchange, 2)
  assert.equal(await correct(exchange, 1, ['income_below_limit']), 2)
  const told = tell(exchange)
  await told.courier.round()
  const notices = await provider.reader.correctionNotices(1)
  assert.deepEqual(
    new Set(
      notices.map(({ exchangeId, state, consumer: to }) => [exchangeId, state, to].join(' ')),
    ),
    new Set([first, second].map((exchangeId) => `${exchangeId} received housing`)),
  )
  for (const notice of notices) {
    const message = correctionBytes(notice)
    assert.ok(notice.receipt !== undefined && notice.told !== undefined)
    const receipt = parseCorrectionReceipt(notice.receipt)
    const there = await digestAt(consumer, receipt.entry)
    assert.deepEqual(
      [there.kind, there.digest, there.name],
      ['correction.received', encodeBase64(sha256(message)), null],
    )
    const here = await digestAt(provider, notice.told.index)
    assert.deepEqual(
      [here.kind, here.digest, here.name],
      ['correction.told', toldDigest('housing', message, notice.receipt), null],
    )
    const [correction, ...more] = await consumer.reader.corrections(notice.exchangeId)
    assert.ok(correction !== undefined && more.length === 0)
    assert.deepEqual(correction.elements, ['income_below_limit'])
    assert.equal(correction.commitment, receipt.commitment)
  }
  assert.deepEqual(await provider.reader.waitingNotices(), [])
})

test('the message names exchange and elements: never a value, never the person', async () => {
  using exchange = await openExchange()
  await ask(exchange, 1)
  await correct(exchange, 1, ['income_below_limit'])
  const told = tell(exchange)
  let sent = ''
  told.way = (request, deliver) => {
    sent += decodeUtf8(request.body ?? new Uint8Array())
    return deliver(request)
  }
  await told.courier.round()
  assert.deepEqual(Object.keys(JSON.parse(sent)).toSorted(), [
    'correctedAtMs',
    'elements',
    'exchangeId',
    'v',
  ])
  assert.ok(!sent.includes(exchange.request(1).subject.value))
})

test('an element of another name that is answered from the same one of the register is corrected as well', async () => {
  const element = (name: string, source: string, threshold: number): object => ({
    name,
    register: 'income',
    source,
    answerType: 'predicate',
    predicate: { op: 'lt', threshold },
    category: 'ordinary',
  })
  const dataElements = [
    element('income_below_limit', 'annualIncome', 24_000),
    element('income_below_half', 'annualIncome', 12_000),
  ]
  const agreement = samplePersonAgreement({ dataElements: dataElements as never })
  using exchange = await openExchange({ agreement })
  await ask(exchange, 1, { elements: ['income_below_limit'] })
  assert.equal(await correct(exchange, 1, ['income_below_half']), 1)
  const [notice] = await exchange.provider.reader.waitingNotices()
  assert.deepEqual(notice?.elements, ['income_below_limit'])
})

test('who was refused, or had something else, is not told', async () => {
  using exchange = await openExchange()
  const { official } = exchange.request(1)
  const denied = await askQuestion(
    { ...exchange.request(1), official: { ...official, id: 'official-99' } },
    exchange.consumerDeps,
  )
  assert.equal(denied.outcome, 'deny')
  await ask(exchange, 1, { elements: ['insured'], idempotencyKey: 'another-question' })
  assert.equal(await correct(exchange, 1, ['income_below_limit']), 0)
  assert.equal(await correct(exchange, 1, ['insured']), 1)
})

test('a receipt that is lost, forged or of another message is none: the same bytes go out until one comes', async () => {
  using exchange = await openExchange()
  const { provider, consumer, clock } = exchange
  const exchangeId = await ask(exchange, 1)
  await correct(exchange, 1, ['income_below_limit'])
  const told = tell(exchange)
  const bodies = new Set<string>()
  const ways: Way[] = [
    () => Promise.reject(new Error('away')),
    async (request, deliver) => {
      await deliver(request)
      throw new Error('the receipt was lost')
    },
    async (request, deliver) => {
      const response = await deliver(request)
      return { ...response, body: response.body.with(20, (response.body[20] ?? 0) ^ 1) }
    },
    async (request, deliver) => ({ ...(await deliver(request)), headers: {} }),
    (request, deliver) => deliver(request),
  ]
  for (const [failures, way] of ways.entries()) {
    told.way = (request, deliver) => {
      bodies.add(decodeUtf8(request.body ?? new Uint8Array()))
      return way(request, deliver)
    }
    await told.courier.round()
    const state = failures === ways.length - 1 ? 'received' : 'waiting'
    assert.deepEqual(
      (await provider.reader.correctionNotices(1)).map((notice) => notice.state),
      [state],
    )
    // Nothing goes out before the pause is over.
    await told.courier.round()
    clock.advance(1_000 * 2 ** failures)
  }
  assert.equal(bodies.size, 1)
  assert.equal((await consumer.reader.corrections(exchangeId)).length, 1)
  const size = await sizeOf(provider)
  await told.courier.round()
  assert.equal(await sizeOf(provider), size)
})

test('after a crash between sending and receipt another courier goes on: one entry on each side', async () => {
  using exchange = await openExchange()
  const { provider, consumer } = exchange
  const exchangeId = await ask(exchange, 1)
  await correct(exchange, 1, ['income_below_limit'])
  const sizes = [await sizeOf(provider), await sizeOf(consumer)]
  const crashed = tell(exchange)
  crashed.way = async (request, deliver) => {
    await deliver(request)
    throw new Error('the process ended here')
  }
  await crashed.courier.round()
  await tell(exchange).courier.round()
  const [notice] = await provider.reader.correctionNotices(1)
  assert.equal(notice?.state, 'received')
  assert.equal((await consumer.reader.corrections(exchangeId)).length, 1)
  assert.deepEqual(
    [await sizeOf(provider), await sizeOf(consumer)],
    sizes.map((size) => size + 1),
  )
})

test('a message about an exchange that is not the sender’s, or unknown, is no entry and settles as unknown', async () => {
  using exchange = await openExchange()
  const { provider, consumer } = exchange
  await ask(exchange, 1)
  await correct(exchange, 1, ['income_below_limit'])
  const told = tell(exchange)
  const strange = encodeBase64Url(systemRandomness.bytes(16))
  const [notice] = await provider.reader.waitingNotices()
  assert.ok(notice !== undefined)
  const size = await sizeOf(consumer)
  const deps = { ...receiverDeps(exchange, told.noise), peers: new Map() }
  const unknown = await consumer.writer.commit({
    type: 'correction',
    act: 'receive',
    provider: 'social',
    exchangeId: notice.exchangeId,
    digest: encodeBase64(sha256(correctionBytes(notice))),
    elements: notice.elements,
    correctedAtMs: notice.correctedAtMs,
  })
  assert.deepEqual(unknown, { type: 'correction', act: 'receive', state: 'unknown' })
  told.way = async ({ headers, body = new Uint8Array() }) => {
    const target = { method: 'POST', authority: 'housing.localhost:8412', path: correctionPath }
    const response = await receiveCorrection({ ...target, headers, body }, deps)
    assert.equal(response.status, 401)
    throw new Error('refused')
  }
  await told.courier.round()
  assert.equal(told.noise.at(-1), 'PEER_UNKNOWN')
  await provider.writer.commit({
    type: 'correction',
    act: 'settle',
    notice: { ...notice, exchangeId: strange },
    message: correctionBytes(notice),
    receipt: undefined,
  })
  assert.equal((await provider.reader.waitingNotices()).length, 1)
  assert.equal(await sizeOf(consumer), size)
})

test('an exchange that the recipient does not know settles the notice, without an entry', async () => {
  using exchange = await openExchange()
  const { provider, consumer } = exchange
  const exchangeId = await ask(exchange, 1)
  await correct(exchange, 1, ['income_below_limit'])
  const told = tell(exchange)
  const receiver = receiverDeps(exchange, told.noise)
  const forgetful = {
    ...receiver,
    writer: {
      commit: () =>
        Promise.resolve({ type: 'correction', act: 'receive', state: 'unknown' } as const),
    },
  }
  told.way = async ({ headers, body = new Uint8Array() }) => {
    const target = { method: 'POST', authority: 'housing.localhost:8412', path: correctionPath }
    const response = await receiveCorrection({ ...target, headers, body }, forgetful)
    const texts = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    return { ...response, headers: Object.fromEntries(texts) }
  }
  const size = await sizeOf(provider)
  await told.courier.round()
  const [notice] = await provider.reader.correctionNotices(1)
  assert.deepEqual([notice?.state, notice?.told], ['unknown', undefined])
  assert.equal(await sizeOf(provider), size)
  assert.deepEqual(await consumer.reader.corrections(exchangeId), [])
})

test('a withheld exchange is told to its consumer, and shown to the person from the day it opens', async () => {
  const notice = {
    kind: 'withheld',
    law: 'celex:32016R0679',
    authority: { name: 'Court of Audit', publicKey: samplePublicKey('inspector') },
    untilMs: sampleBeginMs + 200 * 86_400_000,
  } as const
  using exchange = await openExchange({ agreement: samplePersonAgreement({ notice }) })
  const { provider, consumer, clock, known } = exchange
  const untilMs = clock.now() + 10 * 86_400_000
  for (const { writer } of [provider, consumer])
    await writer.commit({
      type: 'safeguard',
      act: 'withhold',
      order: {
        agreement: known.digest,
        name: 'housing-tax-rent v1',
        law: notice.law,
        authority: notice.authority.name,
        issuedAtMs: clock.now() - 1_000,
        untilMs,
        digest: encodeBase64(new Uint8Array(32)),
      },
    })
  await ask(exchange, 1)
  assert.equal(await correct(exchange, 1, ['income_below_limit']), 1)
  await tell(exchange).courier.round()
  const { reader, recordKeys, subjects } = provider
  const handle = subjects.handleOf(exchange.request(1).subject)
  const deps = { reader, recordKeys, aead: aesGcm(systemRandomness) }
  const shown = async (nowMs: number): Promise<readonly (string | undefined)[]> => {
    const [request] = await requestsOfPerson(handle, nowMs, deps)
    return request?.notices.map(({ state }) => state) ?? []
  }
  assert.deepEqual(await shown(untilMs - 1), [])
  assert.deepEqual(await shown(untilMs), ['received'])
})

test('of a correction in another person’s case the person is told who was told, and neither of what nor in which words', async () => {
  using exchange = await openExchange()
  const { provider, clock } = exchange
  const cases = bystanderCases(exchange)
  const { outcome } = await askQuestion(exchange.request(1), { ...exchange.consumerDeps, cases })
  assert.equal(outcome, 'permit')
  await ask(exchange, 2)
  const { reader, recordKeys, subjects } = provider
  const deps = { reader, recordKeys, aead: aesGcm(systemRandomness) }
  for (const number of [1, 2]) {
    assert.equal(await correct(exchange, number, ['income_below_limit']), 1)
    await tell(exchange).courier.round()
    const handle = subjects.handleOf(exchange.request(number).subject)
    const [request] = await requestsOfPerson(handle, clock.now(), deps)
    const [notice] = request?.notices ?? []
    assert.deepEqual([notice?.consumer, notice?.state], ['housing', 'received'])
    assert.deepEqual(notice?.elements, number === 1 ? [] : ['income_below_limit'])
    assert.equal(notice?.receipt === undefined, number === 1)
  }
})
