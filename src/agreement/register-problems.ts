import type { Agreement } from './agreement.ts'
import { type AgreementProblem, problem } from './agreement-problem.ts'
import { subjectCeiling30Days } from './caps.ts'
import { coversCategory, effectiveCategory } from './data-element.ts'
import type { DataElement, ElementCategory, Predicate } from './data-element.ts'

/** What an agreement must know of a register's description. */
export interface DescribedRegister {
  readonly name: string
  readonly category: ElementCategory
  readonly subject: { readonly scheme: string }
  readonly elements: readonly DescribedElement[]
  readonly population: { readonly size: number }
}

/** What an agreement must know of one element's description. */
export interface DescribedElement {
  readonly name: string
  readonly type: 'boolean' | 'integer' | 'string' | 'date'
  readonly category: ElementCategory
  /** What values it can take; anything of its type where it is not told. */
  readonly domain?:
    | { readonly kind: 'closed'; readonly keys: readonly (boolean | number | string)[] }
    | { readonly kind: 'bounded'; readonly min: number; readonly max: number }
    | { readonly kind: 'open' }
}

/**
 * Where an agreement does not fit the provider's registers; empty when it does. Elements and registers
 * must exist, thresholds must have the element's type and divide its domain, no category may be weaker than the description's
 * (membership in a protected register is itself protected), and the subjects of 30 days stay within 1 %
 * of the register unless an inspector countersigned.
 */
export function registerProblems(
  agreement: Agreement,
  registers: readonly DescribedRegister[],
  terms: { readonly countersigned: boolean },
): readonly AgreementProblem[] {
  return [
    ...agreement.dataElements.flatMap((element, index) => {
      const register = registers.find(({ name }) => name === element.register)
      return elementProblems(element, register, `dataElements.${index}`)
    }),
    ...keyspaceProblems(agreement, registers),
    ...(terms.countersigned ? [] : ceilingProblems(agreement, registers)),
  ]
}

function elementProblems(
  element: DataElement,
  register: DescribedRegister | undefined,
  path: string,
): readonly AgreementProblem[] {
  const described = register?.elements.find(({ name }) => name === element.source)
  if (register === undefined || described === undefined) {
    return [problem('REGISTER_MISMATCH', path, 'problemSays.not-in-register', {})]
  }
  const category = effectiveCategory(register.category, described.category)
  const problems: AgreementProblem[] = []
  if (!coversCategory(element.category, category)) {
    problems.push(problem('RULE_PROTECTED', path, 'problemSays.described-as', { category }))
  }
  if (!fitsType(element, described.type)) {
    problems.push(
      problem('REGISTER_MISMATCH', path, 'problemSays.threshold-type', { type: described.type }),
    )
  }
  if (problems.length === 0 && !dividesDomain(element, described)) {
    problems.push(problem('REGISTER_MISMATCH', path, 'problemSays.all-alike', {}))
  }
  return problems
}

/** Whether some value of the domain answers yes and another no; otherwise only presence would be told. */
function dividesDomain({ predicate }: DataElement, { domain }: DescribedElement): boolean {
  if (predicate === null || predicate.op === 'equals-supplied') return true
  if (domain === undefined || domain.kind === 'open') return true
  const yes = (one: number | string): boolean => satisfies(one, predicate)
  if (domain.kind === 'closed') {
    const keys = domain.keys.filter((key) => typeof key !== 'boolean')
    return keys.some(yes) && !keys.every(yes)
  }
  const { min, max } = domain
  if (predicate.op !== 'eq' && predicate.op !== 'in') return yes(min) !== yes(max)
  const values = new Set(
    typeof predicate.threshold === 'object' ? predicate.threshold : [predicate.threshold],
  )
  const inside = [...values].filter((one) => typeof one === 'number' && one >= min && one <= max)
  return inside.length === values.size && inside.length < max - min + 1
}

function satisfies(value: number | string, predicate: Predicate): boolean {
  switch (predicate.op) {
    case 'lt':
      return value < predicate.threshold
    case 'le':
      return value <= predicate.threshold
    case 'ge':
      return value >= predicate.threshold
    case 'gt':
      return value > predicate.threshold
    case 'eq':
      return value === predicate.threshold
    case 'in':
      return predicate.threshold.some((one) => one === value)
    case 'equals-supplied':
      return false
  }
}

function fitsType({ predicate }: DataElement, type: DescribedElement['type']): boolean {
  if (predicate === null) return true
  const { op, threshold } = predicate
  if (op === 'equals-supplied') return type !== 'boolean'
  if (op !== 'eq' && op !== 'in') {
    return typeof threshold === 'number' ? type === 'integer' : type === 'date'
  }
  const values: readonly (number | string)[] =
    typeof threshold === 'object' ? threshold : [threshold]
  const expected = type === 'integer' ? 'number' : 'string'
  return type !== 'boolean' && values.every((value) => typeof value === expected)
}

/** Identifiers of two schemes never meet: a join by them would count nobody. */
function keyspaceProblems(
  agreement: Agreement,
  registers: readonly DescribedRegister[],
): readonly AgreementProblem[] {
  if (agreement.kind !== 'join') return []
  const used = new Set(agreement.dataElements.map(({ register }) => register))
  const other = registers.find(
    ({ name, subject }) => used.has(name) && subject.scheme !== agreement.join.keyspace,
  )
  if (other === undefined) return []
  const named = { register: other.name, scheme: other.subject.scheme }
  return [problem('REGISTER_MISMATCH', 'join.keyspace', 'problemSays.keyspace', named)]
}

function ceilingProblems(
  agreement: Agreement,
  registers: readonly DescribedRegister[],
): readonly AgreementProblem[] {
  if (agreement.kind !== 'person') return []
  const used = new Set(agreement.dataElements.map(({ register }) => register))
  const sizes = registers
    .filter(({ name }) => used.has(name))
    .map(({ population }) => population.size)
  const ceiling = subjectCeiling30Days(agreement.approximateNumber, Math.min(...sizes))
  if (agreement.caps.distinctSubjectsPer30Days <= ceiling) return []
  const path = 'caps.distinctSubjectsPer30Days'
  return [problem('RULE_CAPS', path, 'problemSays.register-ceiling', { most: ceiling })]
}
