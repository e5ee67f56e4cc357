import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExchange } from '../../tests/fault/in-process-exchange.ts'
import { askQuestion } from './ask-question.ts'

/** What comes of a second subject in a register of a hundred people, where one is the ceiling. */
async function secondSubject(isCountersigned?: () => boolean): Promise<string | undefined> {
  using exchange = await openExchange()
  const { providerDeps, consumerDeps, known } = exchange
  Object.assign(known, { countersigned: true })
  const registers = [...providerDeps.registers].map(
    ([name, register]) => [name, { ...register, populationSize: 100 }] as const,
  )
  Object.assign(providerDeps, {
    registers: new Map(registers),
    ...(isCountersigned && { isCountersigned }),
  })
  const first = await askQuestion(exchange.request(1), consumerDeps)
  assert.equal(first.outcome, 'permit')
  const second = await askQuestion(exchange.request(2), consumerDeps)
  return second.code ?? second.outcome
}

test('a countersignature lifts a ceiling for as long as its key counts, and not one question longer', async () => {
  assert.equal(await secondSubject(() => true), 'permit')
  assert.equal(await secondSubject(() => false), 'CAP_EXCEEDED')
  // Without the look at the key of now, a revoked countersignature would go on lifting it.
  assert.equal(await secondSubject(), 'permit')
})
