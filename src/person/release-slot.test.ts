import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import type { Row } from '../register/index.ts'
import { samplePersonAgreement } from '../testing/index.ts'
import { askQuestion } from './ask-question.ts'
import { serveQuestion } from './serve-question.ts'

interface Served {
  readonly status: number
  readonly body: string
  /** Every header field with how long its value is. */
  readonly fields: readonly string[]
}

/** Asks one question and gives the provider's reply as it goes on the wire. */
async function served(exchange: InProcessExchange, number: number): Promise<Served> {
  const { providerDeps } = exchange
  const replies: Served[] = []
  exchange.transport = async ({ headers, body = new Uint8Array() }) => {
    const target = { method: 'POST', authority: providerDeps.authority }
    const path = '/v1/person-questions'
    const response = await serveQuestion({ ...target, path, headers, body }, providerDeps)
    const entries = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    const fields = entries.map(([name = '', value = '']) => `${name} ${value.length}`)
    const text = Buffer.from(response.body).toString()
    replies.push({ status: response.status, body: text, fields })
    return { ...response, headers: Object.fromEntries(entries) }
  }
  await askQuestion(exchange.request(number), exchange.consumerDeps)
  return replies[0] ?? assert.fail()
}

const people: readonly (readonly [string, Row | undefined])[] = [
  ['absent', undefined],
  ['empty', { annualIncome: null, insured: null }],
  ['false', { annualIncome: 900_000, insured: false }],
  ['true', { annualIncome: 12_000, insured: true }],
]

test('whoever is absent, empty, false or true, the reply has one size and the same fields', async () => {
  const seen = new Set<string>()
  const values: unknown[] = []
  for (const [, row] of people) {
    using exchange = await openExchange({ rowOf: () => row })
    const { status, body, fields } = await served(exchange, 1)
    seen.add(JSON.stringify([status, body.length, fields]))
    values.push(JSON.parse(body).results)
  }
  assert.equal(seen.size, 1, [...seen].join('\n'))
  const [absent, empty, no, yes] = values
  assert.deepEqual([absent, empty], [no, no])
  assert.notDeepEqual(yes, no)
})

test('what is looked up waits for its slot, which was set before the look-up', async () => {
  using exchange = await openExchange()
  const order: string[] = []
  const { providerDeps } = exchange
  const sleep = (ms: number): Promise<void> => {
    order.push(`slot in ${ms}`)
    return Promise.resolve().then(() => void order.push('slot'))
  }
  Object.assign(providerDeps, { timers: { sleep } })
  const { writer } = providerDeps
  Object.assign(providerDeps, {
    writer: {
      commit(intent: Parameters<typeof writer.commit>[0]) {
        order.push('commit')
        return writer.commit(intent)
      },
    },
  })
  assert.equal((await served(exchange, 1)).status, 200)
  assert.deepEqual(order, ['slot in 80', 'slot', 'commit'])
})

test('what is not there at its slot is no answer, and its refusal leaves at a later slot', async () => {
  const slow = async (mode: 'hidden' | 'revealed', ms: number): Promise<readonly unknown[]> => {
    const presence = mode === 'hidden' ? { mode, releaseDelayMs: 80 } : { mode }
    const slept: number[] = []
    using exchange = await openExchange({
      agreement: samplePersonAgreement({ presence }),
      rowOf: () => {
        exchange.clock.advance(ms)
        return { annualIncome: 12_000, insured: true }
      },
    })
    const timers = { sleep: (one: number) => Promise.resolve(void slept.push(one)) }
    Object.assign(exchange.providerDeps, { timers })
    const { body } = await served(exchange, 1)
    return [JSON.parse(body).code ?? 'permit', ...slept]
  }
  assert.deepEqual(await slow('hidden', 80), ['permit', 80])
  assert.deepEqual(await slow('hidden', 81), ['REGISTER_UNAVAILABLE', 80, 79])
  assert.deepEqual(await slow('hidden', 190), ['REGISTER_UNAVAILABLE', 80, 50])
  assert.deepEqual(await slow('revealed', 500), ['permit'])
})
