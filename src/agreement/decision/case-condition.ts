import type { CaseTokenClaims } from '../../protocol/index.ts'
import type { PersonAgreement } from '../agreement.ts'
import type { DecisionFacts } from './decision-facts.ts'
import { isRecent, isSamePerson } from './question.ts'
import type { AgreementQuestion, Question } from './question.ts'

/** What the case token claims, if it is good. */
export function claimsOf({ caseToken }: DecisionFacts): CaseTokenClaims | undefined {
  return caseToken.state === 'valid' ? caseToken.claims : undefined
}

/** Whether there is a good token by the agreed case source, about this case and purpose. */
export function hasCase({
  request,
  facts,
  agreement,
}: AgreementQuestion<PersonAgreement>): boolean {
  const claims = claimsOf(facts)
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
export function isParty({ request, facts }: Question): boolean {
  const claims = claimsOf(facts)
  return claims === undefined || isSamePerson(claims.subject, request.resource.properties.person)
}
