import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  confirmingOfficial,
  type InProcessExchange,
  openExchange,
} from '../../../tests/fault/in-process-exchange.ts'
import { sampleEmergencyAgreement } from '../../testing/index.ts'
import { type AskRequest, askQuestion } from '../ask-question.ts'
import type { AskOutcome } from '../ask-outcome.ts'
import type { ExchangeTransaction } from '../exchange-store.ts'
import { serveQuestion } from '../serve-question.ts'
import type { PersonCommitted } from '../writer.ts'
import { reviewWithinMs } from './safeguard-store.ts'

const emergency = (caps = { perOfficialPer30Days: 10, perAgreementPer30Days: 50 }) =>
  sampleEmergencyAgreement({ caps })

function ask(
  exchange: InProcessExchange,
  number: number,
  change: Partial<AskRequest> = {},
): Promise<AskOutcome> {
  const official = { id: 'official-1', authTimeMs: exchange.clock.now() }
  return askQuestion({ ...exchange.request(number), official, ...change }, exchange.consumerDeps)
}

function confirmed({ clock }: InProcessExchange): Pick<AskRequest, 'confirmation'> {
  return { confirmation: { id: confirmingOfficial, authTimeMs: clock.now() } }
}

function review(
  { provider }: InProcessExchange,
  exchangeId: string,
  finding: 'justified' | 'unjustified' = 'justified',
): Promise<PersonCommitted> {
  const act = { act: 'review', consumer: 'housing', exchangeId, finding } as const
  return provider.writer.commit({ type: 'safeguard', ...act })
}

test('an emergency question is answered without a case, and its officer is told in the same commit', async () => {
  using exchange = await openExchange({ agreement: emergency() })
  const cases = { grant: () => Promise.reject(new Error('nobody asks the case system')) }
  const deps = { ...exchange.consumerDeps, cases }
  const outcome = await askQuestion(exchange.request(1), deps)
  assert.deepEqual([outcome.outcome, outcome.code], ['permit', undefined])
  const [row, ...more] = await exchange.provider.reader.emergencies()
  assert.ok(row !== undefined && more.length === 0)
  assert.equal(row.exchangeId, outcome.exchangeId)
  assert.equal(row.place.index, outcome.receipt?.index)
  assert.deepEqual([row.confirmed, row.finding], [false, null])
  // The answer and the public word of it stand side by side.
  assert.equal((await exchange.provider.reader.head())?.size, row.place.index + 2)
  const again = await ask(exchange, 2, confirmed(exchange))
  assert.equal(again.outcome, 'permit')
  assert.deepEqual(await exchange.provider.reader.emergencyCounts(), {
    used: 2,
    confirmed: 1,
    justified: 0,
    unjustified: 0,
  })
})

test('a confirmation by oneself, by a stranger or of yesterday is refused, and is an entry', async () => {
  using exchange = await openExchange({ agreement: emergency() })
  const now = exchange.clock.now()
  const bad = [
    { id: 'official-1', authTimeMs: now },
    { id: 'official-99', authTimeMs: now },
    { id: confirmingOfficial, authTimeMs: now - 900_001 },
  ]
  for (const [index, confirmation] of bad.entries()) {
    const outcome = await ask(exchange, index, { confirmation })
    assert.equal(outcome.code, 'CONFIRMATION_INVALID')
    assert.notEqual(outcome.receipt, null)
  }
  assert.deepEqual(await exchange.provider.reader.emergencies(), [])
  assert.deepEqual(exchange.lookUps, [])
})

test('caps of 30 days hold in the commit, under any agreement for the official, and end with their window', async () => {
  const caps = { perOfficialPer30Days: 2, perAgreementPer30Days: 3 }
  using exchange = await openExchange({ agreement: emergency(caps) })
  for (const number of [1, 2])
    assert.equal((await ask(exchange, number, confirmed(exchange))).outcome, 'permit')
  const third = await ask(exchange, 3, confirmed(exchange))
  assert.deepEqual([third.code, third.cap], ['CAP_EXCEEDED', 'perOfficialPer30Days'])
  const now = exchange.clock.now()
  const other = { official: { id: confirmingOfficial, authTimeMs: now } }
  const confirmation = { id: 'official-1', authTimeMs: now }
  assert.equal((await ask(exchange, 4, { ...other, confirmation })).outcome, 'permit')
  const fifth = await ask(exchange, 5, { ...other, confirmation })
  assert.deepEqual([fifth.code, fifth.cap], ['CAP_EXCEEDED', 'perAgreementPer30Days'])
  exchange.clock.advance(30 * 86_400_000 + 3_600_000)
  assert.equal((await ask(exchange, 6, confirmed(exchange))).outcome, 'permit')
})

test('without a review in 24 hours the official is suspended, everywhere, until it is reviewed', async () => {
  using exchange = await openExchange({ agreement: emergency() })
  const used = await ask(exchange, 1)
  exchange.clock.advance(reviewWithinMs - 2)
  assert.equal((await ask(exchange, 2, confirmed(exchange))).outcome, 'permit')
  exchange.clock.advance(2)
  const denied = await ask(exchange, 3, confirmed(exchange))
  assert.equal(denied.code, 'OFFICIAL_SUSPENDED')
  // Neither may a suspended official confirm what another one asks.
  const now = exchange.clock.now()
  const other = await ask(exchange, 4, {
    official: { id: confirmingOfficial, authTimeMs: now },
    confirmation: { id: 'official-1', authTimeMs: now },
  })
  assert.equal(other.code, 'CONFIRMATION_INVALID')
  const reviewed = await review(exchange, used.exchangeId)
  assert.ok(reviewed.type === 'safeguard' && reviewed.state === 'done')
  assert.equal((await ask(exchange, 5, confirmed(exchange))).outcome, 'permit')
})

test('a finding of "unjustified" suspends at once, whether confirmed or not, until another finding', async () => {
  using exchange = await openExchange({ agreement: emergency() })
  const used = await ask(exchange, 1, confirmed(exchange))
  await review(exchange, used.exchangeId, 'unjustified')
  assert.equal((await ask(exchange, 2)).code, 'OFFICIAL_SUSPENDED')
  await review(exchange, used.exchangeId, 'justified')
  assert.equal((await ask(exchange, 3)).outcome, 'permit')
})

test('a review of what nobody asked is refused and writes nothing', async () => {
  using exchange = await openExchange({ agreement: emergency() })
  const size = (await exchange.provider.reader.head())?.size
  const refused = await review(exchange, 'AAECAwQFBgcICQoLDA0ODw')
  assert.ok(refused.type === 'safeguard' && refused.state === 'refused')
  assert.equal(refused.code, 'EMERGENCY_UNKNOWN')
  assert.equal((await exchange.provider.reader.head())?.size, size)
})

/** Everything that would keep a suspended official out is read as if nobody were suspended. */
function blind(tx: ExchangeTransaction): ExchangeTransaction {
  const safeguards: ExchangeTransaction['safeguards'] = async (...axes) => ({
    ...(await tx.safeguards(...axes)),
    officialSuspended: false,
    confirmingSuspended: false,
  })
  return { ...tx, safeguards }
}

/** Asks with a first decision that knows of no suspension, as if it had come in the meantime. */
function askUnforeseen(exchange: InProcessExchange): Promise<AskOutcome> {
  const { providerDeps } = exchange
  const { reader } = providerDeps
  const unsuspended = { officialSuspended: false, confirmingSuspended: false }
  const safeguards: typeof reader.safeguards = async (...axes) => ({
    ...(await reader.safeguards(...axes)),
    ...unsuspended,
  })
  exchange.transport = async ({ headers, body = new Uint8Array() }) => {
    const target = { method: 'POST', authority: providerDeps.authority }
    const request = { ...target, path: '/v1/person-questions', headers, body }
    const deps = { ...providerDeps, reader: { ...reader, safeguards } }
    const response = await serveQuestion(request, deps)
    const texts = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    return { ...response, headers: Object.fromEntries(texts) }
  }
  return ask(exchange, 2)
}

test('who is suspended after the look-up gets nothing: the commit reads it anew, and alone stops it', async () => {
  for (const isBlind of [false, true]) {
    using exchange = await openExchange({
      agreement: emergency(),
      ...(isBlind && { seen: blind }),
    })
    const used = await ask(exchange, 1)
    await review(exchange, used.exchangeId, 'unjustified')
    const outcome = await askUnforeseen(exchange)
    assert.equal(exchange.lookUps.length, 2)
    assert.equal(outcome.code ?? outcome.outcome, isBlind ? 'permit' : 'OFFICIAL_SUSPENDED')
  }
})
