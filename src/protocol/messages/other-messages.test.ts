import assert from 'node:assert/strict'
import test from 'node:test'

import { canonicalBytes, canonicalJson, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import type { Json, JsonObject } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { parseExchangeId } from '../exchange-id.ts'
import { problemCodes, problemOf } from '../problem.ts'
import { ProtocolError } from '../protocol-error.ts'
import { base64Of } from './bounded-values.ts'
import { parseConsistencyAnswer } from './consistency-answer.ts'
import { caseDigest, questionCore, questionDigest, resultDigest } from './message-digests.ts'
import { answerPadding, parsePersonAnswer } from './person-answer.ts'
import { parsePersonDenial, parseProblem } from './person-denial.ts'
import type { PersonQuestion } from './person-question.ts'

const b64 = (length: number): string => encodeBase64(new Uint8Array(length))
const entry = {
  leaf: b64(34),
  opening: { r: b64(32), s: b64(32), record: '{"v":1}' },
  inclusion: 'c2sp.org/tlog-proof@v1\nindex 0\n',
  consistency: [b64(32)],
}
const exchangeId = 'AAAAAAAAAAAAAAAAAAAAAA'
const obligations: JsonObject = {
  retentionDays: 30,
  disposal: 'delete',
  contestUntilMs: 1_800_000_000_000,
  noRedisclosure: true,
}
const answer: JsonObject = {
  v: 1,
  exchangeId,
  outcome: 'permit',
  results: [
    { element: 'income_below_threshold', value: true },
    { element: 'household_size', value: 3 },
    { element: 'municipality', value: 'Tallinn' },
    { element: 'pension_kind', value: null },
  ],
  obligations,
  padding: '000',
  ...entry,
}

function refusedAt(read: (bytes: Uint8Array) => unknown, value: Json): string {
  try {
    read(canonicalBytes(value))
    return 'read'
  } catch (error) {
    assert.ok(error instanceof ProtocolError)
    return error.path
  }
}

test('an answer is read as it was sent, and nothing beside its members', () => {
  assert.deepEqual(parsePersonAnswer(canonicalBytes(answer)), answer)
  const bad: readonly (readonly [string, JsonObject])[] = [
    ['$', { ...answer, subject: 'x' }],
    ['$.outcome', { ...answer, outcome: 'deny' }],
    ['$.results', { ...answer, results: [] }],
    ['$.results[0].value', { ...answer, results: [{ element: 'a', value: 1.5 }] }],
    ['$.results[0].value', { ...answer, results: [{ element: 'a', value: [1, 2] }] }],
    ['$.results[0]', { ...answer, results: [{ element: 'a', value: 1, subject: 'x' }] }],
    ['$.leaf', { ...answer, leaf: b64(33) }],
    ['$.opening.s', { ...answer, opening: { r: b64(32), record: '{}' } }],
    ['$.consistency', { ...answer, consistency: Array.from({ length: 65 }, () => b64(32)) }],
    ['$.obligations.noRedisclosure', withObligation({ noRedisclosure: false })],
    ['$.obligations.retentionDays', withObligation({ retentionDays: -1 })],
    ['$.padding', { ...answer, padding: '00 ' }],
    ['$.padding', { ...answer, padding: '0'.repeat(16 * 770 + 1) }],
  ]
  for (const [path, value] of bad) assert.equal(refusedAt(parsePersonAnswer, value), path)
})

function withObligation(change: JsonObject): JsonObject {
  return { ...answer, obligations: { ...obligations, ...change } }
}

test('a denial of every code is read, and one whose status or type is not that of its code is not', () => {
  for (const code of problemCodes) {
    const problem = problemOf(code)
    const denial = { v: 1, exchangeId, outcome: 'deny', ...problem, ...entry }
    assert.deepEqual(parsePersonDenial(canonicalBytes(denial)), denial, code)
    assert.deepEqual(parseProblem(canonicalBytes({ ...problem })), problem, code)
    assert.equal(refusedAt(parseProblem, { ...problem, status: 418 }), '$', code)
    assert.equal(refusedAt(parsePersonDenial, { ...denial, type: 'about:blank' }), '$', code)
  }
  const denial = { v: 1, exchangeId, outcome: 'deny', ...problemOf('CAP_EXCEEDED'), ...entry }
  assert.equal(refusedAt(parsePersonDenial, { ...denial, cap: 'perOfficialPerDay' }), 'read')
  assert.equal(refusedAt(parsePersonDenial, { ...denial, cap: 'per official' }), '$.cap')
  assert.equal(refusedAt(parsePersonDenial, { ...denial, code: 'BECAUSE' }), '$.code')
  assert.equal(refusedAt(parsePersonDenial, { ...denial, results: [] }), '$')
})

test('a consistency proof is read with its bounds', () => {
  const message = { from: 3, to: 7, proof: [b64(32), b64(32)] }
  assert.deepEqual(parseConsistencyAnswer(canonicalBytes(message)), message)
  assert.equal(refusedAt(parseConsistencyAnswer, { ...message, from: -1 }), '$.from')
  assert.equal(refusedAt(parseConsistencyAnswer, { ...message, proof: [b64(31)] }), '$.proof[0]')
})

test('base64 in messages has one form for its bytes, whatever their number', () => {
  for (let length = 0; length < 40; length += 1) {
    const schema = base64Of(length)
    const text = encodeBase64(new Uint8Array(length).fill(0xff))
    assert.ok(schema.safeParse(text).success, text)
    assert.ok(!schema.safeParse(encodeBase64(new Uint8Array(length + 1))).success)
    const stray = text.replace(/([A-Za-z0-9+/])(=+)$/, '_$2')
    if (stray !== text) assert.ok(!schema.safeParse(stray).success)
    if (length % 3 !== 0) assert.ok(!schema.safeParse(text.replace(/[w8](=+)$/, 'x$1')).success)
  }
})

const question: PersonQuestion = {
  v: 1,
  exchangeId: parseExchangeId(exchangeId),
  agreement: 'rent-support',
  version: 3,
  purpose: 'https://cloison.eu/purpose/service',
  legalBasis: 'eu-gdpr:A6-1-e',
  elements: ['income_below_threshold'],
  subject: { scheme: 'demo-nin', value: '0001234520' },
  case: { reference: '2026/1234', token: 'a.b.c' },
  official: { pseudonym: 'o-8f3a', authTimeMs: 1_790_000_000_000 },
  askedReceipt: { r: b64(32), record: '{"v":1}', proof: 'x\n' },
  lastSeenCheckpoint: 'x\n',
  createdAtMs: 1_790_000_000_000,
}

test('the digest of a question covers all but its receipt and checkpoint', () => {
  const { askedReceipt: _receipt, lastSeenCheckpoint: _checkpoint, ...core } = question
  const expected = sha256(utf8(`cloison/question/v1\n${canonicalJson(core)}`))
  assert.deepEqual(questionDigest(question), expected)
  assert.deepEqual(questionDigest(core), expected)
  assert.deepEqual(questionDigest({ ...question, lastSeenCheckpoint: null }), expected)
  assert.deepEqual(questionCore(question), core)
  const other = { ...question, subject: { ...question.subject, value: '0001234617' } }
  assert.notDeepEqual(questionDigest(other), expected)
  assert.notDeepEqual(questionDigest({ ...question, consent: 'a.b.c' }), expected)
})

test('digests of results and cases have their own prefix and need 32 random bytes', () => {
  const s = new Uint8Array(32).fill(5)
  const results = [{ element: 'a', value: true }]
  const written = [...utf8('cloison/result/v1\n'), ...s, ...utf8('[{"element":"a","value":true}]')]
  assert.deepEqual(resultDigest(s, results), sha256(new Uint8Array(written)))
  const writtenCase = [...utf8('cloison/case/v1\n'), ...s, ...utf8('{"reference":"2026/1"}')]
  assert.deepEqual(caseDigest(s, '2026/1'), sha256(new Uint8Array(writtenCase)))
  assert.notEqual(encodeHex(caseDigest(s.with(0, 6), '2026/1')), encodeHex(caseDigest(s, '2026/1')))
  assert.throws(() => caseDigest(new Uint8Array(31), '2026/1'), RangeError)
  assert.throws(() => resultDigest(new Uint8Array(0), results), RangeError)
})

test('answers to the same elements are equally long, whatever they say', () => {
  const size = (values: readonly (boolean | number | string | null)[]): number => {
    const results = values.map((value, place) => ({ element: `element_${place}`, value }))
    const padding = answerPadding(results, (element) => element === 'element_0')
    return canonicalBytes({ ...answer, results, padding }).length
  }
  const longest = '\u4e2d'.repeat(256)
  const other = [
    '',
    0,
    -9_007_199_254_740_991,
    null,
    'Tallinn',
    '"'.repeat(256),
    longest,
    'é',
    true,
  ]
  for (const predicate of [true, false, null])
    for (const value of other) assert.equal(size([predicate, value]), size([false, longest]))
  assert.equal(
    answerPadding([{ element: 'element_0', value: false }], () => true),
    '',
  )
  assert.equal(
    answerPadding([{ element: 'element_0', value: true }], () => true),
    '0',
  )
})
