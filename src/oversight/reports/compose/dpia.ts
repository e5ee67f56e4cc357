import { type Agreement, isAboutPersons, lintAgreement } from '../../../agreement/index.ts'
import type { FoundAgreement, ReportFacts } from '../evidence/report-facts.ts'
import { sumOf } from '../evidence/count-exchanges.ts'
import {
  agreedNumber,
  countOf,
  fact,
  factsSection,
  listValue,
  type ReportFact,
  type ReportSection,
  type ReportValue,
  saidValue,
  termValue,
  textValue,
} from '../report-content.ts'
import {
  agreementName,
  chosenAgreements,
  elementsValue,
  isAnswer,
  isDenial,
  lawValue,
  noticeValue,
  organisationValue,
  retentionValue,
  standingFacts,
} from './agreement-facts.ts'

const point = (letter: string): string => `GDPR 35(7)(${letter})`

function described({ agreement }: FoundAgreement, facts: ReportFacts): readonly ReportFact[] {
  return [
    fact('source', organisationValue(facts, agreement.provider), point('a')),
    fact('recipient', organisationValue(facts, agreement.consumer), point('a')),
    fact('purpose', termValue('purpose', agreement.purpose), point('a')),
    fact('elements', elementsValue(agreement), point('a')),
    fact('people', agreedNumber(agreement.approximateNumber, 'people'), point('a')),
    fact('legal-basis', lawValue(agreement), point('b')),
    fact('justification', textValue(agreement.justification), point('b')),
    fact('expected-results', textValue(agreement.expectedResults), point('b')),
    fact('retention', retentionValue(agreement), point('b')),
    fact('individual-notice', noticeValue(agreement), point('b')),
    fact('impact-assessment', textValue(agreement.dpiaReference), 'GDPR 35'),
  ]
}

/** What whoever signed it should have looked at, at the time of its publication. */
function findings({ agreement, published }: FoundAgreement): ReportSection {
  const found = lintAgreement(agreement, published.record.timeMs)
  return {
    title: 'necessity',
    of: agreementName(agreement),
    facts: [],
    table: {
      columns: ['finding', 'law', 'advice'],
      rows: found.map(({ said, law }) => [
        saidValue(said.message),
        termValue('citation', law),
        saidValue(said.advice),
      ]),
    },
  }
}

const personRisks = [
  ['risk-list', ['one-person', 'caps']],
  ['risk-curiosity', ['case', 'trace', 'caps']],
  ['risk-secrecy', ['trace', 'witnesses', 'notice']],
  ['risk-expansion', ['time-lock', 'register']],
  ['risk-error', ['contest', 'no-copies']],
  ['risk-outside', ['outside']],
] as const

const tableRisks = [
  ['risk-singling-out', ['tables-noise', 'budget']],
  ['risk-expansion', ['time-lock', 'register']],
  ['risk-secrecy', ['trace', 'witnesses']],
  ['risk-outside', ['outside']],
] as const

/** Risks for the people concerned, and what stands against each; what nothing here prevents is said. */
function risks(agreement: Agreement): ReportSection {
  const rows = isAboutPersons(agreement) ? personRisks : tableRisks
  const measures = (ids: readonly string[]): ReportValue =>
    listValue(ids.map((id) => termValue('sentence', `measure-${id}`)))
  return {
    title: 'risks',
    of: agreementName(agreement),
    facts: [],
    table: {
      columns: ['risk', 'measures'],
      rows: rows.map(([risk, ids]) => [termValue('sentence', risk), measures(ids)]),
    },
  }
}

function limits(agreement: Agreement): readonly ReportFact[] {
  switch (agreement.kind) {
    case 'person':
      return [
        fact('per-official-day', agreedNumber(agreement.caps.perOfficialPerDay, 'count')),
        fact('subjects-per-case', agreedNumber(agreement.caps.subjectsPerCase, 'people')),
        fact('subjects-30-days', agreedNumber(agreement.caps.distinctSubjectsPer30Days, 'people')),
        fact('per-subject-30-days', agreedNumber(agreement.caps.perSubjectPer30Days, 'count')),
      ]
    case 'emergency':
      return [
        fact('per-official-30-days', agreedNumber(agreement.caps.perOfficialPer30Days, 'count')),
        fact('per-agreement-30-days', agreedNumber(agreement.caps.perAgreementPer30Days, 'count')),
      ]
    case 'population':
    case 'join': {
      const { perQuestionMicroEpsilon, perYearMicroEpsilon } = agreement.privacyBudget
      return [
        fact('epsilon-question', agreedNumber(perQuestionMicroEpsilon, 'micro-epsilon')),
        fact('epsilon-year', agreedNumber(perYearMicroEpsilon, 'micro-epsilon')),
      ]
    }
  }
}

function observed(found: FoundAgreement, { evidence: { counts } }: ReportFacts): ReportSection {
  const rows = (counts?.rows ?? []).filter(({ agreement }) => agreement === found.digest)
  return factsSection(
    'observed',
    [
      ...standingFacts(found),
      ...limits(found.agreement),
      fact('answered', countOf(sumOf(rows, isAnswer))),
      fact('denied', countOf(sumOf(rows, isDenial))),
      fact('received', countOf(sumOf(rows, ({ kind }) => kind === 'person.received'))),
    ],
    agreementName(found.agreement),
  )
}

/** What a data protection impact assessment begins with (GDPR 35(7)): description, necessity, risks, measures. */
export function dpia(facts: ReportFacts): readonly ReportSection[] {
  return chosenAgreements(facts).flatMap((found) => [
    factsSection('description', described(found, facts), agreementName(found.agreement)),
    findings(found),
    risks(found.agreement),
    observed(found, facts),
  ])
}
