import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import {
  capExceeded,
  ceilingExceeded,
  defaultCaps,
  subjectCeiling30Days,
  subjectCeilingYear,
} from './caps.ts'
import type { CapUse, CeilingUse } from './caps.ts'

const unused: CapUse = {
  officialToday: 0,
  caseSubjects: 0,
  caseHasSubject: false,
  distinctSubjects30d: 0,
  subjectCountedAlready: false,
  subject30d: 0,
  caseLocatingTries: 0,
  emergencyOfficial30d: 0,
  emergencyAgreement30d: 0,
}

test('each cap is passed by the question after the last that it allows', () => {
  const full: readonly (readonly [string, Partial<CapUse>, Partial<CapUse>])[] = [
    ['perOfficialPerDay', { officialToday: 199 }, { officialToday: 200 }],
    ['subjectsPerCase', { caseSubjects: 5 }, { caseSubjects: 6 }],
    ['distinctSubjectsPer30Days', { distinctSubjects30d: 99 }, { distinctSubjects30d: 100 }],
    ['perSubjectPer30Days', { subject30d: 11 }, { subject30d: 12 }],
  ]
  for (const [name, last, over] of full) {
    assert.equal(capExceeded(defaultCaps, { ...unused, ...last }), undefined)
    assert.equal(capExceeded(defaultCaps, { ...unused, ...over }), name)
  }
})

test('a subject that is counted already takes no new place', () => {
  const use = { ...unused, caseSubjects: 6, caseHasSubject: true }
  assert.equal(capExceeded(defaultCaps, use), undefined)
  const counted = { ...unused, distinctSubjects30d: 100, subjectCountedAlready: true }
  assert.equal(capExceeded(defaultCaps, counted), undefined)
})

test('no sequence of questions passes a cap', () => {
  const caps = {
    perOfficialPerDay: 5,
    subjectsPerCase: 2,
    distinctSubjectsPer30Days: 3,
    perSubjectPer30Days: 2,
  }
  const question = fc.record({ subject: fc.nat(6), case: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(question, { maxLength: 30 }), (questions) => {
      const asked: { subject: number; case: number }[] = []
      for (const one of questions) {
        const inCase = asked.filter((other) => other.case === one.case)
        const use = {
          officialToday: asked.length,
          caseSubjects: new Set(inCase.map(({ subject }) => subject)).size,
          caseHasSubject: inCase.some(({ subject }) => subject === one.subject),
          distinctSubjects30d: new Set(asked.map(({ subject }) => subject)).size,
          subjectCountedAlready: asked.some(({ subject }) => subject === one.subject),
          subject30d: asked.filter(({ subject }) => subject === one.subject).length,
          caseLocatingTries: 0,
          emergencyOfficial30d: 0,
          emergencyAgreement30d: 0,
        }
        if (capExceeded(caps, use) === undefined) asked.push(one)
      }
      assert.ok(asked.length <= 5)
      assert.ok(new Set(asked.map(({ subject }) => subject)).size <= 3)
    }),
  )
})

const within: CeilingUse = {
  populationSize: 10_000,
  agreementSubjects30Days: 100,
  agreementSubjectsYear: 500,
  consumerSubjects30Days: 100,
  consumerSubjectsYear: 500,
  thresholdsPerSubject: 2,
}
const terms = { approximateNumber: 900, countersigned: false }

test('the ceilings are one per cent of the register in 30 days and five in a year', () => {
  assert.equal(subjectCeiling30Days(900, 10_000), 100)
  assert.equal(subjectCeiling30Days(50, 10_000), 50)
  assert.equal(subjectCeilingYear(10_000), 500)
  assert.equal(ceilingExceeded(within, terms), undefined)
  for (const name of [
    'agreementSubjects30Days',
    'agreementSubjectsYear',
    'consumerSubjects30Days',
    'consumerSubjectsYear',
  ] as const) {
    const passed = { ...within, [name]: within[name] + 1 }
    assert.equal(ceilingExceeded(passed, terms), name)
    assert.equal(ceilingExceeded(passed, { ...terms, countersigned: true }), undefined)
  }
})

test('nobody lifts the ceiling of two thresholds on one element of one subject', () => {
  const third = { ...within, thresholdsPerSubject: 3 }
  assert.equal(ceilingExceeded(third, terms), 'thresholdsPerSubject')
  assert.equal(ceilingExceeded(third, { ...terms, countersigned: true }), 'thresholdsPerSubject')
})
