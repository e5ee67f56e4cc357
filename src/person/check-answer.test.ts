import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { openExchange } from '../../tests/fault/in-process-exchange.ts'
import { decodeBase64, encodeBase64 } from '../bytes/index.ts'
import { makeEntry } from '../log/index.ts'
import { defaultCaps } from '../agreement/index.ts'
import {
  makeExchangeId,
  parsePersonAnswer,
  parsePersonDenial,
  parsePersonQuestion,
  resultDigest,
  type PersonAnswer,
  type PersonDenial,
  questionCore,
} from '../protocol/index.ts'
import { samplePersonAgreement } from '../testing/index.ts'
import { askQuestion } from './ask-question.ts'
import { type AnswerFault, checkAnswer, type ExpectedExchange } from './check-answer.ts'

/** An outcome on its way to the consumer, with what the consumer expects of it. */
interface Delivered<Outcome> {
  readonly outcome: Outcome
  readonly expected: ExpectedExchange
}

let answered: Delivered<PersonAnswer>
let denied: Delivered<PersonDenial>
/** Another answer of the same provider, for swaps. */
let other: PersonAnswer

before(async () => {
  const caps = { ...defaultCaps, perSubjectPer30Days: 1 }
  using exchange = await openExchange({ agreement: samplePersonAgreement({ caps }) })
  const { consumerDeps, known } = exchange
  const bodies: { question: Uint8Array; answer: Uint8Array }[] = []
  exchange.transport = async (request, deliver) => {
    const response = await deliver(request)
    bodies.push({ question: request.body ?? new Uint8Array(), answer: response.body })
    return response
  }
  await askQuestion(exchange.request(1), consumerDeps)
  await askQuestion(exchange.request(2), consumerDeps)
  await askQuestion({ ...exchange.request(2), idempotencyKey: 'a-second-time' }, consumerDeps)
  const provider = consumerDeps.providers.get('tax')
  assert.ok(provider !== undefined)
  const expectedOf = (body: Uint8Array): ExpectedExchange => {
    const question = parsePersonQuestion(body)
    const { record = '', r = '' } = question.askedReceipt ?? {}
    const { commitment } = makeEntry(JSON.parse(record), decodeBase64(r))
    return {
      core: questionCore(question),
      consumer: 'housing',
      provider,
      known,
      askedCommitment: encodeBase64(commitment),
      lastSeenCheckpoint: question.lastSeenCheckpoint,
      nowMs: question.createdAtMs,
      ed25519: consumerDeps.ed25519,
    }
  }
  const [first, second, third] = bodies
  assert.ok(first !== undefined && second !== undefined && third !== undefined)
  other = parsePersonAnswer(first.answer)
  answered = { outcome: parsePersonAnswer(second.answer), expected: expectedOf(second.question) }
  denied = { outcome: parsePersonDenial(third.answer), expected: expectedOf(third.question) }
})

function faultOf(
  outcome: PersonAnswer | PersonDenial,
  expected: ExpectedExchange,
): AnswerFault | 'good' {
  const check = checkAnswer(outcome, expected)
  return check.ok ? 'good' : check.code
}

/** The outcome with another record in it, committed to anew, as a provider that lies would send it. */
function withRecord<Outcome extends PersonAnswer | PersonDenial>(
  outcome: Outcome,
  change: Readonly<Record<string, unknown>>,
): Outcome {
  const record = { ...JSON.parse(outcome.opening.record), ...change }
  const { leaf, recordBytes } = makeEntry(record, decodeBase64(outcome.opening.r))
  const text = Buffer.from(recordBytes).toString()
  const opening = { ...outcome.opening, record: text }
  return { ...outcome, leaf: encodeBase64(leaf), opening }
}

function flipBase64(text: string): string {
  const bytes = decodeBase64(text)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return encodeBase64(bytes)
}

function flipLetter(text: string, place: number): string {
  const changed = text[place] === 'A' ? 'B' : 'A'
  return text.slice(0, place) + changed + text.slice(place + 1)
}

const digest = encodeBase64(new Uint8Array(32).fill(7))

/** What a lying provider may put into its record, by key. Time and chain are its own affair. */
const lies: Readonly<Record<string, unknown>> = {
  kind: 'person.redelivered',
  exchangeId: makeExchangeId(new Uint8Array(16)),
  consumer: 'social',
  provider: 'social',
  agreement: null,
  purpose: 'https://cloison.eu/purpose/care',
  legalBasis: 'eu-gdpr:A6-1-c',
  elements: ['insured'],
  outcome: null,
  official: 'another-official',
  case: digest,
  questionDigest: digest,
  peer: digest,
}

describe('what the consumer demands of an answer', () => {
  test('a true answer and a true denial hold', () => {
    assert.equal(faultOf(answered.outcome, answered.expected), 'good')
    assert.equal(faultOf(denied.outcome, denied.expected), 'good')
    assert.equal(denied.outcome.code, 'CAP_EXCEEDED')
    const check = checkAnswer(answered.outcome, answered.expected)
    assert.ok(check.ok)
    assert.equal(check.commitment, encodeBase64(decodeBase64(answered.outcome.leaf).subarray(2)))
    assert.equal(check.checkpoint.origin, 'tax.localhost/log/2026h1')
    assert.ok(check.index < check.checkpoint.size)
  })

  test('every part of an answer that is changed in transit is refused, with its reason', () => {
    const { outcome, expected } = answered
    const { opening, results, inclusion, leaf } = outcome
    const [first, ...rest] = results
    assert.ok(first !== undefined)
    const table: readonly (readonly [string, AnswerFault, PersonAnswer])[] = [
      ['exchangeId', 'EXCHANGE_MISMATCH', { ...outcome, exchangeId: other.exchangeId }],
      ['leaf', 'LEAF_MISMATCH', { ...outcome, leaf: flipBase64(leaf) }],
      ['leaf of another', 'LEAF_MISMATCH', { ...outcome, leaf: other.leaf }],
      ['r', 'LEAF_MISMATCH', { ...outcome, opening: { ...opening, r: flipBase64(opening.r) } }],
      ['s', 'RECORD_MISMATCH', { ...outcome, opening: { ...opening, s: flipBase64(opening.s) } }],
      [
        'record',
        'LEAF_MISMATCH',
        {
          ...outcome,
          opening: { ...opening, record: opening.record.replace('"v":1', '"v":1 ') },
        },
      ],
      ['opening of another', 'LEAF_MISMATCH', { ...outcome, opening: other.opening }],
      [
        'entry of another',
        'RECORD_MISMATCH',
        { ...outcome, leaf: other.leaf, opening: other.opening },
      ],
      [
        'value',
        'RESULT_MISMATCH',
        { ...outcome, results: [{ ...first, value: first.value !== true }, ...rest] },
      ],
      ['fewer results', 'RESULT_MISMATCH', { ...outcome, results: rest }],
      ['more results', 'RESULT_MISMATCH', { ...outcome, results: [...results, first] }],
      ['order', 'RESULT_MISMATCH', { ...outcome, results: results.toReversed() }],
      [
        'element',
        'RESULT_MISMATCH',
        { ...outcome, results: [{ ...first, element: 'other' }, ...rest] },
      ],
      ['receipt of another', 'RECEIPT_INVALID', { ...outcome, inclusion: other.inclusion }],
      ['no receipt', 'RECEIPT_INVALID', { ...outcome, inclusion: '' }],
      [
        'index',
        'RECEIPT_INVALID',
        { ...outcome, inclusion: inclusion.replace(/index \d+/, 'index 0') },
      ],
      ['no consistency', 'CONSISTENCY_FAILED', { ...outcome, consistency: [] }],
      [
        'consistency',
        'CONSISTENCY_FAILED',
        { ...outcome, consistency: outcome.consistency.map(flipBase64) },
      ],
      [
        'more consistency',
        'CONSISTENCY_FAILED',
        { ...outcome, consistency: [...outcome.consistency, digest] },
      ],
    ]
    for (const [part, code, changed] of table) assert.equal(faultOf(changed, expected), code, part)
  })

  test('no letter of a receipt can be changed', () => {
    const { outcome, expected } = answered
    for (let place = 0; place < outcome.inclusion.length; place += 1) {
      const inclusion = flipLetter(outcome.inclusion, place)
      assert.equal(faultOf({ ...outcome, inclusion }, expected), 'RECEIPT_INVALID', `${place}`)
    }
  })

  test('a provider that commits to another record is refused, whichever key it lies about', () => {
    for (const [key, value] of Object.entries(lies)) {
      const changed = withRecord(answered.outcome, { [key]: value })
      assert.equal(faultOf(changed, answered.expected), 'RECORD_MISMATCH', `answer: ${key}`)
      const denial = withRecord(denied.outcome, { [key]: value })
      assert.equal(faultOf(denial, denied.expected), 'RECORD_MISMATCH', `denial: ${key}`)
    }
    const record = JSON.parse(answered.outcome.opening.record)
    for (const part of ['id', 'version', 'digest']) {
      const agreement = { id: 'other', version: 2, digest }
      const cited = { ...record.agreement, [part]: Reflect.get(agreement, part) }
      const changed = withRecord(answered.outcome, { agreement: cited })
      assert.equal(faultOf(changed, answered.expected), 'RECORD_MISMATCH', part)
    }
    const resultDigest = withRecord(answered.outcome, { resultDigest: digest })
    assert.equal(faultOf(resultDigest, answered.expected), 'RESULT_MISMATCH')
    const code = withRecord(denied.outcome, { code: 'SUBJECT_RESTRICTED' })
    assert.equal(faultOf(code, denied.expected), 'RESULT_MISMATCH')
    const cap = withRecord(denied.outcome, { cap: 'subjectsPerCase' })
    assert.equal(faultOf(cap, denied.expected), 'RESULT_MISMATCH')
  })

  test('every key of the record is either checked, or named here as the provider’s own', () => {
    const own = ['v', 'class', 'timeMs', 'chain', 'notice', 'noticeUntilMs', 'consent']
    const byResult = ['resultDigest', 'code', 'cap']
    const keys = Object.keys(JSON.parse(answered.outcome.opening.record))
    assert.deepEqual(keys.toSorted(), [...Object.keys(lies), ...own, ...byResult].sort())
  })

  test('a true record that is not in the log is refused', () => {
    const changed = withRecord(answered.outcome, { chain: digest })
    assert.equal(faultOf(changed, answered.expected), 'RECEIPT_INVALID')
  })

  test('a predicate carries no text and no figure, whatever its provider signs', () => {
    const { outcome, expected } = answered
    const predicate = expected.known.agreement.dataElements.find(
      ({ answerType }) => answerType === 'predicate',
    )
    for (const value of ['23,412 EUR', 23_412, '']) {
      const results: PersonAnswer['results'] = outcome.results.map((result) =>
        result.element === predicate?.name ? { ...result, value } : result,
      )
      assert.notDeepEqual(results, outcome.results)
      const resultText = encodeBase64(resultDigest(decodeBase64(outcome.opening.s), results))
      const told: PersonAnswer = withRecord(outcome, { resultDigest: resultText })
      const lied: PersonAnswer = { ...told, results }
      assert.equal(faultOf(lied, expected), 'TERMS_MISMATCH', String(value))
    }
  })

  test('the padding is the one of these results: a longer one could carry a message', () => {
    const { outcome, expected } = answered
    for (const padding of [`${outcome.padding}0`, outcome.padding.slice(1), ''])
      assert.equal(faultOf({ ...outcome, padding }, expected), 'TERMS_MISMATCH')
  })

  test('obligations and notice are those of the agreement', () => {
    const { outcome, expected } = answered
    const { obligations } = outcome
    const easier = [
      { ...obligations, retentionDays: obligations.retentionDays + 1 },
      { ...obligations, contestUntilMs: obligations.contestUntilMs - 1 },
    ]
    for (const changed of easier) {
      assert.equal(faultOf({ ...outcome, obligations: changed }, expected), 'TERMS_MISMATCH')
    }
    const silent = withRecord(outcome, { notice: 'withheld', noticeUntilMs: 1 })
    assert.equal(faultOf(silent, expected), 'TERMS_MISMATCH')
  })

  test('only a denial may lie outside of the agreement’s time', () => {
    const ended = ({ outcome, expected }: Delivered<PersonAnswer | PersonDenial>) => {
      const { timeMs } = JSON.parse(outcome.opening.record)
      const agreement = { ...expected.known.agreement, notAfterMs: timeMs - 840_000 }
      return faultOf(outcome, { ...expected, known: { ...expected.known, agreement } })
    }
    assert.equal(ended(answered), 'TIME_IMPLAUSIBLE')
    assert.equal(ended(denied), 'good')
  })

  test('an entry from another time is refused', () => {
    const { outcome, expected } = answered
    for (const byMs of [-840_000, 840_000]) {
      const { timeMs } = JSON.parse(outcome.opening.record)
      const moved = withRecord(outcome, { timeMs: timeMs + byMs })
      const contestUntilMs = outcome.obligations.contestUntilMs + byMs
      const shifted = { ...moved, obligations: { ...outcome.obligations, contestUntilMs } }
      assert.equal(faultOf(shifted, expected), 'TIME_IMPLAUSIBLE', String(byMs))
    }
  })

  test('a denial cannot pass for an answer, nor an answer for a denial', () => {
    const { leaf, opening, inclusion, consistency } = denied.outcome
    const posed = { ...answered.outcome, leaf, opening, inclusion, consistency }
    const { exchangeId } = denied.expected.core
    assert.equal(faultOf({ ...posed, exchangeId }, denied.expected), 'RECORD_MISMATCH')
    const { leaf: entry, opening: opened, inclusion: receipt } = answered.outcome
    const refusal = { ...denied.outcome, leaf: entry, opening: opened, inclusion: receipt }
    const id = answered.expected.core.exchangeId
    assert.equal(faultOf({ ...refusal, exchangeId: id }, answered.expected), 'RECORD_MISMATCH')
  })

  test('a denial may cite nothing of the consumer, an answer may not', () => {
    const quiet = withRecord(denied.outcome, { peer: null })
    assert.equal(faultOf(quiet, denied.expected), 'RECEIPT_INVALID', 'only the log objects')
    const answer = withRecord(answered.outcome, { peer: null })
    assert.equal(faultOf(answer, answered.expected), 'RECORD_MISMATCH')
  })

  test('the receipt must be of the provider’s own log, signed by its key', () => {
    const { outcome, expected } = answered
    const { provider } = expected
    const [log] = provider.receiptPolicy.logs
    assert.ok(log !== undefined)
    const publicKey = new Uint8Array(32).fill(9)
    const key = { ...log.key, publicKey }
    const receiptPolicy = { ...provider.receiptPolicy, logs: [{ key }] }
    const wrongKey = { ...expected, provider: { ...provider, receiptPolicy } }
    assert.equal(faultOf(outcome, wrongKey), 'RECEIPT_INVALID')
    const wrongOrigin = {
      ...expected,
      provider: { ...provider, origins: ['tax.localhost/log/2025h2'] },
    }
    assert.equal(faultOf(outcome, wrongOrigin), 'RECEIPT_INVALID')
  })

  test('a later log of the provider needs no consistency, and ends the earlier ones', () => {
    const { outcome, expected } = answered
    const { provider } = expected
    const [origin = ''] = provider.origins
    const seenOf = (name: string): string =>
      expected.lastSeenCheckpoint?.replace(`${origin}\n`, `${name}\n`) ?? assert.fail()
    const unproven = { ...outcome, consistency: [] }
    const earlier = {
      ...expected,
      provider: { ...provider, origins: ['tax.localhost/log/2025h2', origin] },
      lastSeenCheckpoint: seenOf('tax.localhost/log/2025h2'),
    }
    assert.equal(faultOf(unproven, expected), 'CONSISTENCY_FAILED')
    assert.equal(faultOf(unproven, earlier), 'good')
    const later = {
      ...expected,
      provider: { ...provider, origins: [origin, 'tax.localhost/log/2027h1'] },
      lastSeenCheckpoint: seenOf('tax.localhost/log/2027h1'),
    }
    assert.equal(faultOf(outcome, later), 'CONSISTENCY_FAILED')
  })

  test('garbage is refused and never thrown', () => {
    const { outcome, expected } = answered
    const garbage = '"\\u0000}{'
    const record = { ...outcome, opening: { ...outcome.opening, record: garbage } }
    assert.equal(faultOf(record, expected), 'LEAF_MISMATCH')
    assert.equal(faultOf({ ...outcome, leaf: 'A' }, expected), 'LEAF_MISMATCH')
    assert.equal(faultOf({ ...outcome, inclusion: garbage }, expected), 'RECEIPT_INVALID')
    const lastSeenCheckpoint = 'not a note'
    assert.notEqual(faultOf(outcome, { ...expected, lastSeenCheckpoint }), 'good')
  })
})
