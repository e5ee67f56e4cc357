import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  caseAnswerBatchSchema,
  caseQuestionBatchSchema,
  caseQuestionKinds,
} from './case-messages.ts'

const claim = {
  reference: 'RENT-1',
  official: 'maren',
  officialPseudonym: 'official-1',
  provider: 'tax',
  subject: { scheme: 'demo-nin', value: '6629733206' },
}

function isAsked(content: object): boolean {
  return caseQuestionBatchSchema.safeParse([{ number: 1, content }]).success
}

test('the process of a case source takes two kinds of question, and no other', () => {
  assert.deepEqual(caseQuestionKinds.toSorted(), ['describe', 'vouch'])
  assert.ok(isAsked({ kind: 'vouch', claim }) && isAsked({ kind: 'describe' }))
  const { reference: _reference, ...anyCase } = claim
  const { subject: _subject, ...anybody } = claim
  const others = [
    { kind: 'list' },
    { kind: 'cases', official: 'maren' },
    { kind: 'parties', reference: 'RENT-1' },
    { kind: 'vouchAll', claim },
    { kind: 'vouch', claim: [claim, claim] },
    { kind: 'vouch', claims: [claim] },
    { kind: 'vouch', claim: anyCase },
    { kind: 'vouch', claim: anybody },
    { kind: 'vouch', claim: { ...claim, subject: [claim.subject] } },
    { kind: 'vouch', claim: { ...claim, where: 'true' } },
    { kind: 'describe', sql: 'SELECT 1' },
  ]
  for (const content of others) assert.equal(isAsked(content), false, JSON.stringify(content))
})

test('no answer of it could hold several cases or people', () => {
  const isAnswer = (content: object): boolean =>
    caseAnswerBatchSchema.safeParse([{ number: 1, content }]).success
  assert.ok(isAnswer({ kind: 'token', token: 'a.b.c' }))
  assert.equal(isAnswer({ kind: 'token', token: ['a.b.c', 'd.e.f'] }), false)
  assert.equal(isAnswer({ kind: 'tokens', tokens: ['a.b.c'] }), false)
  assert.equal(isAnswer({ kind: 'token', token: 'a.b.c', subject: claim.subject }), false)
  assert.equal(isAnswer({ kind: 'refused', code: 'CASE_CLOSED', parties: ['x'] }), false)
})
