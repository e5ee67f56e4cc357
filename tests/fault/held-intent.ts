import assert from 'node:assert/strict'
import {
  askQuestion,
  type PersonCommitted,
  type PersonIntent,
  type QuestionIntent,
  serveQuestion,
} from '../../src/person/index.ts'
import type { InProcessExchange } from './in-process-exchange.ts'

/** The provider's intent for one question, as the gateway hands it to the writer. */
export async function heldIntent(
  exchange: InProcessExchange,
  number: number,
): Promise<QuestionIntent> {
  const { providerDeps } = exchange
  const held = Promise.withResolvers<QuestionIntent>()
  const writer = {
    commit(intent: PersonIntent): Promise<PersonCommitted> {
      if (intent.type === 'question') held.resolve(intent)
      return Promise.reject(new Error('the writer is away'))
    },
  }
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
