import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExchange } from '../../tests/fault/in-process-exchange.ts'
import { askQuestion } from './ask-question.ts'
import type { GovernanceIntent } from './writer.ts'

/** What comes of a question when this entry is written between its look-up and its commit. */
async function askedAcross(
  entryOf: (digest: string) => Pick<GovernanceIntent, 'kind' | 'agreement'>,
): Promise<string> {
  using exchange = await openExchange()
  const { providerDeps, consumerDeps, provider, known } = exchange
  let lookedUp = 0
  const registers = [...providerDeps.registers].map(([name, one]) => {
    const lookUp: typeof one.register.lookUp = async (subject, elements) => {
      const row = await one.register.lookUp(subject, elements)
      lookedUp += 1
      const entry = { type: 'governance' as const, name: null, digest: known.digest, body: null }
      await provider.writer.commit({ ...entry, ...entryOf(known.digest) })
      return row
    }
    return [name, { ...one, register: { ...one.register, lookUp } }] as const
  })
  Object.assign(providerDeps, { registers: new Map(registers) })
  const outcome = await askQuestion(exchange.request(1), consumerDeps)
  assert.equal(lookedUp, 1)
  return outcome.code ?? outcome.outcome
}

test('a suspension between look-up and commit denies the question in flight, whoever suspends', async () => {
  for (const by of ['tax', 'housing', 'inspector']) {
    const event = 'agreement.suspended' as const
    const found = await askedAcross((digest) => ({ kind: event, agreement: { digest, event, by } }))
    assert.equal(found, 'AGREEMENT_SUSPENDED')
  }
  const event = 'agreement.terminated' as const
  const ended = await askedAcross((digest) => ({
    kind: event,
    agreement: { digest, event, by: 'tax' },
  }))
  assert.equal(ended, 'AGREEMENT_NOT_ACTIVE')
})

test('an entry that only says so suspends nothing: what the commit decides by is the act', async () => {
  const found = await askedAcross(() => ({ kind: 'agreement.suspended', agreement: undefined }))
  assert.equal(found, 'permit')
})
