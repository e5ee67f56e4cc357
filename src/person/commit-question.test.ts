import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import { askQuestion } from './ask-question.ts'
import { keptForMs } from './person-commit-deps.ts'
import type { PersonCommitted, PersonIntent, QuestionCommitted, QuestionIntent } from './writer.ts'

/** The provider's intent for one question, as the gateway hands it to the writer. */
async function intentOf(exchange: InProcessExchange, number: number): Promise<QuestionIntent> {
  const { providerDeps } = exchange
  const held = Promise.withResolvers<QuestionIntent>()
  const writer = {
    commit(intent: PersonIntent): Promise<PersonCommitted> {
      if (intent.type === 'question') held.resolve(intent)
      return Promise.reject(new Error('the writer is away'))
    },
  }
  const { serveQuestion } = await import('./serve-question.ts')
  exchange.transport = async ({ headers, body = new Uint8Array() }) => {
    const target = { method: 'POST', authority: providerDeps.authority }
    const request = { ...target, path: '/v1/person-questions', headers, body }
    await serveQuestion(request, { ...providerDeps, writer })
    throw new Error('nothing comes back')
  }
  const asking = askQuestion(exchange.request(number), exchange.consumerDeps)
  await assert.rejects(asking, { code: 'PEER_UNAVAILABLE' })
  exchange.transport = (request, deliver) => deliver(request)
  return held.promise
}

let nonces = 0

/** The same question, delivered once more: a fresh signature. */
function again(intent: QuestionIntent, change: Partial<QuestionIntent> = {}): QuestionIntent {
  nonces += 1
  return { ...intent, nonce: { ...intent.nonce, value: `nonce-${nonces}` }, ...change }
}

async function commit(
  exchange: InProcessExchange,
  ...batch: readonly QuestionIntent[]
): Promise<readonly QuestionCommitted[]> {
  const results = await exchange.provider.log.commit(batch)
  return results.flatMap((result) => (result.type === 'question' ? [result] : []))
}

function codeOf({ body }: QuestionCommitted): string {
  const { code = 'permit' } = JSON.parse(Buffer.from(body).toString())
  return code
}

test('two retries of an expired exchange in one batch are two refusals, and the writer lives on', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  const [first] = await commit(exchange, again(intent))
  assert.equal(first?.status, 200)
  exchange.clock.advance(keptForMs + 1)
  const late = await commit(exchange, again(intent), again(intent))
  assert.deepEqual(late.map(codeOf), ['ANSWER_EXPIRED', 'ANSWER_EXPIRED'])
  const [other] = await commit(exchange, await intentOf(exchange, 2))
  assert.equal(other?.status, 200)
})
