import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type InProcessExchange,
  openExchange,
  type Transport,
} from '../../tests/fault/in-process-exchange.ts'
import { askQuestion } from './ask-question.ts'
import { resumeQuestions } from './resume-question.ts'

/** The provider gets and answers everything; nothing of it comes back. */
const answersAreLost: Transport = async (request, deliver) => {
  await deliver(request)
  throw new Error('the answer was lost')
}
const nothingArrives: Transport = () => Promise.reject(new Error('the line is dead'))
const allIsWell: Transport = (request, deliver) => deliver(request)

async function askInVain(exchange: InProcessExchange, transport: Transport): Promise<void> {
  exchange.transport = transport
  const asking = askQuestion(exchange.request(2), exchange.consumerDeps)
  await assert.rejects(asking, { code: 'PEER_UNAVAILABLE' })
  exchange.transport = allIsWell
}

test('a question whose answer was lost is resumed after others were answered, and its answer holds', async () => {
  using exchange = await openExchange()
  const { consumerDeps } = exchange
  await askQuestion(exchange.request(1), consumerDeps)
  await askInVain(exchange, answersAreLost)
  await askQuestion(exchange.request(3), consumerDeps)
  assert.equal(await resumeQuestions(consumerDeps), 1)
  const outcome = await askQuestion(exchange.request(2), consumerDeps)
  assert.equal(outcome.outcome, 'permit')
  assert.deepEqual(await consumerDeps.reader.asksIn('failed'), [])
  assert.equal(exchange.lookUps.length, 3)
})

test('a resumed question has the body that was sent first, but for the receipt', async () => {
  using exchange = await openExchange()
  const { consumerDeps } = exchange
  await askQuestion(exchange.request(1), consumerDeps)
  const bodies: string[] = []
  await askInVain(exchange, async (request) => {
    bodies.push(Buffer.from(request.body ?? []).toString())
    return nothingArrives(request, () => Promise.reject(new Error('unused')))
  })
  await askQuestion(exchange.request(3), consumerDeps)
  exchange.transport = async (request, deliver) => {
    bodies.push(Buffer.from(request.body ?? []).toString())
    return deliver(request)
  }
  await resumeQuestions(consumerDeps)
  const [sent = '{}', ...others] = bodies
  const { askedReceipt: _, ...first } = JSON.parse(sent)
  assert.ok(first.lastSeenCheckpoint !== null)
  assert.equal(new Set(others.slice(0, -1)).size, 1, 'attempts of one asking are the same bytes')
  const { askedReceipt: __, ...resumed } = JSON.parse(others.at(-1) ?? '{}')
  assert.deepEqual(resumed, first)
})

test('a request that makes no well-formed question is refused before it is an entry', async () => {
  using exchange = await openExchange()
  const { consumerDeps } = exchange
  const before = await consumerDeps.reader.head()
  const request = { ...exchange.request(1), case: 'RENT-1\nRENT-2' }
  await assert.rejects(askQuestion(request, consumerDeps), { code: 'MALFORMED' })
  assert.deepEqual(await consumerDeps.reader.head(), before)
  assert.deepEqual(await consumerDeps.reader.asksIn('asked'), [])
  const outcome = await askQuestion(exchange.request(2), consumerDeps)
  assert.equal(outcome.outcome, 'permit')
})
