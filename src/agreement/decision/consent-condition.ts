import type { AboutPersons } from '../about-persons.ts'
import { coversCategory, isProtected, needsConsent } from '../data-element.ts'
import type { DataElement } from '../data-element.ts'
import { askedElements, isRecent, isSamePerson } from './question.ts'
import type { AgreementQuestion } from './question.ts'

/** Whether an element is asked that the description guards more than the agreement does, or that nobody could consent to. */
export function isUnderGuarded(question: AgreementQuestion<AboutPersons>): boolean {
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

/** The elements of the question that only the person's consent opens. */
export function consentNeeded(question: AgreementQuestion): readonly DataElement[] {
  return askedElements(question).filter((element) => needsConsent(element))
}

/**
 * Whether the consent, if one was sent, is by an independent issuer whom the agreement names, for this question
 * and its elements, fresh, and not spent. That one is needed and missing is another rule's matter.
 */
export function isConsentGood(question: AgreementQuestion<AboutPersons>): boolean {
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
    nowMs < claims.exp * 1000 &&
    isRecent(claims.auth_time * 1000, nowMs) &&
    consentNeeded(question).every(({ name }) => claims.elements.includes(name))
  )
}
