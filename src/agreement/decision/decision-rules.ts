import type { AboutPersons } from '../about-persons.ts'
import { isAboutPersons } from '../about-persons.ts'
import { capPassed } from './cap-passed.ts'
import {
  claimsOf,
  hasCase,
  isConfirmationGood,
  isOfficialKnown,
  isParty,
} from './case-condition.ts'
import { consentNeeded, isConsentGood, isUnderGuarded } from './consent-condition.ts'
import type { DecisionCode } from './decision-code.ts'
import { arePreconditionsMet } from './precondition.ts'
import type { AgreementQuestion, Question } from './question.ts'

/** One reason to deny, and when it applies. */
export interface DecisionRule<Subject> {
  readonly code: DecisionCode
  readonly denies: (question: Subject) => boolean
}

/** All rules in their order: those on the message, on any agreement, on agreements about a person. */
export interface DecisionRules {
  readonly message: readonly DecisionRule<Question>[]
  readonly agreement: readonly DecisionRule<AgreementQuestion>[]
  readonly person: readonly DecisionRule<AgreementQuestion<AboutPersons>>[]
}

/** The rules of `spec/decision.md`, one for each code, in their order. */
export const decisionRules: DecisionRules = {
  message: [
    { code: 'MALFORMED', denies: ({ facts }) => facts.message === 'malformed' },
    { code: 'PEER_UNKNOWN', denies: ({ facts }) => facts.peer !== 'known' },
    { code: 'SIGNATURE_INVALID', denies: ({ facts }) => facts.message === 'signature-invalid' },
  ],
  agreement: [
    { code: 'AGREEMENT_UNKNOWN', denies: (question) => isOther(question) },
    { code: 'LOG_UNAVAILABLE', denies: ({ facts }) => facts.log !== 'available' },
    { code: 'CLOCK_SKEW', denies: ({ facts }) => facts.clock !== 'in-window' },
    { code: 'REPLAYED', denies: ({ facts }) => facts.exchange === 'replayed' },
    { code: 'EXCHANGE_CONFLICT', denies: ({ facts }) => facts.exchange === 'conflict' },
    { code: 'ANSWER_EXPIRED', denies: ({ facts }) => facts.exchange === 'answer-expired' },
    { code: 'AGREEMENT_NOT_ACTIVE', denies: (question) => isNotActive(question) },
    { code: 'TIME_LOCKED', denies: (question) => isLocked(question) },
    { code: 'AGREEMENT_EXPIRED', denies: (question) => isExpired(question) },
    { code: 'AGREEMENT_SUSPENDED', denies: ({ facts }) => facts.standing.state === 'suspended' },
    {
      code: 'PURPOSE_MISMATCH',
      denies: ({ request, agreement }) => request.action.name !== agreement.purpose,
    },
    {
      code: 'LEGAL_BASIS_MISSING',
      denies: ({ request, agreement }) =>
        !agreement.legalBasis.some((basis) => basis === request.action.properties.legalBasis),
    },
    { code: 'ELEMENT_NOT_AGREED', denies: (question) => !areAgreed(question) },
  ],
  person: [
    { code: 'PROTECTED_ELEMENT', denies: (question) => isUnderGuarded(question) },
    {
      code: 'CONSENT_MISSING',
      denies: (question) =>
        consentNeeded(question).length > 0 && question.facts.consent.state === 'missing',
    },
    { code: 'CONSENT_INVALID', denies: (question) => !isConsentGood(question) },
    {
      code: 'PRECONDITION_FAILED',
      denies: (question) => !arePreconditionsMet(question),
    },
    { code: 'CASE_REQUIRED', denies: (question) => !hasCase(question) },
    { code: 'CASE_CLOSED', denies: (question) => claimsOf(question)?.open === false },
    {
      code: 'OFFICIAL_NOT_ASSIGNED',
      denies: (question) => isUnlike(claimsOf(question)?.official, question.request.subject.id),
    },
    { code: 'OFFICIAL_UNKNOWN', denies: (question) => !isOfficialKnown(question) },
    { code: 'OFFICIAL_SUSPENDED', denies: ({ facts }) => facts.officialSuspended },
    { code: 'CONFIRMATION_INVALID', denies: (question) => !isConfirmationGood(question) },
    { code: 'SUBJECT_NOT_PARTY', denies: (question) => !isParty(question) },
    { code: 'ASKED_RECEIPT_MISSING', denies: ({ facts }) => facts.askedReceipt !== 'valid' },
    { code: 'SUBJECT_ID_INVALID', denies: (question) => !isSubjectNamed(question) },
    { code: 'SECRECY_NOT_AUTHORISED', denies: (question) => !isSecrecyGood(question) },
    { code: 'CAP_EXCEEDED', denies: (question) => capPassed(question) !== undefined },
    {
      code: 'SUBJECT_RESTRICTED',
      denies: ({ facts, agreement }) => facts.restricted && agreement.presence.mode === 'revealed',
    },
    { code: 'REGISTER_UNAVAILABLE', denies: ({ facts }) => facts.lookUp === 'unavailable' },
  ],
}

function isOther({ request, agreement }: AgreementQuestion): boolean {
  const { resource, context } = request
  return (
    agreement.id !== resource.id ||
    agreement.version !== resource.properties.version ||
    isUnlike(agreement.consumer, context.consumer) ||
    isUnlike(agreement.provider, context.provider)
  )
}

/** `undefined` is unlike nothing: another rule speaks about what is missing. */
function isUnlike(one: string | undefined, other: string): boolean {
  return one !== undefined && one !== other
}

const standingRules: Readonly<Record<string, DecisionCode>> = {
  published: 'TIME_LOCKED',
  expired: 'AGREEMENT_EXPIRED',
  suspended: 'AGREEMENT_SUSPENDED',
}

/** Every state that has no rule of its own, every kind that is not about persons, and the time before the agreement begins. */
function isNotActive({ facts, agreement, nowMs }: AgreementQuestion): boolean {
  const { state } = facts.standing
  const other = state !== 'active' && standingRules[state] === undefined
  return other || !isAboutPersons(agreement) || nowMs < agreement.notBeforeMs
}

function isLocked({ facts, nowMs }: AgreementQuestion): boolean {
  const { state, effectiveFromMs } = facts.standing
  return state === 'published' || effectiveFromMs === null || nowMs < effectiveFromMs
}

function isExpired({ facts, agreement, nowMs }: AgreementQuestion): boolean {
  return facts.standing.state === 'expired' || nowMs >= agreement.notAfterMs
}

function areAgreed({ request, agreement }: AgreementQuestion): boolean {
  const { elements } = request.resource.properties
  const agreed = new Set(agreement.dataElements.map(({ name }) => name))
  return (
    elements.length > 0 &&
    new Set(elements).size === elements.length &&
    elements.every((name) => agreed.has(name))
  )
}

function isSubjectNamed({ request, facts }: Question): boolean {
  const { scheme } = request.resource.properties.person
  return facts.subjectIdentifier === 'valid' && scheme === facts.registerScheme
}

function isSecrecyGood({ facts, agreement, nowMs }: AgreementQuestion<AboutPersons>): boolean {
  const { notice } = agreement
  if (notice.kind === 'immediate' || nowMs >= notice.untilMs) return true
  return facts.secrecyUntilMs !== null && nowMs < facts.secrecyUntilMs
}
