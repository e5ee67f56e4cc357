import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'

import * as fc from 'fast-check'

import {
  sampleEmergencySource,
  sampleEverything,
  samplePermitted,
  samplePersonAgreement,
  samplePopulationSource,
  signSample,
} from '../../testing/index.ts'
import type { SampleQuestion } from '../../testing/index.ts'
import type { PersonAgreement } from '../agreement.ts'
import { dayMs } from '../calendar.ts'
import { compileAgreement } from '../parse-agreement.ts'
import { decide, decideBy } from './decide.ts'
import type { Decision } from './decide.ts'
import { chargesCap, decisionCodes, entryOf } from './decision-code.ts'
import type { DecisionCode } from './decision-code.ts'
import type { DecisionFacts } from './decision-facts.ts'
import { decisionRules } from './decision-rules.ts'
import type { DecisionRules } from './decision-rules.ts'

const everything = sampleEverything()
const plain = samplePermitted()
const sampleAgreement = samplePersonAgreement()

type Change = (question: SampleQuestion) => SampleQuestion

const withFacts =
  (facts: Partial<DecisionFacts>): Change =>
  (question) => ({ ...question, facts: { ...question.facts, ...facts } })

const withElements =
  (elements: readonly string[]): Change =>
  (question) => {
    const { resource } = question.request
    const properties = { ...resource.properties, elements }
    return { ...question, request: { ...question.request, resource: { ...resource, properties } } }
  }

const withAgreement =
  (changes: Partial<PersonAgreement>): Change =>
  (question) => {
    const { agreement } = question.facts
    assert.ok(agreement?.kind === 'person')
    return withFacts({ agreement: { ...agreement, ...changes } })(question)
  }

const withClaims =
  (changes: object): Change =>
  (question) => {
    const { caseToken } = question.facts
    if (caseToken.state !== 'valid') return question
    return withFacts({ caseToken: { ...caseToken, claims: { ...caseToken.claims, ...changes } } })(
      question,
    )
  }

const withConsent =
  (changes: object): Change =>
  (question) => {
    const { consent } = question.facts
    assert.ok(consent.state === 'valid')
    return withFacts({ consent: { ...consent, claims: { ...consent.claims, ...changes } } })(
      question,
    )
  }

const withPerson =
  (value: string): Change =>
  (question) => {
    const { resource } = question.request
    const person = { ...resource.properties.person, value }
    const properties = { ...resource.properties, person }
    const request = { ...question.request, resource: { ...resource, properties } }
    const changed = withClaims({ subject: person })({ ...question, request })
    return changed.facts.consent.state === 'valid'
      ? withConsent({ subject: person })(changed)
      : changed
  }

const withUse =
  (use: Partial<DecisionFacts['capUse']>): Change =>
  (question) =>
    withFacts({ capUse: { ...question.facts.capUse, ...use } })(question)

const standing = (state: DecisionFacts['standing']['state']): Change =>
  withFacts({ standing: { state, effectiveFromMs: 0, suspendedBy: [] } })

const asking =
  (name: string, legalBasis: string): Change =>
  (question) => ({
    ...question,
    request: { ...question.request, action: { name, properties: { legalBasis } } },
  })

/** For every code a change to `sampleEverything` that breaks its rule and no other. */
const breaking: Readonly<Record<DecisionCode, Change>> = {
  MALFORMED: withFacts({ message: 'malformed' }),
  PEER_UNKNOWN: withFacts({ peer: 'unknown' }),
  SIGNATURE_INVALID: withFacts({ message: 'signature-invalid' }),
  AGREEMENT_UNKNOWN: withAgreement({ id: 'another-agreement' }),
  LOG_UNAVAILABLE: withFacts({ log: 'unavailable' }),
  CLOCK_SKEW: withFacts({ clock: 'skewed' }),
  REPLAYED: withFacts({ exchange: 'replayed' }),
  EXCHANGE_CONFLICT: withFacts({ exchange: 'conflict' }),
  ANSWER_EXPIRED: withFacts({ exchange: 'answer-expired' }),
  AGREEMENT_NOT_ACTIVE: standing('terminated'),
  TIME_LOCKED: standing('published'),
  AGREEMENT_EXPIRED: standing('expired'),
  AGREEMENT_SUSPENDED: standing('suspended'),
  PURPOSE_MISMATCH: (question) =>
    withClaims({ purpose: 'https://cloison.eu/purpose/care' })(
      asking('https://cloison.eu/purpose/care', 'eu-gdpr:A6-1-e')(question),
    ),
  LEGAL_BASIS_MISSING: asking('https://cloison.eu/purpose/service', 'eu-gdpr:A6-1-f'),
  ELEMENT_NOT_AGREED: withElements(['diagnosis', 'address_matches', 'religion']),
  PROTECTED_ELEMENT: withFacts({
    describedCategories: { diagnosis: 'special', address_matches: 'migration' },
  }),
  CONSENT_MISSING: withFacts({ consent: { state: 'missing' } }),
  CONSENT_INVALID: withFacts({ consentSpent: true }),
  PRECONDITION_FAILED: withPerson('1234567890'),
  CASE_REQUIRED: withFacts({ caseToken: { state: 'expired' } }),
  CASE_CLOSED: withClaims({ open: false }),
  OFFICIAL_NOT_ASSIGNED: withClaims({ official: 'someone-else' }),
  OFFICIAL_UNKNOWN: withFacts({ official: 'unknown' }),
  OFFICIAL_SUSPENDED: withFacts({ officialSuspended: true }),
  CONFIRMATION_INVALID: withFacts({ confirmation: 'unknown' }),
  SUBJECT_NOT_PARTY: withClaims({ subject: { scheme: 'demo-nin', value: '0000000197' } }),
  ASKED_RECEIPT_MISSING: withFacts({ askedReceipt: 'missing' }),
  SUBJECT_ID_INVALID: withFacts({ subjectIdentifier: 'invalid' }),
  SECRECY_NOT_AUTHORISED: withFacts({ secrecyUntilMs: null }),
  CAP_EXCEEDED: withUse({ officialToday: 200 }),
  SUBJECT_RESTRICTED: withFacts({ restricted: true }),
  REGISTER_UNAVAILABLE: withFacts({ lookUp: 'unavailable' }),
}

function decided({ request, facts, nowMs }: SampleQuestion): Decision {
  return decide(request, facts, nowMs)
}

function codeOf(question: SampleQuestion): DecisionCode | 'PERMIT' {
  const decision = decided(question)
  return decision.outcome === 'deny' ? decision.code : 'PERMIT'
}

/** The rules with the one of a code left out. */
function without(code: DecisionCode): DecisionRules {
  const keeps = (rule: { readonly code: DecisionCode }): boolean => rule.code !== code
  return {
    message: decisionRules.message.filter(keeps),
    agreement: decisionRules.agreement.filter(keeps),
    person: decisionRules.person.filter(keeps),
  }
}

describe('decide', () => {
  test('permits a plain question, and one that uses everything, with all obligations', () => {
    assert.deepEqual(decided(plain), {
      outcome: 'permit',
      obligations: {
        retentionDays: 90,
        disposal: 'delete',
        contestUntilMs: plain.nowMs + 30 * dayMs,
        noRedisclosure: true,
      },
      notice: 'immediate',
      noticeUntilMs: null,
      presence: { mode: 'hidden', releaseDelayMs: 80 },
      conceal: false,
      review: 'none',
    })
    const decision = decided(everything)
    assert.ok(decision.outcome === 'permit')
    assert.equal(decision.notice, 'withheld')
    // The order ends before the agreement's own end.
    assert.equal(decision.noticeUntilMs, everything.nowMs + 30 * dayMs)
  })

  test('has one rule for each code, in the documented order', () => {
    const { message, agreement, person } = decisionRules
    const order = [...message, ...agreement, ...person].map(({ code }) => code)
    assert.deepEqual(order, decisionCodes)
    assert.deepEqual(order.toSorted(), Object.keys(breaking).sort())
  })

  for (const code of decisionCodes) {
    test(`denies with ${code}, and without that rule would permit`, () => {
      const question = breaking[code](everything)
      assert.equal(codeOf(question), code)
      assert.equal(decideBy(without(code), question).outcome, 'permit')
    })
  }

  test('gives the earlier of two reasons, whichever two they are', () => {
    let pairs = 0
    for (const [index, earlier] of decisionCodes.entries()) {
      for (const later of decisionCodes.slice(index + 1)) {
        const one = breaking[later](breaking[earlier](everything))
        const other = breaking[earlier](breaking[later](everything))
        // Both set the same fact: the two reasons exclude one another.
        if (!isDeepStrictEqual(one, other)) continue
        pairs += 1
        assert.equal(codeOf(one), earlier, `${earlier} before ${later}`)
      }
    }
    assert.ok(pairs > 400, `${pairs} pairs`)
  })
})

/** Every other value of every fact, each of which alone must deny. */
const flips: Readonly<Record<keyof DecisionFacts, readonly Change[]>> = {
  message: [withFacts({ message: 'malformed' }), withFacts({ message: 'signature-invalid' })],
  peer: [withFacts({ peer: 'unknown' })],
  clock: [withFacts({ clock: 'skewed' })],
  exchange: [
    withFacts({ exchange: 'replayed' }),
    withFacts({ exchange: 'conflict' }),
    withFacts({ exchange: 'answer-expired' }),
  ],
  log: [withFacts({ log: 'unavailable' })],
  agreement: [
    withFacts({ agreement: undefined }),
    withFacts({ agreement: signSample(compileAgreement(sampleEmergencySource())) }),
    withFacts({ agreement: signSample(compileAgreement(samplePopulationSource())) }),
    withAgreement({ version: 2 }),
    withAgreement({ consumer: sampleAgreement.provider }),
    withAgreement({ provider: sampleAgreement.consumer }),
    withAgreement({ consentIssuers: [] }),
    withAgreement({ notBeforeMs: everything.nowMs + 1 }),
    withAgreement({ notAfterMs: everything.nowMs }),
    withAgreement({ legalBasis: ['eu-gdpr:A9-2-a'] }),
    withAgreement({ dataElements: [] }),
  ],
  standing: [
    ...(
      [
        'drafted',
        'offered',
        'agreed',
        'rejected',
        'published',
        'suspended',
        'expired',
        'terminated',
      ] as const
    ).map((state) => standing(state)),
    withFacts({ standing: { state: 'active', effectiveFromMs: null, suspendedBy: [] } }),
    withFacts({
      standing: { state: 'active', effectiveFromMs: everything.nowMs + 1, suspendedBy: [] },
    }),
  ],
  countersigned: [withFacts({ countersigned: false })],
  describedCategories: [
    withFacts({ describedCategories: {} }),
    withFacts({ describedCategories: { diagnosis: 'special' } }),
    withFacts({ describedCategories: { diagnosis: 'special', address_matches: 'criminal' } }),
  ],
  consent: [
    withFacts({ consent: { state: 'missing' } }),
    withFacts({ consent: { state: 'invalid' } }),
    withFacts({ consent: { state: 'expired' } }),
    withConsent({ iss: 'housing' }),
    withConsent({ iss: 'tax' }),
    withConsent({ aud: 'social' }),
    withConsent({ exchangeId: 'BBECAwQFBgcICQoLDA0ODw' }),
    withConsent({ agreement: 'another-agreement' }),
    withConsent({ version: 2 }),
    withConsent({ elements: ['address_matches'] }),
    withConsent({ subject: { scheme: 'demo-nin', value: '0000000197' } }),
    withConsent({ exp: everything.nowMs / 1000 }),
    withConsent({ auth_time: everything.nowMs / 1000 - 901 }),
    withConsent({ auth_time: everything.nowMs / 1000 + 61 }),
  ],
  consentSpent: [withFacts({ consentSpent: true })],
  caseToken: [
    withFacts({ caseToken: { state: 'missing' } }),
    withFacts({ caseToken: { state: 'invalid' } }),
    withFacts({ caseToken: { state: 'expired' } }),
    withClaims({ iss: 'someone/else' }),
    withClaims({ case: 'RENT-2026-0143' }),
    withClaims({ purpose: 'https://cloison.eu/purpose/care' }),
    withClaims({ open: false }),
    withClaims({ official: 'official-0000' }),
    withClaims({ subject: { scheme: 'demo-nin', value: '0000000197' } }),
    withClaims({
      subject: {
        scheme: 'other',
        value: everything.request.resource.properties.person.value,
      },
    }),
  ],
  official: [withFacts({ official: 'unknown' })],
  askedReceipt: [withFacts({ askedReceipt: 'missing' }), withFacts({ askedReceipt: 'invalid' })],
  subjectIdentifier: [
    withFacts({ subjectIdentifier: 'invalid' }),
    withFacts({ subjectIdentifier: 'unknown-scheme' }),
  ],
  registerScheme: [withFacts({ registerScheme: 'other' })],
  officialSuspended: [withFacts({ officialSuspended: true })],
  confirmation: [
    withFacts({ confirmation: 'none' }),
    withFacts({ confirmation: 'unknown' }),
    withFacts({ confirmation: 'suspended' }),
  ],
  secrecyUntilMs: [
    withFacts({ secrecyUntilMs: null }),
    withFacts({ secrecyUntilMs: everything.nowMs }),
  ],
  capUse: [
    withUse({ officialToday: 200 }),
    withUse({ caseSubjects: 6 }),
    withUse({ distinctSubjects30d: 100 }),
    withUse({ subject30d: 12 }),
    withUse({ caseLocatingTries: 1 }),
  ],
  ceilingUse: [
    (question) => {
      const { ceilingUse } = question.facts
      return withFacts({ ceilingUse: { ...ceilingUse, thresholdsPerSubject: 3 } })(question)
    },
  ],
  restricted: [withFacts({ restricted: true })],
  lookUp: [withFacts({ lookUp: 'unavailable' })],
}

describe('no permit', () => {
  test('survives a single bad fact, and no fact is left out of this test', () => {
    assert.equal(codeOf(everything), 'PERMIT')
    assert.deepEqual(Object.keys(flips).sort(), Object.keys(everything.facts).sort())
    for (const [name, changes] of Object.entries(flips)) {
      for (const [index, change] of changes.entries()) {
        assert.notEqual(codeOf(change(everything)), 'PERMIT', `${name} ${index}`)
      }
    }
  })

  test('survives any combination of bad facts, and decisions are total and repeatable', () => {
    const change = fc.constantFrom(...Object.values(flips).flat(), ...Object.values(breaking))
    const order = new Map(decisionCodes.map((code, index) => [code, index]))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        let question = everything
        // A change may need what another one took away: then it is no change.
        for (const one of changes) question = attempt(one, question)
        const decision = decided(question)
        assert.deepEqual(decided(question), decision)
        if (decision.outcome === 'deny') assert.ok(order.has(decision.code))
      }),
      { numRuns: 1000 },
    )
  })

  test('is given outside of the validity, by any clock and for any standing', () => {
    const { request, facts, nowMs } = everything
    const moment = fc.integer({ min: nowMs - 400 * dayMs, max: nowMs + 800 * dayMs })
    const from = fc.option(moment, { nil: null })
    let permits = 0
    fc.assert(
      fc.property(moment, from, fc.nat(900_000), (atMs, effectiveFromMs, age) => {
        const { agreement, consent } = facts
        assert.ok(agreement !== undefined && consent.state === 'valid')
        const authTimeMs = atMs - Math.min(age, 299_000)
        const confirmation = { id: 'official-2b1c', authTimeMs }
        const subject = { ...request.subject, properties: { authTimeMs, confirmation } }
        const seconds = Math.floor(atMs / 1000)
        const claims = { ...consent.claims, auth_time: seconds, exp: seconds + 300 }
        const decision = decide(
          { ...request, subject },
          {
            ...facts,
            consent: { ...consent, claims },
            secrecyUntilMs: atMs + dayMs,
            standing: { state: 'active', effectiveFromMs, suspendedBy: [] },
          },
          atMs,
        )
        if (decision.outcome === 'deny') return
        permits += 1
        assert.ok(atMs >= agreement.notBeforeMs && atMs < agreement.notAfterMs)
        assert.ok(effectiveFromMs !== null && atMs >= effectiveFromMs)
      }),
      { numRuns: 1000 },
    )
    assert.ok(permits > 20, `${permits} permits`)
  })

  test('is given for an element that is not agreed, nor for none, nor for one twice', () => {
    const names = fc.constantFrom('income_below_limit', 'insured', 'religion', 'Insured', '', '*')
    let permits = 0
    fc.assert(
      fc.property(fc.array(names, { maxLength: 4 }), (elements) => {
        if (codeOf(withElements(elements)(plain)) !== 'PERMIT') return
        permits += 1
        assert.ok(elements.length > 0 && new Set(elements).size === elements.length)
        assert.ok(elements.every((name) => name === 'income_below_limit' || name === 'insured'))
      }),
    )
    assert.ok(permits > 0)
  })
})

function attempt(change: Change, question: SampleQuestion): SampleQuestion {
  try {
    return change(question)
  } catch {
    return question
  }
}

describe('a permit', () => {
  test('conceals a restricted subject where presence is hidden', () => {
    const restricted = withFacts({ restricted: true })(plain)
    const decision = decided(restricted)
    assert.ok(decision.outcome === 'permit' && decision.conceal)
  })

  test('opens the notice by itself at its end date, order or no order', () => {
    const { agreement } = everything.facts
    assert.ok(agreement?.kind === 'person' && agreement.notice.kind === 'withheld')
    const notice = { ...agreement.notice, untilMs: everything.nowMs }
    const decision = decided(
      withFacts({ secrecyUntilMs: null })(withAgreement({ notice })(everything)),
    )
    assert.ok(decision.outcome === 'permit')
    assert.equal(decision.notice, 'immediate')
    assert.equal(decision.noticeUntilMs, null)
  })

  test('is given again to a redelivery at a full cap, but for nothing else', () => {
    const again = withFacts({ exchange: 'redelivery' })(everything)
    assert.equal(codeOf(again), 'PERMIT')
    assert.equal(codeOf(breaking.CAP_EXCEEDED(again)), 'PERMIT')
    for (const code of decisionCodes) {
      if (code === 'CAP_EXCEEDED' || breaking[code](again).facts.exchange !== 'redelivery') continue
      assert.equal(codeOf(breaking[code](again)), code)
    }
  })

  test('needs the official to have proved who they are in the last fifteen minutes', () => {
    const { request, facts, nowMs } = plain
    const at = (authTimeMs: number): string =>
      decide(
        { ...request, subject: { ...request.subject, properties: { authTimeMs } } },
        facts,
        nowMs,
      ).outcome
    assert.equal(at(nowMs - 900_000), 'permit')
    assert.equal(at(nowMs - 900_001), 'deny')
    assert.equal(at(nowMs + 60_000), 'permit')
    assert.equal(at(nowMs + 60_001), 'deny')
  })

  test('needs what equals-supplied compares with, and takes nothing that no element compares', () => {
    const supplying = (supplied: Readonly<Record<string, string>>): SampleQuestion => {
      const question = everything
      const { resource } = question.request
      const properties = { ...resource.properties, supplied }
      return {
        ...question,
        request: { ...question.request, resource: { ...resource, properties } },
      }
    }
    assert.equal(codeOf(supplying({})), 'PRECONDITION_FAILED')
    const surplus = { address_matches: 'x', diagnosis: 'x' }
    assert.equal(codeOf(supplying(surplus)), 'PRECONDITION_FAILED')
  })
})

test('a denial names the cap that is full', () => {
  const named = (change: Change): string | undefined => {
    const decision = decided(change(everything))
    return decision.outcome === 'deny' ? decision.cap : undefined
  }
  assert.equal(named(withUse({ officialToday: 200 })), 'perOfficialPerDay')
  assert.equal(named(withUse({ caseSubjects: 6 })), 'subjectsPerCase')
  assert.equal(named(withUse({ caseLocatingTries: 1 })), 'locatingTriesPerCase')
  assert.equal(named(withFacts({ countersigned: false })), 'agreementSubjects30Days')
  assert.equal(named(breaking.PURPOSE_MISMATCH), undefined)
})

test('noise is not an entry, and whatever is an entry costs as much as an answer, but for retries', () => {
  const noise = [
    'MALFORMED',
    'PEER_UNKNOWN',
    'SIGNATURE_INVALID',
    'AGREEMENT_UNKNOWN',
    'LOG_UNAVAILABLE',
  ]
  const free = ['CLOCK_SKEW', 'REPLAYED', 'EXCHANGE_CONFLICT', 'ANSWER_EXPIRED', 'CAP_EXCEEDED']
  for (const code of decisionCodes) {
    assert.equal(entryOf(code), noise.includes(code) ? 'noise' : 'entry', code)
    assert.equal(chargesCap(code), !noise.includes(code) && !free.includes(code), code)
  }
})
