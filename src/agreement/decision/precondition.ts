import type { PersonAgreement, Precondition } from '../agreement.ts'
import type { DecisionRequest } from './decision-request.ts'
import { askedElements } from './question.ts'
import type { AgreementQuestion } from './question.ts'

/**
 * Whether the question meets all preconditions of its agreement, and supplies exactly what its `equals-supplied`
 * elements compare with.
 */
export function arePreconditionsMet(question: AgreementQuestion<PersonAgreement>): boolean {
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

/** Whether an identifier is what people type to get past a form: one character again and again, or a run. */
export function isPlaceholder(value: string): boolean {
  const characters = value.split('')
  const steps = new Set(
    characters.slice(1).map((character, index) => step(characters[index] ?? '', character)),
  )
  const [only] = steps
  return characters.length < 3 || (steps.size === 1 && only !== undefined && Math.abs(only) <= 1)
}

/** How far apart two characters are; digits go round, so that 9 is followed by 0. */
function step(from: string, to: string): number {
  const difference = (to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0)
  if (!/^\d\d$/.test(from + to)) return difference
  if (difference === -9) return 1
  return difference === 9 ? -1 : difference
}
