import type { ReportFacts } from '../evidence/report-facts.ts'
import { sumOf } from '../evidence/count-exchanges.ts'
import {
  countOf,
  fact,
  factsSection,
  type ReportSection,
  type ReportValue,
  termValue,
  textValue,
} from '../report-content.ts'
import type { CountRow } from '../report-file.ts'
import {
  agreementName,
  elementsValue,
  isAnswer,
  isDenial,
  lawValue,
  organisationValue,
} from './agreement-facts.ts'
import { disclosureSections } from './disclosures.ts'

/** Every agreement under which this organisation was asked, named or not any more. */
function askedUnder(rows: readonly CountRow[]): readonly (readonly [string | null, string])[] {
  const found = new Map<string, readonly [string | null, string]>()
  for (const { agreement, consumer } of rows)
    found.set(`${agreement} ${consumer}`, [agreement, consumer])
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair)
}

function recipientRow(
  [digest, consumer]: readonly [string | null, string],
  rows: readonly CountRow[],
  facts: ReportFacts,
): readonly ReportValue[] {
  const known = facts.agreements.find((one) => one.digest === digest)
  const own = rows.filter((row) => row.agreement === digest && row.consumer === consumer)
  const none: ReportValue = { is: 'none' }
  const agreement = known?.agreement
  return [
    organisationValue(facts, consumer),
    agreement === undefined ? none : textValue(agreementName(agreement)),
    agreement === undefined ? none : termValue('purpose', agreement.purpose),
    agreement === undefined ? none : lawValue(agreement),
    agreement === undefined ? none : elementsValue(agreement),
    countOf(sumOf(own, isAnswer)),
    countOf(sumOf(own, isDenial)),
  ]
}

function monthTable(rows: readonly CountRow[]): ReportSection {
  const months = [...new Set(rows.map(({ month }) => month))].toSorted()
  const inMonth = (month: string): readonly CountRow[] => rows.filter((row) => row.month === month)
  return {
    title: 'by-month',
    of: null,
    facts: [],
    table: {
      columns: ['month', 'answered', 'denied'],
      rows: months.map((month) => [
        textValue(month),
        countOf(sumOf(inMonth(month), isAnswer)),
        countOf(sumOf(inMonth(month), isDenial)),
      ]),
    },
  }
}

/**
 * The accounting of disclosures (5 U.S.C. 552a(c)): of one person each with date, nature, purpose and the
 * recipient's name and address; of the organisation the numbers of them, which name nobody.
 */
export function accounting(facts: ReportFacts): readonly ReportSection[] {
  const { evidence, organisation } = facts
  if (evidence.person !== null) return disclosureSections(facts, evidence.person)
  const { counts } = evidence
  const rows = (counts?.rows ?? []).filter(
    (row) => row.provider === organisation && (isAnswer(row) || isDenial(row)),
  )
  return [
    factsSection('totals', [
      fact('answered', countOf(sumOf(rows, isAnswer)), '5 U.S.C. 552a(c)(1)'),
      fact('denied', countOf(sumOf(rows, isDenial))),
      fact('erased', countOf(counts?.erased ?? 0), '5 U.S.C. 552a(c)(2)'),
      fact(
        'withheld',
        countOf(sumOf(rows, ({ notice }) => notice === 'withheld')),
        '5 U.S.C. 552a(c)(3)',
      ),
    ]),
    {
      title: 'recipients',
      of: null,
      facts: [],
      table: {
        columns: [
          'recipient',
          'agreement',
          'purpose',
          'legal-basis',
          'elements',
          'answered',
          'denied',
        ],
        rows: askedUnder(rows).map((pair) => recipientRow(pair, rows, facts)),
      },
    },
    monthTable(rows),
  ]
}
