import {
  type Agreement,
  type DataElement,
  isAboutPersons,
  needsConsent,
} from '../../../agreement/index.ts'
import type { FoundAgreement, ReportFacts } from '../evidence/report-facts.ts'
import {
  agreedNumber,
  fact,
  listValue,
  type ReportFact,
  type ReportValue,
  termValue,
  textValue,
} from '../report-content.ts'
import type { CountRow } from '../report-file.ts'

/** An organisation as the directory has it. */
export function organisationValue(
  { directory }: Pick<ReportFacts, 'directory'>,
  id: string,
): ReportValue {
  const record = directory.get(id)
  const address = [...(record?.postalAddress ?? [])]
  return { is: 'organisation', id, name: record?.name ?? null, address }
}

/** What people call an agreement. */
export function agreementName({ id, version }: Pick<Agreement, 'id' | 'version'>): string {
  return `${id} v${version}`
}

/** The agreements that a report is about: the one of its parameters, or all. */
export function chosenAgreements({
  agreements,
  parameters,
}: ReportFacts): readonly FoundAgreement[] {
  const { agreement } = parameters
  return agreement === null ? agreements : agreements.filter(({ digest }) => digest === agreement)
}

/** Whether a row counts exchanges of an agreement that ended in an answer, here or there. */
export function isAnswer({ kind }: CountRow): boolean {
  return kind === 'person.answered' || kind === 'population.released'
}

/** Whether a row counts refusals of the provider. */
export function isDenial({ kind }: CountRow): boolean {
  return kind === 'person.denied' || kind === 'population.refused'
}

/** Legal bases and the laws that they rest on. */
export function lawValue({ legalBasis, legalReference }: Agreement): ReportValue {
  return listValue([
    ...legalBasis.map((basis) => termValue('law', basis)),
    ...legalReference.map((reference) => textValue(reference)),
  ])
}

function elementValue(element: DataElement): ReportValue {
  const parts = [
    termValue('element', element.name),
    termValue('category', element.category),
    termValue('sentence', element.answerType),
  ]
  return listValue(
    needsConsent(element) ? [...parts, termValue('sentence', 'needs-consent')] : parts,
  )
}

/** Every element with its category and whether a value or only yes or no is answered. */
export function elementsValue({ dataElements }: Agreement): ReportValue {
  return listValue(dataElements.map((element) => elementValue(element)))
}

/** How long answers are kept, and what becomes of them. */
export function retentionValue({ retention }: Agreement): ReportValue {
  return listValue([
    agreedNumber(retention.days, 'days'),
    termValue('disposal', retention.disposal),
  ])
}

/** When the person is told. */
export function noticeValue(agreement: Agreement): ReportValue {
  if (!isAboutPersons(agreement)) return termValue('sentence', 'notice-tables')
  if (agreement.notice.kind === 'immediate') return termValue('sentence', 'notice-immediate')
  const { law, authority, untilMs } = agreement.notice
  return listValue([
    termValue('sentence', 'notice-withheld'),
    textValue(law),
    textValue(authority.name),
    { is: 'time', atMs: untilMs },
  ])
}

/** Where an agreement stands at the making of the report, and the entries that say so. */
export function standingFacts({
  standing,
  acts,
  agreement,
}: FoundAgreement): readonly ReportFact[] {
  return [
    fact('state', termValue('state', standing.state)),
    fact(
      'effective-from',
      standing.effectiveFromMs === null
        ? { is: 'none' }
        : { is: 'time', atMs: standing.effectiveFromMs },
    ),
    fact(
      'term',
      listValue([
        { is: 'day', atMs: agreement.notBeforeMs },
        { is: 'day', atMs: agreement.notAfterMs - 1 },
      ]),
    ),
    fact(
      'acts',
      listValue(
        acts.map(({ place, record }) =>
          listValue([
            termValue('kind', record.kind),
            { is: 'time', atMs: record.timeMs },
            { is: 'entry', ...place },
          ]),
        ),
      ),
    ),
  ]
}
