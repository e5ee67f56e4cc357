import type { AboutPersons } from '../about-persons.ts'
import type { Precondition } from '../agreement.ts'
import type { DecisionRequest } from './decision-request.ts'
import { isPlaceholder, isPlaceholderText } from './placeholder.ts'
import { askedElements } from './question.ts'
import type { AgreementQuestion } from './question.ts'

/**
 * Whether the question meets all preconditions of its agreement, and supplies exactly what its `equals-supplied`
 * elements compare with, of which nothing is a placeholder.
 */
export function arePreconditionsMet(question: AgreementQuestion<AboutPersons>): boolean {
  const { request, agreement, nowMs } = question
  const { supplied } = request.resource.properties
  const comparing = askedElements(question).filter(
    ({ predicate }) => predicate?.op === 'equals-supplied',
  )
  return (
    comparing.every(({ name }) => Object.hasOwn(supplied, name)) &&
    Object.keys(supplied).every((name) => comparing.some((element) => element.name === name)) &&
    !Object.values(supplied).some((value) => isPlaceholderText(value)) &&
    agreement.preconditions.every((condition) => meetsPrecondition(condition, request, nowMs))
  )
}

/** Whether the question's own data meets a precondition of the agreement. */
export function meetsPrecondition(
  precondition: Precondition,
  request: DecisionRequest,
  nowMs: number,
): boolean {
  const { person } = request.resource.properties
  switch (precondition.kind) {
    case 'identifier-scheme':
      return person.scheme === precondition.scheme
    case 'no-placeholder':
      return !isPlaceholder(person.value)
    case 'recent-authentication':
      return nowMs - request.subject.properties.authTimeMs <= precondition.seconds * 1000
  }
}
