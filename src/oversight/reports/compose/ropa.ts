import { type Agreement, isProtected } from '../../../agreement/index.ts'
import type { FoundAgreement, ReportFacts } from '../evidence/report-facts.ts'
import { sumOf } from '../evidence/count-exchanges.ts'
import {
  agreedNumber,
  countOf,
  fact,
  factsSection,
  figureOf,
  listValue,
  type ReportSection,
  type ReportValue,
  termValue,
  textValue,
} from '../report-content.ts'
import {
  agreementName,
  chosenAgreements,
  elementsValue,
  isAnswer,
  lawValue,
  organisationValue,
  retentionValue,
  standingFacts,
} from './agreement-facts.ts'

const point = (letter: string): string => `GDPR 30(1)(${letter})`

function categoriesValue({ dataElements }: Agreement): ReportValue {
  const found = [...new Set(dataElements.map(({ category }) => category))].toSorted()
  return listValue(found.map((category) => termValue('category', category)))
}

/** Technical and organisational measures that the gateway itself keeps to; no others are claimed. */
function safeguardsValue({ kind, dataElements }: Agreement): ReportValue {
  const ids = ['one-person', 'trace', 'caps', 'time-lock', 'witnesses', 'no-copies']
  const tables = ['tables-noise', 'trace', 'budget', 'time-lock', 'witnesses']
  const own = kind === 'population' || kind === 'join' ? tables : ids
  const consent = dataElements.some(({ category }) => isProtected(category)) ? ['consent'] : []
  return listValue([...own, ...consent].map((id) => termValue('sentence', `measure-${id}`)))
}

function activity(found: FoundAgreement, facts: ReportFacts): ReportSection {
  const { agreement, digest } = found
  const rows = (facts.evidence.counts?.rows ?? []).filter((row) => row.agreement === digest)
  const isProvider = agreement.provider === facts.organisation
  return factsSection(
    'processing-activity',
    [
      fact('role', termValue('sentence', isProvider ? 'role-provider' : 'role-consumer')),
      fact('controller', organisationValue(facts, facts.organisation), point('a')),
      fact('purpose', termValue('purpose', agreement.purpose), point('b')),
      fact('legal-basis', lawValue(agreement), 'GDPR 6'),
      fact('people', agreedNumber(agreement.approximateNumber, 'people'), point('c')),
      fact('categories', categoriesValue(agreement), point('c')),
      fact('elements', elementsValue(agreement), point('c')),
      fact('recipient', organisationValue(facts, agreement.consumer), point('d')),
      fact('transfers', termValue('sentence', 'transfers'), point('e')),
      fact('retention', retentionValue(agreement), point('f')),
      fact('safeguards', safeguardsValue(agreement), point('g')),
      fact('impact-assessment', textValue(agreement.dpiaReference), 'GDPR 35'),
      ...standingFacts(found),
      fact('answered', countOf(sumOf(rows, isAnswer))),
      fact('received', countOf(sumOf(rows, ({ kind }) => kind === 'person.received'))),
    ],
    agreementName(agreement),
  )
}

/** The record of processing activities (GDPR 30(1)): one activity for each agreement. */
export function ropa(facts: ReportFacts): readonly ReportSection[] {
  const chosen = chosenAgreements(facts)
  return [
    factsSection('controller', [
      fact('controller', organisationValue(facts, facts.organisation), point('a')),
      fact('activities', figureOf(chosen.map(({ published }) => published.place))),
    ]),
    ...chosen.map((found) => activity(found, facts)),
  ]
}
