import { breachIn } from '../../breach/index.ts'
import type { GovernanceFact, ReportFacts } from '../evidence/report-facts.ts'
import {
  fact,
  factsSection,
  type Figure,
  figureOf,
  listValue,
  type ReportSection,
  termValue,
  textValue,
} from '../report-content.ts'
import { organisationValue } from './agreement-facts.ts'

/** The authority is told within 72 hours of knowledge (GDPR 33(1)). */
const noticeMs = 72 * 3_600_000

function breachSection({ place, record }: GovernanceFact, facts: ReportFacts): ReportSection {
  const breach = breachIn(record)
  const stated = (value: number, unit: Figure['unit']): Figure => ({
    is: 'figure',
    value,
    unit,
    rule: 'entries',
    entries: [place],
  })
  return factsSection(
    'breach',
    [
      fact('exposed-key', textValue(breach.key)),
      fact(
        'window',
        listValue([
          { is: 'time', atMs: breach.fromMs },
          { is: 'time', atMs: breach.untilMs },
        ]),
      ),
      fact('persons-exposed', stated(breach.persons, 'people'), 'GDPR 33(3)(a)'),
      fact('exchanges-exposed', stated(breach.exchanges, 'count'), 'GDPR 33(3)(a)'),
      fact('contact', organisationValue(facts, facts.organisation), 'GDPR 33(3)(b)'),
      fact('consequences', termValue('sentence', 'breach-consequences'), 'GDPR 33(3)(c)'),
      fact('measures', termValue('sentence', 'breach-measures'), 'GDPR 33(3)(d)'),
      fact('known-at', { is: 'time', atMs: breach.knownAtMs }, 'GDPR 33(1)'),
      fact('authority-due', { is: 'time', atMs: breach.knownAtMs + noticeMs }, 'GDPR 33(1)'),
      fact('declared-at', { is: 'time', atMs: record.timeMs }),
      fact('persons-told', termValue('sentence', 'breach-notice'), 'GDPR 34'),
      fact('entry', { is: 'entry', ...place }),
    ],
    breach.key,
  )
}

/** The scope of breaches (GDPR 33(3)): numbers alone. Whoever is concerned finds a notice on their own page. */
export function breachScope(facts: ReportFacts): readonly ReportSection[] {
  const declared = facts.governance.filter(({ record }) => record.kind === 'breach.declared')
  return [
    factsSection('breaches', [
      fact('breaches', figureOf(declared.map(({ place }) => place)), 'GDPR 33(5)'),
    ]),
    ...declared.map((one) => breachSection(one, facts)),
  ]
}
