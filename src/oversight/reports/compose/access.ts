import type { ReportFacts } from '../evidence/report-facts.ts'
import {
  chainCount,
  fact,
  factsSection,
  listValue,
  type ReportSection,
  type ReportValue,
  termValue,
} from '../report-content.ts'
import type { SubjectFile } from '../../../log/verify/index.ts'
import { organisationValue, retentionValue } from './agreement-facts.ts'
import {
  disclosureSections,
  isDisclosure,
  isGiven,
  personEntries,
  type PersonEntry,
} from './disclosures.ts'

const point = (letter: string): string => `GDPR 15(1)(${letter})`

function distinct(ids: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(ids)].filter((id) => typeof id === 'string').toSorted()
}

/** Retention of the agreements that the entries name. */
function periods(entries: readonly PersonEntry[], { agreements }: ReportFacts): ReportValue {
  const digests = new Set(entries.map(({ record }) => record?.agreement?.digest))
  const own = agreements.filter(({ digest }) => digests.has(digest))
  return listValue(own.map(({ agreement }) => retentionValue(agreement)))
}

function accessFacts(entries: readonly PersonEntry[], facts: ReportFacts): ReportSection {
  const given = entries.filter((entry) => isGiven(entry))
  const recipients = distinct(given.map(({ record }) => record?.consumer))
  const sources = distinct(
    entries
      .filter((entry) => isDisclosure(entry) && !isGiven(entry))
      .map(({ record }) => record?.provider),
  )
  const organisations = (ids: readonly string[]): ReportValue =>
    listValue(ids.map((id) => organisationValue(facts, id)))
  const purposes = distinct(entries.map(({ record }) => record?.purpose))
  const elements = distinct(entries.flatMap(({ record }) => record?.elements ?? []))
  return factsSection('access', [
    fact('purposes', listValue(purposes.map((id) => termValue('purpose', id))), point('a')),
    fact('elements', listValue(elements.map((id) => termValue('element', id))), point('b')),
    fact('recipients', organisations(recipients), point('c')),
    fact('given', chainCount(given.length), point('c')),
    fact('retention', periods(entries, facts), point('d')),
    fact('rights', termValue('sentence', 'rights'), point('e')),
    fact('complaint', termValue('sentence', 'complaint'), point('f')),
    fact('sources', organisations(sources), point('g')),
    fact('automated', termValue('sentence', 'automated'), point('h')),
    fact('values', termValue('sentence', 'values'), 'GDPR 15(3)'),
  ])
}

/** What a person is told who asks what is done with data about them (GDPR 15). */
export function access(facts: ReportFacts, file: SubjectFile): readonly ReportSection[] {
  return [accessFacts(personEntries(file), facts), ...disclosureSections(facts, file)]
}
