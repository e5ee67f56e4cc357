import type {
  Agreement,
  DataElement,
  DescribedRegister,
  Predicate,
} from '../../../agreement/index.ts'
import { dayText } from '../../../agreement/index.ts'
import { partsText } from '../../analyst/exact-text.ts'
import { purposeId } from '../../vocabulary.ts'

/** The ways in which an element can be asked, as the form offers them; `none` is not at all. */
export const asks = ['none', 'value', 'lt', 'le', 'ge', 'gt', 'eq', 'in', 'supplied'] as const

/** One of {@link asks}. */
export type Ask = (typeof asks)[number]

/** The kinds of agreement that the form composes; the others are drafted by the command line. */
export const composedKinds = ['person', 'population'] as const

/** Fields of the form whose text is a whole number, by the cap that it is. */
export const capFields = [
  'perOfficialPerDay',
  'subjectsPerCase',
  'distinctSubjectsPer30Days',
  'perSubjectPer30Days',
] as const

/** Names of the two fields of an element of an own register. */
export function elementFields(
  register: string,
  source: string,
): {
  readonly ask: string
  readonly than: string
} {
  return { ask: `ask-${register}-${source}`, than: `than-${register}-${source}` }
}

/** What a new form begins with: limits that are usual, a term of eleven months, everything else empty. */
export function emptyForm(nowMs: number): URLSearchParams {
  const dayMs = 86_400_000
  return new URLSearchParams({
    kind: 'person',
    direction: 'answer',
    purpose: 'service',
    legalBasis: 'eu-gdpr:A6-1-e',
    presence: 'hidden',
    disposal: 'delete',
    contest: '30',
    retention: '90',
    perOfficialPerDay: '50',
    subjectsPerCase: '4',
    distinctSubjectsPer30Days: '100',
    perSubjectPer30Days: '12',
    perQuestion: '0.1',
    perYear: '1',
    firstDay: dayText(nowMs),
    lastDay: dayText(nowMs + 330 * dayMs),
  })
}

function askOf(predicate: Predicate | null): Ask {
  if (predicate === null) return 'value'
  return predicate.op === 'equals-supplied' ? 'supplied' : predicate.op
}

function thanOf(predicate: Predicate | null): string {
  const threshold = predicate?.threshold ?? ''
  return typeof threshold === 'object' ? threshold.join(', ') : String(threshold)
}

/** A line of the text field for elements of the other's register, as `readElementLine` reads it. */
function elementLine({ name, register, source, predicate, category }: DataElement): string {
  const parts = [name, `${register}.${source}`, askOf(predicate), thanOf(predicate), category]
  return parts.join(' | ')
}

function setElements(
  form: URLSearchParams,
  elements: readonly DataElement[],
  registers: readonly DescribedRegister[],
): void {
  const lines: string[] = []
  for (const element of elements) {
    const { register, source, predicate } = element
    const described = registers.find(({ name }) => name === register)
    const fields = elementFields(register, source)
    const isFree = form.get(fields.ask) === null
    if (described?.elements.some(({ name }) => name === source) === true && isFree) {
      form.set(fields.ask, askOf(predicate))
      form.set(fields.than, thanOf(predicate))
    } else lines.push(elementLine(element))
  }
  form.set('elements', lines.join('\n'))
}

/** The form of a version that replaces `base`: what the one before says. */
export function formOf(
  base: Agreement,
  at: { readonly own: string; readonly registers: readonly DescribedRegister[] },
): URLSearchParams {
  const answers = base.provider.valueOf() === at.own
  const form = new URLSearchParams({
    from: base.id,
    fromVersion: String(base.version),
    id: base.id,
    kind: base.kind,
    direction: answers ? 'answer' : 'ask',
    other: answers ? base.consumer : base.provider,
    purpose: purposeId(base.purpose),
    legalReference: base.legalReference.join('\n'),
    justification: base.justification,
    expectedResults: base.expectedResults,
    approximateNumber: String(base.approximateNumber),
    retention: String(base.retention.days),
    disposal: base.retention.disposal,
    verificationProcedure: base.verificationProcedure,
    dpiaReference: base.dpiaReference,
    firstDay: dayText(base.notBeforeMs),
    lastDay: dayText(base.notAfterMs - 1),
  })
  for (const basis of base.legalBasis) form.append('legalBasis', basis)
  if (base.kind === 'person') {
    for (const cap of capFields) form.set(cap, String(base.caps[cap]))
    form.set('presence', base.presence.mode)
    form.set('contest', String(base.contest.days))
    form.set('caseName', base.caseRule.issuer.name)
    form.set('caseKey', base.caseRule.issuer.publicKey)
  }
  if (base.kind === 'population') {
    form.set('perQuestion', partsText(base.privacyBudget.perQuestionMicroEpsilon, 6))
    form.set('perYear', partsText(base.privacyBudget.perYearMicroEpsilon, 6))
  }
  setElements(form, base.dataElements, answers ? at.registers : [])
  return form
}
