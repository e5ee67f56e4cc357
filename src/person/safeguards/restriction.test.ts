import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { readEntry } from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { samplePersonAgreement } from '../../testing/index.ts'
import { askQuestion } from '../ask-question.ts'
import type { AskOutcome } from '../ask-outcome.ts'
import type { ExchangeTransaction } from '../exchange-store.ts'
import type { SafeguardCommitted } from './safeguard-act.ts'

async function act(
  exchange: InProcessExchange,
  number: number,
  what: 'restrict' | 'unrestrict',
): Promise<SafeguardCommitted> {
  const { provider } = exchange
  const subjectHandle = provider.subjects.handleOf(exchange.request(number).subject)
  const done = await provider.writer.commit({ type: 'safeguard', act: what, subjectHandle })
  assert.ok(done.type === 'safeguard')
  return done
}

function ask(exchange: InProcessExchange, number: number, key = 'first'): Promise<AskOutcome> {
  const request = { ...exchange.request(number), idempotencyKey: `${key}-request-${number}` }
  return askQuestion(request, exchange.consumerDeps)
}

const revealed = samplePersonAgreement({ presence: { mode: 'revealed' } })

test('with revealed presence a restricted person is a denial, of that person alone, until it is lifted', async () => {
  using exchange = await openExchange({ agreement: revealed })
  await act(exchange, 1, 'restrict')
  assert.equal((await ask(exchange, 1)).code, 'SUBJECT_RESTRICTED')
  assert.equal((await ask(exchange, 2)).outcome, 'permit')
  assert.deepEqual(exchange.lookUps, [exchange.request(2).subject.value])
  await act(exchange, 1, 'unrestrict')
  assert.equal((await ask(exchange, 1, 'second')).outcome, 'permit')
})

test('with hidden presence the answer is what it would be about nobody', async () => {
  using absent = await openExchange({ rowOf: () => undefined })
  const nobody = await ask(absent, 1)
  using exchange = await openExchange()
  await act(exchange, 1, 'restrict')
  const restricted = await ask(exchange, 1)
  assert.equal(restricted.outcome, 'permit')
  assert.deepEqual(restricted.results, nobody.results)
  assert.notDeepEqual((await ask(exchange, 2)).results, nobody.results)
  // For its time, the look-up is made all the same.
  assert.equal(exchange.lookUps.length, 2)
})

/** A commit that reads as if nobody were restricted. */
function blind(tx: ExchangeTransaction): ExchangeTransaction {
  const safeguards: ExchangeTransaction['safeguards'] = async (...axes) => ({
    ...(await tx.safeguards(...axes)),
    restricted: false,
  })
  return { ...tx, safeguards }
}

test('a restriction between look-up and commit conceals too, and without the commit would not', async () => {
  for (const isBlind of [false, true]) {
    using exchange = await openExchange(isBlind ? { seen: blind } : {})
    const register = exchange.providerDeps.registers.get('income')?.register
    assert.ok(register !== undefined)
    const lookUp = register.lookUp.bind(register)
    register.lookUp = async (...subject) => {
      const row = await lookUp(...subject)
      await act(exchange, 1, 'restrict')
      return row
    }
    const { results } = await ask(exchange, 1)
    assert.deepEqual(
      results.map(({ value }) => value),
      isBlind ? [true, true] : [false, null],
    )
  }
})

test('the entry names nobody, and an act that changes nothing writes none', async () => {
  using exchange = await openExchange()
  const { reader } = exchange.provider
  const size = (await reader.head())?.size ?? 0
  const placed = await act(exchange, 1, 'restrict')
  assert.ok(placed.state === 'done')
  assert.deepEqual(placed.indices, [size])
  const again = await act(exchange, 1, 'restrict')
  assert.ok(again.state === 'refused' && again.code === 'RESTRICTION_UNCHANGED')
  assert.ok((await act(exchange, 2, 'unrestrict')).state === 'refused')
  assert.ok((await act(exchange, 1, 'unrestrict')).state === 'done')
  assert.equal((await reader.head())?.size, size + 2)
  const { subject } = exchange.request(1)
  const handle = exchange.provider.subjects.handleOf(subject)
  const { recordKeys } = exchange.provider
  for (const index of [size, size + 1]) {
    const entry = await readEntry(reader, index, { aead: aesGcm(systemRandomness), recordKeys })
    assert.ok(entry !== undefined)
    assert.match(entry.record, /"restriction\.(?:placed|lifted)"/)
    assert.ok(!entry.record.includes(handle) && !entry.record.includes(subject.value))
  }
})
