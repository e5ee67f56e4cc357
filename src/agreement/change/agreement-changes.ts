import { canonicalJson } from '../../bytes/index.ts'
import type { Json } from '../../bytes/index.ts'
import type { Agreement } from '../agreement.ts'
import { isProtected } from '../data-element.ts'
import type { DataElement } from '../data-element.ts'
import { termChanges } from './term-changes.ts'

/** What a change of one member means: less is allowed, or nothing proves that it is less. */
export interface AgreementChange {
  /** Member names and array positions from the root, joined by dots. */
  readonly path: string
  readonly effect: 'narrower' | 'wider'
  /** One sentence for whoever signs. */
  readonly reason: string
}

/** Whether a version allows less than the one before in everything, with every change between the two. */
export interface Narrowing {
  readonly narrower: boolean
  readonly changes: readonly AgreementChange[]
}

/** Members that nothing proves narrower when they change: their words, or who is meant, may allow more. */
const fixedMembers = [
  ['kind', 'the kind of agreement changes'],
  ['id', 'under another id every cap counts from zero'],
  ['provider', 'another organisation answers'],
  ['consumer', 'another organisation asks'],
  ['purpose', 'the purpose changes'],
  ['legalReference', 'the cited law changes'],
  ['justification', 'the justification changes'],
  ['expectedResults', 'the expected results change'],
  ['verificationProcedure', 'the way answers are verified changes'],
  ['dpiaReference', 'the impact assessment changes'],
  ['caseRule', 'who proves cases changes'],
  ['presence', 'what an answer tells about people who are not in the register changes'],
  ['notice', 'when people hear of a question changes'],
  ['join', 'whose register is joined with, by what, or who may audit changes'],
] as const

/**
 * Every change from `previous` to `next`. What these rules do not prove narrower is wider: a changed
 * threshold, text, key or party always is. Signatures count for one thing alone: an inspector's lifts
 * ceilings.
 */
export function agreementChanges(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  return [
    ...fixedChanges(previous, next),
    ...basisChanges(previous, next),
    ...elementChanges(previous.dataElements, next.dataElements),
    ...termChanges(previous, next),
    ...countersignatureChange(previous, next),
  ]
}

/**
 * Whether `next` allows nothing that `previous` did not, so that it may take effect without a new time
 * lock. Transitive: no chain of narrowing steps ever allows more than its first document.
 */
export function isNarrower(previous: Agreement, next: Agreement): Narrowing {
  const changes = agreementChanges(previous, next)
  return { narrower: changes.every(({ effect }) => effect === 'narrower'), changes }
}

function fixedChanges(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  return fixedMembers
    .filter(([member]) => textOf(previous, member) !== textOf(next, member))
    .map(([path, reason]) => ({ path, effect: 'wider', reason }))
}

function textOf(agreement: Agreement, member: string): string {
  const entries = new Map<string, Json>(Object.entries(agreement))
  return canonicalJson(entries.get(member) ?? null)
}

function basisChanges(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  const added = next.legalBasis.filter((basis) => !previous.legalBasis.includes(basis))
  const gone = previous.legalBasis.filter((basis) => !next.legalBasis.includes(basis))
  return [
    ...added.map((basis) => wider('legalBasis', `${basis} becomes a legal basis`)),
    ...gone.map((basis) => narrower('legalBasis', `${basis} is no legal basis any more`)),
  ]
}

function elementChanges(
  previous: readonly DataElement[],
  next: readonly DataElement[],
): readonly AgreementChange[] {
  const gone = previous
    .filter(({ name }) => !next.some((one) => one.name === name))
    .map(({ name }) => narrower('dataElements', `${name} may not be asked any more`))
  const others = next.flatMap((element, index) => {
    const before = previous.find(({ name }) => name === element.name)
    return elementChange(before, element, `dataElements.${index}`)
  })
  return [...gone, ...others]
}

function elementChange(
  before: DataElement | undefined,
  element: DataElement,
  path: string,
): readonly AgreementChange[] {
  const { name, category } = element
  if (before === undefined) return [wider(path, `${name} may be asked as well`)]
  const { category: categoryBefore, ...rest } = before
  const { category: _category, ...restNow } = element
  if (canonicalJson(rest) !== canonicalJson(restNow)) {
    return [wider(path, `${name} asks something else; a changed threshold is always wider`)]
  }
  if (category === categoryBefore) return []
  const guarded = isProtected(category) && !isProtected(categoryBefore)
  return guarded
    ? [narrower(path, `${name} needs the person's consent from now on`)]
    : [wider(path, `${name} is of another category`)]
}

function countersignatureChange(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  const countersigned = ({ signatures }: Agreement): boolean =>
    signatures.some(({ role }) => role === 'inspector')
  if (!countersigned(next) || countersigned(previous)) return []
  return [wider('signatures', "an inspector's countersignature lifts the ceilings on subjects")]
}

function wider(path: string, reason: string): AgreementChange {
  return { path, effect: 'wider', reason }
}

function narrower(path: string, reason: string): AgreementChange {
  return { path, effect: 'narrower', reason }
}
