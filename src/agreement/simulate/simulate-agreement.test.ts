import assert from 'node:assert/strict'
import { test } from 'node:test'

import { sampleBeginMs, samplePersonAgreement } from '../../testing/index.ts'
import { dayMs } from '../calendar.ts'
import { type PastQuestion, simulateAgreement } from './simulate-agreement.ts'

const agreement = samplePersonAgreement({
  approximateNumber: 2,
  caps: {
    perOfficialPerDay: 3,
    subjectsPerCase: 1,
    distinctSubjectsPer30Days: 2,
    perSubjectPer30Days: 2,
  },
})

function question(changes: Partial<PastQuestion> = {}): PastQuestion {
  return {
    atMs: sampleBeginMs,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis[0] ?? null,
    elements: ['income_below_limit'],
    official: 'one',
    subject: 'somebody',
    consented: false,
    permitted: true,
    code: null,
    ...changes,
  }
}

test('terms of the draft are decided anew, and what a case denied stays denied', () => {
  const found = simulateAgreement(agreement, [
    question(),
    question({ purpose: 'https://cloison.eu/purpose/care' }),
    question({ legalBasis: 'usc:552a-b-3' }),
    question({ elements: ['address'], permitted: false, code: 'ELEMENT_NOT_AGREED' }),
    question({ permitted: false, code: 'CASE_CLOSED' }),
    question({ permitted: false, code: 'TIME_LOCKED' }),
  ])
  assert.deepEqual(found, {
    questions: 6,
    permitted: 2,
    denied: {
      CASE_CLOSED: 1,
      ELEMENT_NOT_AGREED: 1,
      LEGAL_BASIS_MISSING: 1,
      PURPOSE_MISMATCH: 1,
    },
    lost: 2,
    gained: 1,
  })
})

test('caps slide over the past questions that the draft would have permitted', () => {
  const days = [0, 0.1, 0.2, 0.3, 31, 31.1].map((day, at) =>
    question({ atMs: sampleBeginMs + day * dayMs, official: `official ${at}` }),
  )
  assert.deepEqual(simulateAgreement(agreement, days).denied, {
    'CAP_EXCEEDED perSubjectPer30Days': 2,
  })
  const people = ['a', 'b', 'c'].map((subject, at) =>
    question({ atMs: sampleBeginMs + at, subject, official: `official ${at}` }),
  )
  assert.deepEqual(simulateAgreement(agreement, people).denied, {
    'CAP_EXCEEDED distinctSubjectsPer30Days': 1,
  })
})

test('a report holds counts and names nobody', () => {
  const found = simulateAgreement(agreement, [question(), question({ subject: 'somebody else' })])
  assert.ok(!/somebody|"one"/.test(JSON.stringify(found)))
})
