import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExchange } from '../../tests/fault/in-process-exchange.ts'
import type { AgreementState } from '../agreement/index.ts'
import { readEntry } from '../log/index.ts'
import { askQuestion } from './ask-question.ts'

test('what the own log has stopped is not asked: an entry here, and nothing leaves', async () => {
  using exchange = await openExchange()
  let sent = 0
  const { transport } = exchange
  exchange.transport = (request, deliver) => {
    sent += 1
    return transport(request, deliver)
  }
  for (const [at, [state, code]] of (
    [
      ['suspended', 'AGREEMENT_SUSPENDED'],
      ['expired', 'AGREEMENT_EXPIRED'],
      ['terminated', 'AGREEMENT_NOT_ACTIVE'],
      ['rejected', 'AGREEMENT_NOT_ACTIVE'],
    ] as const satisfies readonly (readonly [AgreementState, string])[]
  ).entries()) {
    const deps = { ...exchange.consumerDeps, stateHere: () => Promise.resolve(state) }
    const outcome = await askQuestion(exchange.request(10 + at), deps)
    assert.equal(outcome.outcome, 'deny')
    assert.equal(outcome.code, code)
    assert.equal(outcome.receipt, null)
    const { reader, recordKeys } = exchange.consumerDeps
    const entry = await readEntry(reader, outcome.entries.asked ?? -1, {
      recordKeys,
      aead: exchange.consumerDeps.aead,
    })
    assert.match(entry?.record ?? '', new RegExp(`"code":"${code}"`))
  }
  assert.equal(sent, 0)
})

test('without a look at the own log the same question leaves', async () => {
  using exchange = await openExchange()
  let sent = 0
  const { transport } = exchange
  exchange.transport = (request, deliver) => {
    sent += 1
    return transport(request, deliver)
  }
  await askQuestion(exchange.request(1), exchange.consumerDeps)
  assert.ok(sent > 0)
})
