import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import { defaultCaps } from '../agreement/index.ts'
import type { HttpRequest } from '../ports/index.ts'
import {
  parsePersonAnswer,
  parsePersonDenial,
  parseProblem,
  type SignedResponse,
  verifyResponse,
} from '../protocol/index.ts'
import { samplePersonAgreement } from '../testing/index.ts'
import type { AskRequest } from './ask-question.ts'
import { askQuestion } from './ask-question.ts'
import type { ProviderDeps } from './provider-deps.ts'
import { serveQuestion } from './serve-question.ts'

/** One delivery of the consumer, as it left. */
async function deliveryOf(
  exchange: InProcessExchange,
  request: AskRequest = exchange.request(1),
): Promise<HttpRequest> {
  let seen: HttpRequest | undefined
  exchange.transport = (delivery) => {
    seen ??= delivery
    return Promise.reject(new Error('held back'))
  }
  await assert.rejects(askQuestion(request, exchange.consumerDeps))
  assert.ok(seen !== undefined)
  return seen
}

function serve(
  { providerDeps }: InProcessExchange,
  { headers, body = new Uint8Array() }: HttpRequest,
  change: Partial<ProviderDeps> = {},
): Promise<SignedResponse> {
  const target = { method: 'POST', authority: providerDeps.authority }
  const request = { ...target, path: '/v1/person-questions', headers, body }
  return serveQuestion(request, { ...providerDeps, ...change })
}

async function sizeOf({ provider }: InProcessExchange): Promise<number> {
  return (await provider.reader.head())?.size ?? 0
}

/** Whether the response is signed by the provider for exactly this request. */
function isSigned(
  { providerDeps, provider, clock }: InProcessExchange,
  response: SignedResponse,
  { headers }: HttpRequest,
): boolean {
  const { authority, ed25519 } = providerDeps
  const head = { method: 'POST', authority, path: '/v1/person-questions', headers }
  const keyOf = (keyId: string): Uint8Array | undefined => provider.gatewayKeys.get(keyId)
  return verifyResponse(response, head, { keyOf, nowMs: clock.now(), ed25519 }).ok
}

test('an answer is decided, looked up, committed and signed, in this order and once each', async () => {
  using exchange = await openExchange()
  const delivery = await deliveryOf(exchange)
  const { reader, writer, registers, key } = exchange.providerDeps
  const steps: string[] = []
  const income = registers.get('income')
  assert.ok(income !== undefined)
  const response = await serve(exchange, delivery, {
    reader: {
      ...reader,
      capUse: (...use) => {
        steps.push('decide')
        return reader.capUse(...use)
      },
    },
    registers: new Map([
      [
        'income',
        {
          ...income,
          register: {
            ...income.register,
            lookUp: (...subject) => {
              steps.push('look up')
              return income.register.lookUp(...subject)
            },
          },
        },
      ],
    ]),
    writer: {
      commit: async (intent) => {
        const committed = await writer.commit(intent)
        steps.push('committed')
        return committed
      },
    },
    key: {
      keyId: key.keyId,
      get seed() {
        steps.push('sign')
        return key.seed
      },
    },
  })
  assert.equal(parsePersonAnswer(response.body).outcome, 'permit')
  assert.deepEqual([...new Set(steps)], ['decide', 'look up', 'committed', 'sign'])
  assert.equal(steps.lastIndexOf('committed') < steps.indexOf('sign'), true)
  assert.ok(isSigned(exchange, response, delivery))
})

test('nobody is looked up when the decision is a denial', async () => {
  const denials: Readonly<
    Record<
      string,
      (exchange: InProcessExchange) => Partial<ProviderDeps> | Promise<Partial<ProviderDeps>>
    >
  > = {
    OFFICIAL_UNKNOWN: ({ providerDeps, consumer }) => {
      const known = providerDeps.consumers.get('housing')
      assert.ok(known !== undefined)
      return { consumers: new Map([[consumer.id, { ...known, officials: new Set() }]]) }
    },
    CASE_REQUIRED: () => ({ readCaseToken: () => Promise.resolve({ state: 'missing' }) }),
    ASKED_RECEIPT_MISSING: ({ providerDeps, consumer, provider }) => {
      const known = providerDeps.consumers.get('housing')
      assert.ok(known !== undefined)
      const stranger = { ...known, receiptPolicy: provider.policy }
      return { consumers: new Map([[consumer.id, stranger]]) }
    },
    TIME_LOCKED: () => ({ timeLock: { milliseconds: 86_400_000, demo: true } }),
  }
  for (const [code, change] of Object.entries(denials)) {
    using exchange = await openExchange()
    const delivery = await deliveryOf(exchange)
    const size = await sizeOf(exchange)
    const response = await serve(exchange, delivery, await change(exchange))
    // The commit decides on the same facts and writes the denial down.
    if (code !== 'TIME_LOCKED') {
      assert.equal(parsePersonDenial(response.body).code, code)
      assert.equal(await sizeOf(exchange), size + 1)
    }
    assert.deepEqual(exchange.lookUps, [], code)
  }
})

test('nobody is looked up when a cap is used up or the identifier is wrong', async () => {
  using exchange = await openExchange({
    agreement: samplePersonAgreement({ caps: { ...defaultCaps, perSubjectPer30Days: 1 } }),
  })
  await serve(exchange, await deliveryOf(exchange))
  assert.equal(exchange.lookUps.length, 1)
  const second = { ...exchange.request(1), idempotencyKey: 'the-second-request' }
  const denied = await serve(exchange, await deliveryOf(exchange, second))
  assert.equal(parsePersonDenial(denied.body).code, 'CAP_EXCEEDED')
  const subject = { scheme: 'demo-nin', value: '2000000300' }
  const wrong = { ...exchange.request(3), subject }
  const invalid = await serve(exchange, await deliveryOf(exchange, wrong))
  assert.equal(parsePersonDenial(invalid.body).code, 'SUBJECT_ID_INVALID')
  assert.equal(exchange.lookUps.length, 1)
})

test('when the log cannot be written, nothing of the look-up leaves', async () => {
  // So many digits that neither signature nor digest has them by chance.
  const annualIncome = 120_004_311_977
  using exchange = await openExchange({ rowOf: () => ({ annualIncome, insured: true }) })
  const delivery = await deliveryOf(exchange)
  const size = await sizeOf(exchange)
  const writer = { commit: () => Promise.reject(new Error(`disk full: income ${annualIncome}`)) }
  const response = await serve(exchange, delivery, { writer })
  assert.equal(exchange.lookUps.length, 1)
  assert.equal(response.status, 503)
  assert.equal(parseProblem(response.body).code, 'LOG_UNAVAILABLE')
  const text = Buffer.from(response.body).toString() + JSON.stringify(response.headers)
  assert.ok(!/result|120004311977|income|insured/.test(text), text)
  assert.ok(isSigned(exchange, response, delivery))
  assert.deepEqual(exchange.noise, ['LOG_UNAVAILABLE'])
  assert.equal(await sizeOf(exchange), size)
  const retried = await serve(exchange, delivery)
  assert.equal(parsePersonAnswer(retried.body).outcome, 'permit')
})

test('a register that fails gives an entry and no answer', async () => {
  using exchange = await openExchange({
    rowOf: () => {
      throw new Error('the register is away')
    },
  })
  const size = await sizeOf(exchange)
  const response = await serve(exchange, await deliveryOf(exchange))
  assert.equal(response.status, 503)
  assert.equal(parsePersonDenial(response.body).code, 'REGISTER_UNAVAILABLE')
  assert.equal(await sizeOf(exchange), size + 1)
})

test('what nobody can be held to is refused, counted and no entry', async () => {
  using exchange = await openExchange()
  const delivery = await deliveryOf(exchange)
  const { known, providerDeps } = exchange
  const size = await sizeOf(exchange)
  const body = Buffer.from(delivery.body ?? [])
  const changedBody = Buffer.from(body)
  changedBody[40] = (changedBody[40] ?? 0) ^ 1
  const { signature = '' } = delivery.headers
  const elsewhere = samplePersonAgreement({ consumer: 'social' })
  const noise: readonly (readonly [string, HttpRequest, Partial<ProviderDeps>])[] = [
    ['PEER_UNKNOWN', delivery, { consumers: new Map() }],
    ['SIGNATURE_INVALID', { ...delivery, body: changedBody }, {}],
    [
      'MALFORMED',
      { ...delivery, headers: { ...delivery.headers, signature: `x${signature}` } },
      {},
    ],
    ['MALFORMED', { ...delivery, headers: {} }, {}],
    ['AGREEMENT_UNKNOWN', delivery, { agreements: [] }],
    ['AGREEMENT_UNKNOWN', delivery, { agreements: [{ ...known, agreement: elsewhere }] }],
    ['AGREEMENT_UNKNOWN', delivery, { organisation: 'social' }],
    ['SIGNATURE_INVALID', delivery, { authority: 'other.localhost:8411' }],
  ]
  for (const [code, request, change] of noise) {
    const { authority = providerDeps.authority } = change
    const { headers, body = new Uint8Array() } = request
    const target = { method: 'POST', authority, path: '/v1/person-questions' }
    const response = await serveQuestion(
      { ...target, headers, body },
      { ...providerDeps, ...change },
    )
    assert.equal(parseProblem(response.body).code, code)
  }
  assert.deepEqual(
    exchange.noise,
    noise.map(([code]) => code),
  )
  assert.equal(await sizeOf(exchange), size)
  assert.deepEqual(exchange.lookUps, [])
})

test('a signature from another time is an entry, however often it comes', async () => {
  using exchange = await openExchange()
  const delivery = await deliveryOf(exchange)
  const size = await sizeOf(exchange)
  exchange.clock.advance(200_000)
  for (const times of [1, 2, 3]) {
    const response = await serve(exchange, delivery)
    assert.equal(parsePersonDenial(response.body).code, 'CLOCK_SKEW')
    assert.equal(await sizeOf(exchange), size + times)
  }
})

test('with hidden presence absence and a value above the limit are the same answer', async () => {
  const rows = [
    undefined,
    {},
    { annualIncome: null, insured: null },
    { annualIncome: 90_000, insured: false },
  ]
  const answers: unknown[] = []
  for (const row of rows) {
    using exchange = await openExchange({ rowOf: () => row })
    const response = await serve(exchange, await deliveryOf(exchange))
    answers.push(parsePersonAnswer(response.body).results)
  }
  for (const answer of answers) assert.deepEqual(answer, answers[0])
})

test('a peer over its share is told so, signed, and nothing of its question is looked at', async () => {
  using exchange = await openExchange()
  const delivery = await deliveryOf(exchange)
  const before = await sizeOf(exchange)
  const asked: string[] = []
  const counted: string[] = []
  const response = await serve(exchange, delivery, {
    mayAsk: (consumer) => {
      asked.push(consumer)
      return false
    },
    countNoise: (code) => void counted.push(code),
  })
  assert.equal(parseProblem(response.body).code, 'RATE_LIMITED')
  assert.ok(isSigned(exchange, response, delivery))
  assert.deepEqual([asked, counted], [['housing'], ['RATE_LIMITED']])
  assert.equal(await sizeOf(exchange), before)
  assert.equal(exchange.lookUps.length, 0)
  const forged = { ...delivery, headers: { ...delivery.headers, signature: 'sig1=:AAAA:' } }
  await serve(exchange, forged, { mayAsk: () => assert.fail('only who has signed has a share') })
})

test('a key that is revoked while its question is under way gets no answer, though the entry stands', async () => {
  using exchange = await openExchange()
  const delivery = await deliveryOf(exchange)
  const before = await sizeOf(exchange)
  const { writer } = exchange.providerDeps
  let isRevoked = false
  const response = await serve(exchange, delivery, {
    isKeyCurrent: () => !isRevoked,
    writer: {
      commit: async (intent) => {
        const committed = await writer.commit(intent)
        isRevoked = true
        return committed
      },
    },
  })
  assert.equal(response.status, 401)
  assert.equal(parseProblem(response.body).code, 'PEER_UNKNOWN')
  assert.equal(await sizeOf(exchange), before + 1)
})
