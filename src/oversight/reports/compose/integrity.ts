import type { GovernanceFact, ReportFacts } from '../evidence/report-facts.ts'
import { sumOf } from '../evidence/count-exchanges.ts'
import {
  countOf,
  fact,
  factsSection,
  figureOf,
  type ReportFact,
  type ReportSection,
  termValue,
  textValue,
} from '../report-content.ts'
import type { CountRow } from '../report-file.ts'
import { agreementName, isAnswer, isDenial } from './agreement-facts.ts'

const yearly = '5 U.S.C. 552a(u)(3)(D)'

/** Acts by kind, as the year's log has them: label, and the kinds that it counts. */
const actRows: readonly (readonly [label: string, kinds: readonly string[]])[] = [
  ['agreements-published', ['agreement.published']],
  ['agreements-suspended', ['agreement.suspended']],
  ['agreements-ended', ['agreement.terminated', 'agreement.rejected']],
  ['agreements-reviewed', ['agreement.reviewed']],
  ['signals-raised', ['signal.raised']],
  ['signals-decided', ['signal.decided']],
  ['self-audits-failed', ['signal.self-audit', 'signal.tampering', 'signal.fork']],
  ['unwitnessed', ['signal.unwitnessed']],
  ['emergencies', ['emergency.used']],
  ['emergency-reviews', ['emergency.reviewed']],
  ['notices-withheld', ['notice.withheld', 'notice.extended']],
  ['notices-opened', ['notice.opened']],
  ['restrictions', ['restriction.placed']],
  ['identities-opened', ['inspection.identity-opened']],
  ['budgets', ['budget.opened', 'budget.renewed']],
  ['budget-charges', ['budget.charged']],
  ['audits', ['audit.committed', 'inspection.sample']],
  ['reconciliations', ['reconciliation.signed']],
  ['erasures', ['record.erased']],
  ['breaches', ['breach.declared']],
  ['starts', ['admin.start']],
  ['epochs', ['epoch.closed']],
]

function actFacts(inPeriod: readonly GovernanceFact[]): readonly ReportFact[] {
  return actRows.map(([label, kinds]) => {
    const found = inPeriod.filter(({ record }) => kinds.includes(record.kind))
    return fact(label, figureOf(found.map(({ place }) => place)), yearly)
  })
}

function programRows({ agreements, evidence: { counts } }: ReportFacts): ReportSection['table'] {
  const of = (digest: string): readonly CountRow[] =>
    (counts?.rows ?? []).filter((row) => row.agreement === digest)
  return {
    columns: ['agreement', 'state', 'answered', 'denied', 'received'],
    rows: agreements.map(({ agreement, digest, standing }) => [
      textValue(agreementName(agreement)),
      termValue('state', standing.state),
      countOf(sumOf(of(digest), isAnswer)),
      countOf(sumOf(of(digest), isDenial)),
      countOf(sumOf(of(digest), ({ kind }) => kind === 'person.received')),
    ]),
  }
}

function denialTable(rows: readonly CountRow[]): ReportSection['table'] {
  const codes = [...new Set(rows.map(({ code }) => code))].filter((code) => code !== null)
  return {
    columns: ['reason', 'denied'],
    rows: codes
      .toSorted()
      .map((code) => [termValue('code', code), countOf(sumOf(rows, (row) => row.code === code))]),
  }
}

/** The yearly report on data integrity (5 U.S.C. 552a(u)(3)(D)): programs, their use, what went wrong, what was done. */
export function integrity(facts: ReportFacts): readonly ReportSection[] {
  const { fromMs, untilMs } = facts.parameters
  const inPeriod = facts.governance.filter(
    ({ record: { timeMs } }) => fromMs <= timeMs && timeMs < untilMs,
  )
  const rows = facts.evidence.counts?.rows ?? []
  return [
    { title: 'programs', of: null, facts: [], table: programRows(facts) },
    factsSection('exchanges', [
      fact('answered', countOf(sumOf(rows, isAnswer)), yearly),
      fact('denied', countOf(sumOf(rows, isDenial)), yearly),
      fact('asked', countOf(sumOf(rows, ({ kind }) => kind === 'person.asked')), yearly),
      fact('received', countOf(sumOf(rows, ({ kind }) => kind === 'person.received')), yearly),
      fact('join-messages', countOf(sumOf(rows, ({ kind }) => kind === 'join.message')), yearly),
    ]),
    { title: 'denials', of: null, facts: [], table: denialTable(rows.filter(isDenial)) },
    factsSection('acts-of-the-year', actFacts(inPeriod)),
  ]
}
