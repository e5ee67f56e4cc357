import type { CaseTokenClaims, SubjectReference } from '../../protocol/index.ts'
import type { Agreement, PersonAgreement } from '../agreement.ts'
import { capExceeded, ceilingExceeded } from '../caps.ts'
import type { CapName } from '../caps.ts'
import { coversCategory, isProtected, needsConsent } from '../data-element.ts'
import type { DataElement } from '../data-element.ts'
import type { DecisionFacts } from './decision-facts.ts'
import type { DecisionCode } from './decision-code.ts'
import type { DecisionRequest } from './decision-request.ts'
import { meetsPrecondition } from './precondition.ts'

/** A question with what is known about it. */
export interface Question {
  readonly request: DecisionRequest
  readonly facts: DecisionFacts
  readonly nowMs: number
}

/** A question whose agreement is there. */
export interface AgreementQuestion<Kind extends Agreement = Agreement> extends Question {
  readonly agreement: Kind
}

/** One reason to deny, and when it applies. */
export interface DecisionRule<Subject> {
  readonly code: DecisionCode
  readonly denies: (question: Subject) => boolean
}

/** All rules in their order: those on the message, on any agreement, on agreements about a person. */
export interface DecisionRules {
  readonly message: readonly DecisionRule<Question>[]
  readonly agreement: readonly DecisionRule<AgreementQuestion>[]
  readonly person: readonly DecisionRule<AgreementQuestion<PersonAgreement>>[]
}

/** How old a proof of who someone is may be: an official's, and a person's who consents. */
export const longestAuthenticationMs = 900_000
/** How far ahead of the log another organisation's clock may be. */
export const clockToleranceMs = 60_000

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
    { code: 'CASE_CLOSED', denies: ({ facts }) => claimsOf(facts)?.open === false },
    {
      code: 'OFFICIAL_NOT_ASSIGNED',
      denies: ({ request, facts }) => isUnlike(claimsOf(facts)?.official, request.subject.id),
    },
    { code: 'OFFICIAL_UNKNOWN', denies: (question) => !isOfficialKnown(question) },
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

/** Every state that has no rule of its own, every kind but `person`, and the time before the agreement begins. */
function isNotActive({ facts, agreement, nowMs }: AgreementQuestion): boolean {
  const { state } = facts.standing
  const other = state !== 'active' && standingRules[state] === undefined
  return other || agreement.kind !== 'person' || nowMs < agreement.notBeforeMs
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

/** The agreed elements that the question names. */
function askedElements({ request, agreement }: AgreementQuestion): readonly DataElement[] {
  const { elements } = request.resource.properties
  return agreement.dataElements.filter(({ name }) => elements.includes(name))
}

/** An element that the description guards more than the agreement does, or that nobody could consent to. */
function isUnderGuarded(question: AgreementQuestion<PersonAgreement>): boolean {
  const { facts, agreement } = question
  return askedElements(question).some((element) => {
    const { name, category } = element
    const described = Object.hasOwn(facts.describedCategories, name)
      ? facts.describedCategories[name]
      : undefined
    if (described === undefined || !coversCategory(category, described)) return true
    return isProtected(category) && agreement.consentIssuers.length === 0
  })
}

function consentNeeded(question: AgreementQuestion): readonly DataElement[] {
  return askedElements(question).filter((element) => needsConsent(element))
}

function isConsentGood(question: AgreementQuestion<PersonAgreement>): boolean {
  const { facts, request, agreement, nowMs } = question
  const { consent } = facts
  if (consent.state !== 'valid') return consent.state === 'missing'
  const { claims } = consent
  const { context, resource } = request
  const independent = agreement.consentIssuers.some(
    ({ organisation }) => organisation === claims.iss && organisation !== agreement.consumer,
  )
  return (
    !facts.consentSpent &&
    independent &&
    claims.aud === context.provider &&
    claims.exchangeId === context.exchangeId &&
    claims.agreement === resource.id &&
    claims.version === resource.properties.version &&
    isSamePerson(claims.subject, resource.properties.person) &&
    isRecent(claims.auth_time * 1000, nowMs) &&
    consentNeeded(question).every(({ name }) => claims.elements.includes(name))
  )
}

function isSamePerson(one: SubjectReference, other: SubjectReference): boolean {
  return one.scheme === other.scheme && one.value === other.value
}

/** Whether someone proved who they are at most 15 minutes ago, and not in the future. */
function isRecent(authTimeMs: number, nowMs: number): boolean {
  const age = nowMs - authTimeMs
  return age <= longestAuthenticationMs && age >= -clockToleranceMs
}

function arePreconditionsMet(question: AgreementQuestion<PersonAgreement>): boolean {
  const { request, agreement, nowMs } = question
  const { supplied } = request.resource.properties
  const comparing = askedElements(question).filter(
    ({ predicate }) => predicate?.op === 'equals-supplied',
  )
  return (
    comparing.every(({ name }) => Object.hasOwn(supplied, name)) &&
    Object.keys(supplied).every((name) => comparing.some((element) => element.name === name)) &&
    agreement.preconditions.every((condition) => meetsPrecondition(condition, request, nowMs))
  )
}

function claimsOf({ caseToken }: DecisionFacts): CaseTokenClaims | undefined {
  return caseToken.state === 'valid' ? caseToken.claims : undefined
}

/** A good token by the agreed case source, about this case and purpose. */
function hasCase({ request, facts, agreement }: AgreementQuestion<PersonAgreement>): boolean {
  const claims = claimsOf(facts)
  return (
    claims !== undefined &&
    claims.iss === agreement.caseRule.issuer.name &&
    claims.case === request.context.case &&
    claims.purpose === request.action.name
  )
}

function isOfficialKnown({ request, facts, nowMs }: Question): boolean {
  const { authTimeMs } = request.subject.properties
  return facts.official === 'enrolled' && isRecent(authTimeMs, nowMs)
}

function isParty({ request, facts }: Question): boolean {
  const claims = claimsOf(facts)
  return claims === undefined || isSamePerson(claims.subject, request.resource.properties.person)
}

function isSubjectNamed({ request, facts }: Question): boolean {
  const { scheme } = request.resource.properties.person
  return facts.subjectIdentifier === 'valid' && scheme === facts.registerScheme
}

function isSecrecyGood({ facts, agreement, nowMs }: AgreementQuestion<PersonAgreement>): boolean {
  const { notice } = agreement
  if (notice.kind === 'immediate' || nowMs >= notice.untilMs) return true
  return facts.secrecyOrder === 'valid'
}

/** The first cap or ceiling that the question passes. A redelivery was counted when it was new. */
export function capPassed(question: AgreementQuestion<PersonAgreement>): CapName | undefined {
  const { facts, agreement } = question
  if (facts.exchange === 'redelivery') return undefined
  const passed = capExceeded(agreement.caps, facts.capUse)
  if (passed !== undefined) return passed
  if (isLocatingTrySpent(question)) return 'locatingTriesPerCase'
  if (facts.ceilingUse === undefined) return undefined
  const { approximateNumber } = agreement
  const { countersigned } = facts
  return ceilingExceeded(facts.ceilingUse, { approximateNumber, countersigned })
}

/** Whether a locating element was compared in this case before; an uncounted try counts as one. */
function isLocatingTrySpent(question: AgreementQuestion<PersonAgreement>): boolean {
  const compared = askedElements(question).some(
    ({ category, predicate }) => category === 'locating' && predicate?.op === 'equals-supplied',
  )
  return compared && question.facts.capUse.caseLocatingTries !== 0
}
