import { type Agreement, isAboutPersons, reviewDueMs } from '../../../agreement/index.ts'
import type { FoundAgreement, ReportFacts } from '../evidence/report-facts.ts'
import { sumOf } from '../evidence/count-exchanges.ts'
import {
  agreedNumber,
  countOf,
  fact,
  factsSection,
  figureOf,
  listValue,
  type ReportFact,
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
  isDenial,
  lawValue,
  noticeValue,
  organisationValue,
  retentionValue,
  standingFacts,
} from './agreement-facts.ts'

const paragraph = (letter: string): string => `5 U.S.C. 552a(o)(1)(${letter})`

/** How the person can contest before an answer counts against them, 552a(p). */
function contestValue(agreement: Agreement): ReportValue {
  if (!isAboutPersons(agreement)) return termValue('sentence', 'contest-tables')
  return listValue([termValue('sentence', 'contest'), agreedNumber(agreement.contest.days, 'days')])
}

function signaturesValue({ signatures }: Agreement, facts: ReportFacts): ReportValue {
  return listValue(
    signatures.map(({ organisation, role, keyId }) =>
      listValue([organisationValue(facts, organisation), textValue(role), textValue(keyId)]),
    ),
  )
}

/** What 552a(o)(1) asks a written agreement to say, paragraph by paragraph. */
function agreementParagraphs(agreement: Agreement, facts: ReportFacts): readonly ReportFact[] {
  const sentence = (id: string): ReportValue => termValue('sentence', id)
  return [
    fact('source', organisationValue(facts, agreement.provider)),
    fact('recipient', organisationValue(facts, agreement.consumer)),
    fact('purpose', termValue('purpose', agreement.purpose), paragraph('A')),
    fact('legal-basis', lawValue(agreement), paragraph('A')),
    fact('justification', textValue(agreement.justification), paragraph('B')),
    fact('expected-results', textValue(agreement.expectedResults), paragraph('B')),
    fact('elements', elementsValue(agreement), paragraph('C')),
    fact('approximate-number', agreedNumber(agreement.approximateNumber, 'people'), paragraph('C')),
    fact('individual-notice', noticeValue(agreement), paragraph('D')),
    fact('verification', textValue(agreement.verificationProcedure), paragraph('E')),
    fact('contest', contestValue(agreement), '5 U.S.C. 552a(p)'),
    fact('retention', retentionValue(agreement), paragraph('F')),
    fact('security', sentence('security'), paragraph('G')),
    fact('redisclosure', sentence('no-redisclosure'), paragraph('H')),
    fact('return', sentence('return'), paragraph('I')),
    fact('accuracy', sentence('accuracy'), paragraph('J')),
    fact('comptroller', sentence('comptroller'), paragraph('K')),
    fact('signatures', signaturesValue(agreement, facts)),
  ]
}

function useFacts(
  { digest }: FoundAgreement,
  { evidence: { counts } }: ReportFacts,
): readonly ReportFact[] {
  const rows = (counts?.rows ?? []).filter(({ agreement }) => agreement === digest)
  return [
    fact('answered', countOf(sumOf(rows, isAnswer))),
    fact('denied', countOf(sumOf(rows, isDenial))),
    fact('received', countOf(sumOf(rows, ({ kind }) => kind === 'person.received'))),
  ]
}

/** When both have to look at it again; 552a(u)(3)(B) asks for a yearly review. */
function reviewFacts({ agreement, acts }: FoundAgreement): readonly ReportFact[] {
  const due = reviewDueMs(agreement)
  const reviews = acts.filter(({ record }) => record.kind === 'agreement.reviewed')
  return [
    fact('reviews', figureOf(reviews.map(({ place }) => place)), '5 U.S.C. 552a(u)(3)(B)'),
    fact('review-due', due === null ? { is: 'none' } : { is: 'day', atMs: due }),
  ]
}

function agreementSection(found: FoundAgreement, facts: ReportFacts): ReportSection {
  return factsSection(
    'matching-agreement',
    [
      ...agreementParagraphs(found.agreement, facts),
      ...standingFacts(found),
      ...reviewFacts(found),
      ...useFacts(found, facts),
    ],
    agreementName(found.agreement),
  )
}

function registerRow(
  { agreement, standing, published }: FoundAgreement,
  facts: ReportFacts,
): readonly ReportValue[] {
  return [
    textValue(agreementName(agreement)),
    organisationValue(facts, agreement.provider),
    organisationValue(facts, agreement.consumer),
    termValue('purpose', agreement.purpose),
    termValue('state', standing.state),
    { is: 'time', atMs: published.record.timeMs },
    { is: 'day', atMs: agreement.notAfterMs - 1 },
    { is: 'entry', ...published.place },
  ]
}

/** Matching agreements and their public register (5 U.S.C. 552a(o)). */
export function matching(facts: ReportFacts): readonly ReportSection[] {
  const chosen = chosenAgreements(facts)
  return [
    {
      title: 'register',
      of: null,
      facts: [
        fact(
          'agreements',
          figureOf(chosen.map(({ published }) => published.place)),
          '5 U.S.C. 552a(o)(2)(A)',
        ),
        fact(
          'active-agreements',
          figureOf(
            chosen
              .filter(({ standing }) => standing.state === 'active')
              .map(({ published }) => published.place),
          ),
        ),
      ],
      table: {
        columns: [
          'agreement',
          'source',
          'recipient',
          'purpose',
          'state',
          'published',
          'ends',
          'entry',
        ],
        rows: chosen.map((found) => registerRow(found, facts)),
      },
    },
    ...chosen.map((found) => agreementSection(found, facts)),
  ]
}
