import { canonicalJson } from '../../bytes/index.ts'
import type { Json } from '../../bytes/index.ts'
import type { Agreement } from '../agreement.ts'
import { isProtected } from '../data-element.ts'
import type { DataElement } from '../data-element.ts'
import { type AgreementChange, changeOf } from './agreement-change.ts'
import { termChanges } from './term-changes.ts'

/** Whether a version allows less than the one before in everything, with every change between the two. */
export interface Narrowing {
  readonly narrower: boolean
  readonly changes: readonly AgreementChange[]
}

/** Members that nothing proves narrower when they change: their words, or who is meant, may allow more. */
const fixedMembers = [
  'kind',
  'id',
  'provider',
  'consumer',
  'purpose',
  'legalReference',
  'justification',
  'expectedResults',
  'verificationProcedure',
  'dpiaReference',
  'caseRule',
  'presence',
  'notice',
  'join',
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
    .filter((member) => textOf(previous, member) !== textOf(next, member))
    .map((member) => changeOf('wider', member, `changeSays.${member}`, {}))
}

function textOf(agreement: Agreement, member: string): string {
  const entries = new Map<string, Json>(Object.entries(agreement))
  return canonicalJson(entries.get(member) ?? null)
}

function basisChanges(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  const added = next.legalBasis.filter((basis) => !previous.legalBasis.includes(basis))
  const gone = previous.legalBasis.filter((basis) => !next.legalBasis.includes(basis))
  return [
    ...added.map((basis) => changeOf('wider', 'legalBasis', 'changeSays.basis-added', { basis })),
    ...gone.map((basis) => changeOf('narrower', 'legalBasis', 'changeSays.basis-gone', { basis })),
  ]
}

function elementChanges(
  previous: readonly DataElement[],
  next: readonly DataElement[],
): readonly AgreementChange[] {
  const gone = previous
    .filter(({ name }) => !next.some((one) => one.name === name))
    .map(({ name: element }) =>
      changeOf('narrower', 'dataElements', 'changeSays.element-gone', { element }),
    )
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
  const named = { element: name }
  if (before === undefined) return [changeOf('wider', path, 'changeSays.element-added', named)]
  const { category: categoryBefore, ...rest } = before
  const { category: _category, ...restNow } = element
  if (canonicalJson(rest) !== canonicalJson(restNow)) {
    return [changeOf('wider', path, 'changeSays.element-other', named)]
  }
  if (category === categoryBefore) return []
  const guarded = isProtected(category) && !isProtected(categoryBefore)
  return guarded
    ? [changeOf('narrower', path, 'changeSays.element-guarded', named)]
    : [changeOf('wider', path, 'changeSays.element-category', named)]
}

function countersignatureChange(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  const countersigned = ({ signatures }: Agreement): boolean =>
    signatures.some(({ role }) => role === 'inspector')
  if (!countersigned(next) || countersigned(previous)) return []
  return [changeOf('wider', 'signatures', 'changeSays.countersigned', {})]
}
