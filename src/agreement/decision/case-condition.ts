import type { CaseTokenClaims } from '../../protocol/index.ts'
import type { AboutPersons } from '../about-persons.ts'
import { isRecent, isSamePerson } from './question.ts'
import type { AgreementQuestion, Question } from './question.ts'

/** What the case token claims, if it is good. In an emergency no token counts, whatever it says. */
export function claimsOf({
  facts: { caseToken },
  agreement,
}: AgreementQuestion<AboutPersons>): CaseTokenClaims | undefined {
  if (agreement.kind === 'emergency') return undefined
  return caseToken.state === 'valid' ? caseToken.claims : undefined
}

/** Whether there is a good token by the agreed case source, about this case and purpose, where one is needed. */
export function hasCase(question: AgreementQuestion<AboutPersons>): boolean {
  const { request, agreement } = question
  if (agreement.kind === 'emergency') return true
  const claims = claimsOf(question)
  return (
    claims !== undefined &&
    claims.iss === agreement.caseRule.issuer.name &&
    claims.case === request.context.case &&
    claims.purpose === request.action.name
  )
}

/** Whether the official is enrolled, and proved lately who they are. */
export function isOfficialKnown({ request, facts, nowMs }: Question): boolean {
  const { authTimeMs } = request.subject.properties
  return facts.official === 'enrolled' && isRecent(authTimeMs, nowMs)
}

/** Whether the person is the one whom the case token names, if there is one. */
export function isParty(question: AgreementQuestion<AboutPersons>): boolean {
  const claims = claimsOf(question)
  const { person } = question.request.resource.properties
  return claims === undefined || isSamePerson(claims.subject, person)
}

/**
 * Whether the confirmation, if there is one, is by another official than who asks: enrolled, not suspended,
 * and lately authenticated. That an emergency has none is no reason to deny: then a review is due.
 */
export function isConfirmationGood({ request, facts, nowMs }: Question): boolean {
  const { confirmation } = request.subject.properties
  if (confirmation === undefined) return facts.confirmation === 'none'
  return (
    facts.confirmation === 'enrolled' &&
    confirmation.id !== request.subject.id &&
    isRecent(confirmation.authTimeMs, nowMs)
  )
}
