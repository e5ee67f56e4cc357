import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldIntent as intentOf } from '../../tests/fault/held-intent.ts'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import { type CapUse, defaultCaps } from '../agreement/index.ts'
import { encodeBase64 } from '../bytes/index.ts'
import { readEntry } from '../log/index.ts'
import { aesGcm, systemRandomness } from '../platform/index.ts'
import { parsePersonAnswer, parsePersonDenial } from '../protocol/index.ts'
import { samplePersonAgreement, samplePublicKey } from '../testing/index.ts'
import { keptForMs } from './person-commit-deps.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import type { QuestionCommitted, QuestionIntent } from './writer.ts'

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

function codeOf({ status, body }: QuestionCommitted): string {
  return status === 200 ? parsePersonAnswer(body).outcome : parsePersonDenial(body).code
}

async function sizeOf({ provider }: InProcessExchange): Promise<number> {
  return (await provider.reader.head())?.size ?? 0
}

async function capsUsed(
  { provider, clock }: InProcessExchange,
  intent: QuestionIntent,
): Promise<CapUse> {
  return (await provider.reader.capUse(intent.axes, clock.now())).capUse
}

async function act(
  { provider, known }: InProcessExchange,
  event: 'agreement.suspended' | 'agreement.terminated',
): Promise<void> {
  const { digest } = known
  await provider.writer.commit({
    type: 'governance',
    kind: event,
    name: known.agreement.id,
    digest,
    body: null,
    agreement: { digest, event, by: 'tax' },
  })
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

test('a retry gets the same bytes, without an entry and without a charge', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  const [first, inBatch] = await commit(exchange, again(intent), again(intent))
  assert.ok(first !== undefined && inBatch !== undefined)
  const [size, use] = [await sizeOf(exchange), await capsUsed(exchange, intent)]
  exchange.clock.advance(keptForMs)
  const [later] = await commit(exchange, again(intent, { lookUp: { state: 'kept' } }))
  assert.deepEqual(inBatch.body, first.body)
  assert.deepEqual(later?.body, first.body)
  assert.deepEqual([first.redelivered, inBatch.redelivered, later.redelivered], [false, true, true])
  assert.equal(await sizeOf(exchange), size)
  assert.deepEqual(await capsUsed(exchange, intent), use)
  assert.equal(use.officialToday, 1)
})

async function restrict({ provider }: InProcessExchange, { axes }: QuestionIntent): Promise<void> {
  const { subjectHandle } = axes
  await provider.writer.commit({ type: 'safeguard', act: 'restrict', subjectHandle })
}

/** A commit that reads as if nobody were restricted. */
function unrestricted(tx: ExchangeTransaction): ExchangeTransaction {
  return { ...tx, restriction: () => Promise.resolve(undefined) }
}

test('a kept answer about somebody restricted since goes out no more, and without the look would', async () => {
  for (const isBlind of [false, true]) {
    using exchange = await openExchange(isBlind ? { seen: unrestricted } : {})
    const intent = await intentOf(exchange, 1)
    const [first] = await commit(exchange, again(intent))
    assert.equal(first?.status, 200)
    await restrict(exchange, intent)
    const use = await capsUsed(exchange, intent)
    const retry = again(intent, { lookUp: { state: 'kept' } })
    const [later] = await commit(exchange, retry)
    assert.ok(later !== undefined)
    assert.equal(isBlind ? later.redelivered : codeOf(later), isBlind ? true : 'ANSWER_EXPIRED')
    assert.deepEqual(await capsUsed(exchange, intent), use)
  }
})

test('an answer that was given under the restriction goes out again like any other', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  await restrict(exchange, intent)
  const [first] = await commit(exchange, again(intent))
  const [later] = await commit(exchange, again(intent, { lookUp: { state: 'kept' } }))
  assert.deepEqual([first?.status, later?.redelivered], [200, true])
  assert.deepEqual(later?.body, first?.body)
})

test('after 15 minutes neither the answer nor its key is kept', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  await commit(exchange, again(intent))
  const { exchangeId } = intent.question
  const { reader } = exchange.provider
  assert.ok((await reader.exchange('housing', exchangeId))?.sealedBody !== undefined)
  assert.ok((await reader.answerKey('housing', exchangeId)) !== undefined)
  exchange.clock.advance(keptForMs + 1)
  await commit(exchange, await intentOf(exchange, 2))
  assert.equal((await reader.exchange('housing', exchangeId))?.sealedBody, undefined)
  assert.equal(await reader.answerKey('housing', exchangeId), undefined)
})

test('the same exchange id with another question is a conflict with an entry, and costs nothing', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  await commit(exchange, again(intent))
  const use = await capsUsed(exchange, intent)
  const size = await sizeOf(exchange)
  const { questionDigest } = await intentOf(exchange, 2)
  const [other] = await commit(exchange, again(intent, { questionDigest }))
  assert.ok(other !== undefined)
  assert.equal(codeOf(other), 'EXCHANGE_CONFLICT')
  assert.equal(other.status, 409)
  assert.equal(await sizeOf(exchange), size + 1)
  assert.deepEqual(await capsUsed(exchange, intent), use)
})

test('a nonce counts once: in one batch, in a later one, and for nobody else', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  const other = await intentOf(exchange, 2)
  const size = await sizeOf(exchange)
  const batch = await commit(exchange, intent, { ...other, nonce: intent.nonce })
  assert.deepEqual(batch.map(codeOf), ['permit', 'REPLAYED'])
  const noise = await commit(exchange, intent, intent)
  assert.deepEqual(
    noise.map((one) => [one.noise, one.status]),
    [
      ['REPLAYED', 403],
      ['REPLAYED', 403],
    ],
  )
  const nonce = { ...intent.nonce, keyId: 'social/gateway/00000000' }
  const [elsewhere] = await commit(exchange, { ...intent, nonce })
  assert.equal(elsewhere && codeOf(elsewhere), 'permit')
  assert.equal(await sizeOf(exchange), size + 2)
})

test('a recorded delivery that comes again later never fetches the kept answer', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  await commit(exchange, again(intent))
  const skewed = { ...intent.facts, clock: 'skewed' } as const
  const size = await sizeOf(exchange)
  const late = again(intent, { facts: skewed, lookUp: { state: 'kept' } })
  const [refused] = await commit(exchange, late)
  assert.ok(refused !== undefined)
  assert.equal(codeOf(refused), 'CLOCK_SKEW')
  assert.ok(!Buffer.from(refused.body).toString().includes('results'))
  assert.equal(await sizeOf(exchange), size + 1)
})

test('a question whose first signature was skewed is answered once it is signed rightly', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  const facts = { ...intent.facts, clock: 'skewed' } as const
  const [refused] = await commit(exchange, again(intent, { facts }))
  const [answered] = await commit(exchange, again(intent))
  assert.deepEqual(
    [refused, answered].map((one) => one && codeOf(one)),
    ['CLOCK_SKEW', 'permit'],
  )
  assert.equal((await capsUsed(exchange, intent)).officialToday, 1)
})

test('a cap that two questions in one batch would pass together lets one through', async () => {
  const caps = ['perOfficialPerDay', 'subjectsPerCase', 'distinctSubjectsPer30Days'] as const
  for (const cap of caps) {
    using exchange = await openExchange({
      agreement: samplePersonAgreement({ caps: { ...defaultCaps, [cap]: 1 } }),
    })
    const first = await intentOf(exchange, 1)
    const second = await intentOf(exchange, 2)
    const { caseHandle } = first.axes
    const axes = { ...second.axes, caseHandle }
    const batch = await commit(exchange, first, { ...second, axes })
    assert.deepEqual(batch.map(codeOf), ['permit', 'CAP_EXCEEDED'], cap)
    const denial = parsePersonDenial(batch[1]?.body ?? new Uint8Array())
    assert.equal(denial.cap, cap)
  }
})

test('a permit that becomes a denial inside the commit drops its results everywhere', async () => {
  using exchange = await openExchange({
    agreement: samplePersonAgreement({ caps: { ...defaultCaps, perSubjectPer30Days: 1 } }),
  })
  const intent = await intentOf(exchange, 1)
  assert.equal(intent.lookUp.state, 'done')
  await commit(exchange, again(intent))
  const { exchangeId } = await intentOf(exchange, 2).then(({ question }) => question)
  const question = { ...intent.question, exchangeId }
  const [denied] = await commit(exchange, again(intent, { question }))
  assert.ok(denied !== undefined)
  const text = Buffer.from(denied.body).toString()
  const denial = parsePersonDenial(denied.body)
  assert.deepEqual([denial.code, denial.cap], ['CAP_EXCEEDED', 'perSubjectPer30Days'])
  assert.ok(!text.includes('results') && !text.includes('income_below_limit":'))
  const record = JSON.parse(denial.opening.record)
  assert.equal(record.resultDigest, null)
  const unseal = { aead: aesGcm(systemRandomness), recordKeys: exchange.provider.recordKeys }
  const entry = await readEntry(exchange.provider.reader, (await sizeOf(exchange)) - 1, unseal)
  assert.equal(entry?.record, denial.opening.record)
})

test('what changed between look-up and commit decides: suspension, end, time', async () => {
  const changes = {
    AGREEMENT_SUSPENDED: (exchange: InProcessExchange) => act(exchange, 'agreement.suspended'),
    AGREEMENT_NOT_ACTIVE: (exchange: InProcessExchange) => act(exchange, 'agreement.terminated'),
    AGREEMENT_EXPIRED: async ({ clock, known }: InProcessExchange) =>
      clock.advance(known.agreement.notAfterMs - clock.now()),
  }
  for (const [code, change] of Object.entries(changes)) {
    using exchange = await openExchange()
    const intent = await intentOf(exchange, 1)
    await change(exchange)
    const [denied] = await commit(exchange, intent)
    assert.ok(denied !== undefined)
    assert.equal(codeOf(denied), code)
    assert.ok(!Buffer.from(denied.body).toString().includes('results'))
  }
})

test('a kept answer does not go out again once its agreement is suspended', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  await commit(exchange, again(intent))
  await act(exchange, 'agreement.suspended')
  const size = await sizeOf(exchange)
  const [denied] = await commit(exchange, again(intent))
  assert.equal(denied && codeOf(denied), 'AGREEMENT_SUSPENDED')
  assert.equal(await sizeOf(exchange), size + 1)
})

test('a question that was not looked up is never permitted, whatever the live state says', async () => {
  using exchange = await openExchange()
  const refused = { outcome: 'deny', code: 'SUBJECT_NOT_PARTY' } as const
  const outcomes: readonly (readonly [QuestionIntent['lookUp'], string])[] = [
    [{ state: 'not-made', denial: refused }, 'SUBJECT_NOT_PARTY'],
    [{ state: 'kept' }, 'ANSWER_EXPIRED'],
    [{ state: 'unavailable' }, 'REGISTER_UNAVAILABLE'],
  ]
  for (const [place, [lookUp, code]] of outcomes.entries()) {
    const intent = await intentOf(exchange, place)
    const [denied] = await commit(exchange, again(intent, { lookUp }))
    assert.equal(denied && codeOf(denied), code)
  }
})

test('a denial that charges counts like an answer; an invalid subject counts on the official alone', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  const denial = { outcome: 'deny', code: 'PURPOSE_MISMATCH' } as const
  await commit(exchange, again(intent, { lookUp: { state: 'not-made', denial } }))
  const charged = await capsUsed(exchange, intent)
  assert.deepEqual([charged.officialToday, charged.subject30d, charged.caseSubjects], [1, 1, 1])
  const other = await intentOf(exchange, 2)
  const facts = { ...other.facts, subjectIdentifier: 'invalid' } as const
  const [invalid] = await commit(exchange, again(other, { facts }))
  assert.equal(invalid && codeOf(invalid), 'SUBJECT_ID_INVALID')
  const official = await capsUsed(exchange, other)
  assert.deepEqual([official.officialToday, official.subject30d, official.caseSubjects], [2, 0, 0])
})

test('entries about one subject are chained: numbers rise by one and each names the one before', async () => {
  using exchange = await openExchange()
  const intent = await intentOf(exchange, 1)
  const { subjectHandle } = intent.axes
  const { reader } = exchange.provider
  assert.equal(await reader.chainEnd(subjectHandle, 'open'), undefined)
  await commit(exchange, intent)
  const first = await reader.chainEnd(subjectHandle, 'open')
  await commit(exchange, intent)
  const second = await reader.chainEnd(subjectHandle, 'open')
  assert.deepEqual([first?.seq, second?.seq], [0, 1])
  assert.notEqual(first?.commitment, second?.commitment)
  assert.equal((await reader.entriesAbout(subjectHandle)).length, 2)
})

test('refusals of a consumer become entries up to its quota; beyond it they are counted, and answers go on', async () => {
  using exchange = await openExchange({ denialEntriesPerDay: 3 })
  const refused = async (number: number): Promise<QuestionIntent> => {
    const intent = await intentOf(exchange, number)
    return { ...intent, facts: { ...intent.facts, official: 'unknown' } }
  }
  const denials: QuestionIntent[] = []
  for (let number = 1; number <= 6; number += 1) denials.push(await refused(number))
  const [permitted, later] = [await intentOf(exchange, 7), await refused(8)]
  const size = await sizeOf(exchange)
  const results = await commit(exchange, ...denials)
  const noise = results.map((one) => one.noise)
  const quota = 'QUOTA_EXCEEDED'
  assert.deepEqual(noise, [undefined, undefined, undefined, quota, quota, quota])
  // Three denials, and one entry that says that no more follow.
  assert.equal(await sizeOf(exchange), size + 4)
  const [answer] = await commit(exchange, permitted)
  assert.equal(answer && codeOf(answer), 'permit')
  assert.equal(await sizeOf(exchange), size + 5)
  // Nothing is charged and no exchange is claimed where there is no entry.
  const [fourth] = denials.slice(3)
  assert.ok(fourth !== undefined)
  const { exchangeId } = fourth.question
  assert.equal(await exchange.provider.reader.exchange('housing', exchangeId), undefined)
  exchange.clock.advance(26 * 3_600_000)
  const [nextDay] = await commit(exchange, later)
  assert.equal(nextDay && codeOf(nextDay), 'OFFICIAL_UNKNOWN')
})

test('one consent opens one answer, also where two questions with it meet in one batch', async () => {
  using exchange = await openExchange({
    agreement: samplePersonAgreement({
      legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
      dataElements: [
        {
          name: 'diagnosis',
          register: 'income',
          source: 'district',
          answerType: 'attribute',
          predicate: null,
          category: 'special',
        },
      ],
      consentIssuers: [
        { organisation: 'clinic', keyId: 'clinic/1', publicKey: samplePublicKey('clinic') },
      ],
    }),
  })
  const seconds = Math.floor(exchange.clock.now() / 1000)
  const digest = encodeBase64(new Uint8Array(32).fill(7))
  const consenting = async (number: number): Promise<QuestionIntent> => {
    const intent = await intentOf(exchange, number)
    const { question } = intent
    const claims = {
      iss: 'clinic',
      aud: 'tax',
      iat: seconds,
      exp: seconds + 300,
      exchangeId: question.exchangeId,
      agreement: question.agreement,
      version: question.version,
      elements: question.elements,
      subject: question.subject,
      auth_time: seconds,
    }
    return {
      ...intent,
      facts: { ...intent.facts, consent: { state: 'valid', claims } },
      consent: { digest, expiresAtMs: exchange.clock.now() + 600_000 },
      lookUp: { state: 'done', results: [{ element: 'diagnosis', value: 'north' }] },
    }
  }
  const batch = [await consenting(1), await consenting(2)]
  const results = await commit(exchange, ...batch)
  assert.deepEqual(results.map(codeOf), ['permit', 'CONSENT_INVALID'])
  const [later] = await commit(exchange, await consenting(3))
  assert.equal(later && codeOf(later), 'CONSENT_INVALID')
})
