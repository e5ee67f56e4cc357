import type { SubjectReference } from '../../protocol/index.ts'
import type { Agreement } from '../agreement.ts'
import type { DataElement } from '../data-element.ts'
import type { DecisionFacts } from './decision-facts.ts'
import type { DecisionRequest } from './decision-request.ts'

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

/** How old a proof of who someone is may be: an official's, and a person's who consents. */
export const longestAuthenticationMs = 900_000
/** How far ahead of the log another organisation's clock may be. */
export const clockToleranceMs = 60_000

/** The agreed elements that the question names. */
export function askedElements({ request, agreement }: AgreementQuestion): readonly DataElement[] {
  const { elements } = request.resource.properties
  return agreement.dataElements.filter(({ name }) => elements.includes(name))
}

/** Whether two references name the same person. */
export function isSamePerson(one: SubjectReference, other: SubjectReference): boolean {
  return one.scheme === other.scheme && one.value === other.value
}

/** Whether someone proved who they are at most 15 minutes ago, and not in the future. */
export function isRecent(authTimeMs: number, nowMs: number): boolean {
  const age = nowMs - authTimeMs
  return age <= longestAuthenticationMs && age >= -clockToleranceMs
}
