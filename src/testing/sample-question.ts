import { decisionRequest } from '../agreement/index.ts'
import type {
  AboutPersons,
  DecisionFacts,
  DecisionRequest,
  PersonAgreement,
} from '../agreement/index.ts'
import { makeDemoNin, parseExchangeId } from '../protocol/index.ts'
import {
  sampleBeginMs,
  sampleEmergencyAgreement,
  samplePersonAgreement,
  samplePublicKey,
} from './sample-agreement.ts'

const day = 86_400_000

/** A question with the facts about it and the moment, as `decide` takes them. */
export interface SampleQuestion {
  readonly request: DecisionRequest
  readonly facts: DecisionFacts
  readonly nowMs: number
}

const nowMs = sampleBeginMs + 20 * day
const seconds = nowMs / 1000
const subject = { scheme: 'demo-nin', value: makeDemoNin(48_151_623) }
const exchangeId = parseExchangeId('AAECAwQFBgcICQoLDA0ODw')
const official = 'official-7f3a'
const reference = 'RENT-2026-0142'

/** A plain question that is permitted: ordinary elements, no consent, an immediate notice. */
export function samplePermitted(agreement: AboutPersons = samplePersonAgreement()): SampleQuestion {
  const { id, version, purpose, consumer, provider, dataElements } = agreement
  const elements = dataElements.map(({ name }) => name)
  const request = decisionRequest(
    {
      exchangeId,
      agreement: id,
      version,
      purpose,
      legalBasis: 'eu-gdpr:A6-1-e',
      elements,
      subject,
      case: { reference },
      official: { pseudonym: official, authTimeMs: nowMs - 60_000 },
    },
    { consumer, provider },
  )
  return { request, facts: sampleFacts(agreement), nowMs }
}

function sampleFacts(agreement: AboutPersons): DecisionFacts {
  const { dataElements } = agreement
  return {
    message: 'valid',
    peer: 'known',
    clock: 'in-window',
    exchange: 'new',
    log: 'available',
    agreement,
    standing: { state: 'active', effectiveFromMs: sampleBeginMs + 14 * day, suspendedBy: [] },
    countersigned: false,
    describedCategories: Object.fromEntries(
      dataElements.map(({ name, category }) => [name, category]),
    ),
    consent: { state: 'missing' },
    consentSpent: false,
    caseToken: sampleCase(agreement),
    official: 'enrolled',
    officialSuspended: false,
    confirmation: 'none',
    askedReceipt: 'valid',
    subjectIdentifier: 'valid',
    registerScheme: 'demo-nin',
    secrecyUntilMs: null,
    capUse: {
      officialToday: 3,
      caseSubjects: 1,
      caseHasSubject: false,
      distinctSubjects30d: 10,
      subjectCountedAlready: false,
      subject30d: 0,
      caseLocatingTries: 0,
      emergencyOfficial30d: 0,
      emergencyAgreement30d: 0,
    },
    ceilingUse: {
      populationSize: 10_000,
      agreementSubjects30Days: 11,
      agreementSubjectsYear: 11,
      consumerSubjects30Days: 11,
      consumerSubjectsYear: 11,
      thresholdsPerSubject: 1,
    },
    restricted: false,
    lookUp: 'not-yet',
  }
}

function sampleCase(agreement: AboutPersons): DecisionFacts['caseToken'] {
  if (agreement.kind === 'emergency') return { state: 'missing' }
  const { purpose, caseRule } = agreement
  const iss = caseRule.issuer.name
  const [iat, exp] = [seconds - 10, seconds + 600]
  const claims = { iss, iat, exp, case: reference, subject, official, purpose, open: true }
  return { state: 'valid', claims }
}

/** The request with a second official who confirms it. */
export function sampleConfirmed(question: SampleQuestion): SampleQuestion {
  const { subject: asking } = question.request
  const confirmation = { id: 'official-2b1c', authTimeMs: nowMs - 30_000 }
  const properties = { ...asking.properties, confirmation }
  return {
    ...question,
    request: { ...question.request, subject: { ...asking, properties } },
    facts: { ...question.facts, confirmation: 'enrolled' },
  }
}

/** An emergency question that is permitted: no case, confirmed by a second official. */
export function sampleEmergency(): SampleQuestion {
  return sampleConfirmed(samplePermitted(sampleEmergencyAgreement()))
}

/**
 * A permitted question that uses everything at once, so that every fact matters: a protected element with the
 * person's consent, a compared locating element, a withheld notice with its order, revealed presence, and
 * ceilings that only an inspector's countersignature lifts.
 */
export function sampleEverything(): SampleQuestion {
  const agreement = agreementOnEverything()
  const plain = sampleConfirmed(samplePermitted(agreement))
  const { resource } = plain.request
  const supplied = { address_matches: 'Main Street 1' }
  return {
    ...plain,
    request: {
      ...plain.request,
      resource: { ...resource, properties: { ...resource.properties, supplied } },
    },
    facts: {
      ...plain.facts,
      countersigned: true,
      secrecyUntilMs: nowMs + 30 * day,
      consent: {
        state: 'valid',
        claims: {
          iss: 'clinic',
          aud: agreement.provider,
          iat: seconds - 20,
          exp: seconds + 300,
          exchangeId,
          agreement: agreement.id,
          version: agreement.version,
          elements: ['diagnosis'],
          subject,
          auth_time: seconds - 30,
        },
      },
      ceilingUse: {
        populationSize: 10_000,
        agreementSubjects30Days: 101,
        agreementSubjectsYear: 10,
        consumerSubjects30Days: 10,
        consumerSubjectsYear: 10,
        thresholdsPerSubject: 2,
      },
      lookUp: 'found',
    },
  }
}

function agreementOnEverything(): PersonAgreement {
  return samplePersonAgreement({
    legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
    dataElements: [
      {
        name: 'diagnosis',
        register: 'clinic',
        source: 'diagnosis',
        answerType: 'attribute',
        predicate: null,
        category: 'special',
      },
      {
        name: 'address_matches',
        register: 'residence',
        source: 'address',
        answerType: 'predicate',
        predicate: { op: 'equals-supplied', threshold: null },
        category: 'locating',
      },
    ],
    consentIssuers: [
      {
        organisation: 'clinic',
        keyId: 'clinic/consent/1',
        publicKey: samplePublicKey('clinic'),
      },
    ],
    preconditions: [
      { kind: 'identifier-scheme', scheme: 'demo-nin' },
      { kind: 'no-placeholder' },
      { kind: 'recent-authentication', seconds: 300 },
    ],
    presence: { mode: 'revealed' },
    notice: {
      kind: 'withheld',
      law: 'celex:32016R0679',
      authority: { name: 'Court', publicKey: samplePublicKey('inspector') },
      untilMs: sampleBeginMs + 200 * day,
    },
  })
}
