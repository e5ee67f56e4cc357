import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import type { JsonObject } from '../../bytes/index.ts'
import {
  sampleEmergency,
  sampleEmergencyAgreement,
  type SampleQuestion,
} from '../../testing/index.ts'
import { decide, decideBy } from './decide.ts'
import { type DecisionCode, decisionCodes } from './decision-code.ts'
import type { DecisionFacts } from './decision-facts.ts'
import { type DecisionRules, decisionRules } from './decision-rules.ts'

const emergency = sampleEmergency()

type Change = (question: SampleQuestion) => SampleQuestion

const withFacts =
  (facts: Partial<DecisionFacts>): Change =>
  (question) => ({ ...question, facts: { ...question.facts, ...facts } })

const withUse =
  (use: Partial<DecisionFacts['capUse']>): Change =>
  (question) =>
    withFacts({ capUse: { ...question.facts.capUse, ...use } })(question)

const withStanding = (state: DecisionFacts['standing']['state']): Change =>
  withFacts({ standing: { state, effectiveFromMs: 0, suspendedBy: [] } })

function withAgreement(changes: JsonObject): Change {
  const agreement = sampleEmergencyAgreement(changes)
  return withFacts({ agreement })
}

const withResource =
  (changes: object): Change =>
  (question) => {
    const { resource } = question.request
    const properties = { ...resource.properties, ...changes }
    return { ...question, request: { ...question.request, resource: { ...resource, properties } } }
  }

const asking =
  (name: string, legalBasis: string): Change =>
  (question) => ({
    ...question,
    request: { ...question.request, action: { name, properties: { legalBasis } } },
  })

const confirming =
  (confirmation: { readonly id: string; readonly authTimeMs: number } | undefined): Change =>
  (question) => {
    const { subject } = question.request
    const { authTimeMs } = subject.properties
    const properties = { authTimeMs, ...(confirmation !== undefined && { confirmation }) }
    return { ...question, request: { ...question.request, subject: { ...subject, properties } } }
  }

const consentGiver = {
  organisation: 'clinic',
  keyId: 'clinic/consent/1',
  publicKey: Buffer.alloc(32, 7).toString('base64'),
}
const guarded: Change = (question) =>
  withFacts({ describedCategories: { income_below_limit: 'locating', insured: 'ordinary' } })(
    question,
  )
const plainAgreement = sampleEmergencyAgreement()
const withProtected = withAgreement({
  dataElements: plainAgreement.dataElements.map((one) => ({ ...one, category: 'criminal' })),
  consentIssuers: [consentGiver],
})
/** An agreement with protected elements, and its question without consent. */
const protectedAsked: Change = (question) =>
  withFacts({
    consent: { state: 'missing' },
    describedCategories: { income_below_limit: 'criminal', insured: 'criminal' },
  })(withProtected(question))
const withRevealed = withAgreement({ presence: { mode: 'revealed' } })

/** What breaks each rule that an emergency has. */
const breaking: Readonly<Partial<Record<DecisionCode, Change>>> = {
  MALFORMED: withFacts({ message: 'malformed' }),
  PEER_UNKNOWN: withFacts({ peer: 'unknown' }),
  SIGNATURE_INVALID: withFacts({ message: 'signature-invalid' }),
  AGREEMENT_UNKNOWN: withAgreement({ id: 'another-agreement' }),
  LOG_UNAVAILABLE: withFacts({ log: 'unavailable' }),
  CLOCK_SKEW: withFacts({ clock: 'skewed' }),
  REPLAYED: withFacts({ exchange: 'replayed' }),
  EXCHANGE_CONFLICT: withFacts({ exchange: 'conflict' }),
  ANSWER_EXPIRED: withFacts({ exchange: 'answer-expired' }),
  AGREEMENT_NOT_ACTIVE: withStanding('terminated'),
  TIME_LOCKED: withStanding('published'),
  AGREEMENT_EXPIRED: withStanding('expired'),
  AGREEMENT_SUSPENDED: withStanding('suspended'),
  PURPOSE_MISMATCH: asking('https://cloison.eu/purpose/service', 'eu-gdpr:A6-1-e'),
  LEGAL_BASIS_MISSING: asking('https://cloison.eu/purpose/care', 'eu-gdpr:A6-1-f'),
  ELEMENT_NOT_AGREED: withResource({ elements: ['income_below_limit', 'insured', 'religion'] }),
  PROTECTED_ELEMENT: guarded,
  CONSENT_MISSING: protectedAsked,
  CONSENT_INVALID: withFacts({ consent: { state: 'invalid' } }),
  PRECONDITION_FAILED: withResource({ supplied: { insured: 'Main Street 1' } }),
  OFFICIAL_UNKNOWN: withFacts({ official: 'unknown' }),
  OFFICIAL_SUSPENDED: withFacts({ officialSuspended: true }),
  CONFIRMATION_INVALID: withFacts({ confirmation: 'unknown' }),
  ASKED_RECEIPT_MISSING: withFacts({ askedReceipt: 'missing' }),
  SUBJECT_ID_INVALID: withFacts({ subjectIdentifier: 'invalid' }),
  CAP_EXCEEDED: withUse({ emergencyOfficial30d: 10 }),
  SUBJECT_RESTRICTED: (question) => withFacts({ restricted: true })(withRevealed(question)),
  REGISTER_UNAVAILABLE: withFacts({ lookUp: 'unavailable' }),
}

/** Codes that no emergency gets: it has no case, and its notice is never withheld. */
const without: readonly DecisionCode[] = [
  'CASE_REQUIRED',
  'CASE_CLOSED',
  'OFFICIAL_NOT_ASSIGNED',
  'SUBJECT_NOT_PARTY',
  'SECRECY_NOT_AUTHORISED',
]

function codeOf({ request, facts, nowMs }: SampleQuestion): DecisionCode | 'PERMIT' {
  const decision = decide(request, facts, nowMs)
  return decision.outcome === 'deny' ? decision.code : 'PERMIT'
}

function rulesWithout(code: DecisionCode): DecisionRules {
  const keeps = (rule: { readonly code: DecisionCode }): boolean => rule.code !== code
  return {
    message: decisionRules.message.filter(keeps),
    agreement: decisionRules.agreement.filter(keeps),
    person: decisionRules.person.filter(keeps),
  }
}

describe('an emergency question', () => {
  test('is permitted without a case: confirmed at once, or with a review to come', () => {
    const confirmed = decide(emergency.request, emergency.facts, emergency.nowMs)
    assert.ok(confirmed.outcome === 'permit')
    assert.deepEqual([confirmed.review, confirmed.notice], ['confirmed', 'immediate'])
    const alone = withFacts({ confirmation: 'none' })(confirming(undefined)(emergency))
    const due = decide(alone.request, alone.facts, alone.nowMs)
    assert.ok(due.outcome === 'permit')
    assert.equal(due.review, 'due')
  })

  test('is about every code, but for those of the case and of secrecy', () => {
    assert.deepEqual(
      [...Object.keys(breaking), ...without].toSorted(),
      [...decisionCodes].toSorted(),
    )
  })

  for (const code of decisionCodes) {
    const change = breaking[code]
    if (change === undefined) continue
    test(`is denied with ${code}, and without that rule would be permitted`, () => {
      const question = change(emergency)
      assert.equal(codeOf(question), code)
      assert.equal(decideBy(rulesWithout(code), question).outcome, 'permit')
    })
  }

  test('takes no case token for anything, whatever it claims', () => {
    const claims = {
      iss: 'housing/cases',
      iat: 0,
      exp: 1,
      case: 'another',
      subject: { scheme: 'demo-nin', value: '0000000197' },
      official: 'someone-else',
      purpose: 'https://cloison.eu/purpose/service',
      open: false,
    }
    const token = withFacts({ caseToken: { state: 'valid', claims } })(emergency)
    assert.equal(codeOf(token), 'PERMIT')
    for (const state of ['missing', 'invalid', 'expired'] as const)
      assert.equal(codeOf(withFacts({ caseToken: { state } })(emergency)), 'PERMIT')
  })

  test('needs, where it is confirmed, another official who is enrolled, in good standing and there now', () => {
    const { nowMs } = emergency
    const own = emergency.request.subject.id
    const other = 'official-2b1c'
    const bad: readonly Change[] = [
      confirming({ id: own, authTimeMs: nowMs }),
      confirming({ id: other, authTimeMs: nowMs - 900_001 }),
      confirming({ id: other, authTimeMs: nowMs + 60_001 }),
      confirming(undefined),
      withFacts({ confirmation: 'none' }),
      withFacts({ confirmation: 'suspended' }),
    ]
    for (const [index, change] of bad.entries())
      assert.equal(codeOf(change(emergency)), 'CONFIRMATION_INVALID', `${index}`)
    assert.equal(
      codeOf(confirming({ id: other, authTimeMs: nowMs - 900_000 })(emergency)),
      'PERMIT',
    )
  })

  test('names the cap that is full, and is held to the ceilings of everybody', () => {
    const capOf = (change: Change): string | undefined => {
      const { request, facts, nowMs } = change(emergency)
      const decision = decide(request, facts, nowMs)
      return decision.outcome === 'deny' ? decision.cap : undefined
    }
    assert.equal(capOf(withUse({ emergencyOfficial30d: 10 })), 'perOfficialPer30Days')
    assert.equal(capOf(withUse({ emergencyAgreement30d: 50 })), 'perAgreementPer30Days')
    assert.equal(capOf(withUse({ emergencyOfficial30d: 9, emergencyAgreement30d: 49 })), undefined)
    assert.equal(
      codeOf(withUse({ officialToday: 10_000, caseSubjects: 10_000 })(emergency)),
      'PERMIT',
    )
    const { ceilingUse } = emergency.facts
    const full = withFacts({ ceilingUse: { ...ceilingUse, agreementSubjects30Days: 101 } })
    assert.equal(capOf(full), 'agreementSubjects30Days')
  })

  test('gives the earlier of two reasons, whichever two they are', () => {
    const changes = decisionCodes.flatMap((code) => {
      const change = breaking[code]
      return change === undefined ? [] : [{ code, change }]
    })
    let pairs = 0
    for (const [index, earlier] of changes.entries()) {
      for (const later of changes.slice(index + 1)) {
        const one = later.change(earlier.change(emergency))
        // Both set the same fact: the two reasons exclude one another.
        if (!isDeepStrictEqual(one, earlier.change(later.change(emergency)))) continue
        pairs += 1
        assert.equal(codeOf(one), earlier.code, `${earlier.code} before ${later.code}`)
      }
    }
    assert.ok(pairs > 300, `${pairs} pairs`)
  })

  test('gets one decision, and the same again, whatever is broken', () => {
    fc.assert(
      fc.property(fc.subarray(Object.values(breaking)), (changes) => {
        let question = emergency
        for (const change of changes) question = change(question)
        const { request, facts, nowMs } = question
        const decision = decide(request, facts, nowMs)
        assert.deepEqual(decide(request, facts, nowMs), decision)
      }),
      { numRuns: 300 },
    )
  })
})
