import { isAboutPersons } from '../about-persons.ts'
import type {
  Agreement,
  JoinAgreement,
  Notice,
  Precondition,
  TableAgreement,
} from '../agreement.ts'
import { dayText } from '../calendar-day.ts'
import { isProtected, needsConsent } from '../data-element.ts'
import type { DataElement } from '../data-element.ts'
import { wordsOf } from '../draft/element-words.ts'
import { purposeOf } from '../purpose.ts'

/** One line about an agreement: what it is about, and what is agreed. */
export type AgreementLine = readonly [label: string, text: string]

/**
 * An agreement in plain words, for whoever signs it or is asked about under it: everything that decides
 * what is answered, and nothing that is not in the document.
 */
export function describeAgreement(agreement: Agreement): readonly AgreementLine[] {
  const { id, version, provider, consumer, purpose, legalBasis, legalReference } = agreement
  return [
    ['agreement', `${id}, version ${version} (${agreement.kind})${supersedesText(agreement)}`],
    ['who', `${consumer} asks, ${provider} answers`],
    ['purpose', purposeOf(purpose)?.sentence ?? purpose],
    ['legal basis', `${legalBasis.join(', ')}; ${legalReference.join(', ')}`],
    ['why', agreement.justification],
    ['expected', agreement.expectedResults],
    ...agreement.dataElements.map((element): AgreementLine => [
      'may be asked',
      isAboutPersons(agreement) ? askText(element) : countText(element),
    ]),
    ...kindLines(agreement),
    ['concerns', `about ${agreement.approximateNumber} people`],
    [
      'answers',
      `kept ${agreement.retention.days} days, then: ${agreement.retention.disposal}; never passed on`,
    ],
    ['verified', agreement.verificationProcedure],
    ['assessment', agreement.dpiaReference],
    ['term', termText(agreement)],
    ['signed by', signedText(agreement)],
  ]
}

/** From the first day to the last one, both included. */
export function termText({
  notBeforeMs,
  notAfterMs,
}: Pick<Agreement, 'notBeforeMs' | 'notAfterMs'>): string {
  return `${dayText(notBeforeMs)} to ${dayText(notAfterMs - 1)}, both included (UTC)`
}

/** Who has signed the document; says nothing about whether the signatures are good. */
export function signedText({ signatures }: Agreement): string {
  if (signatures.length === 0) return 'nobody yet'
  return signatures
    .map(({ organisation, role }) =>
      role === 'dpo' ? organisation : `${organisation} (inspector)`,
    )
    .join(', ')
}

function supersedesText({ supersedes }: Agreement): string {
  return supersedes === null ? '' : `, in place of ${supersedes.id} version ${supersedes.version}`
}

function askText(element: DataElement): string {
  const { name, register, source, predicate, category } = element
  const question =
    predicate === null
      ? `the value of ${register}.${source}`
      : `whether ${register}.${source} ${predicateText(wordsOf(predicate))}`
  const guard = needsConsent(element) ? `; ${category}: only with the person's own consent` : ''
  const plain = guard === '' && isProtected(category) ? `; ${category}` : guard
  return `${name}: ${question}${plain}`
}

/** What a table has of an element. */
function countText({ name, register, source, category }: DataElement): string {
  const guard = isProtected(category)
    ? `; ${category}: never a filter, and only once an inspector has countersigned`
    : ''
  return `${name}: noisy tables of ${register}.${source}${guard}`
}

function predicateText(words: string): string {
  return words.startsWith('equals ') ? words : `is ${words}`
}

function kindLines(agreement: Agreement): readonly AgreementLine[] {
  switch (agreement.kind) {
    case 'person': {
      const { caps, caseRule, notice } = agreement
      return [
        [
          'at most',
          `${caps.perOfficialPerDay} questions a day by one official, ${caps.subjectsPerCase} people in one case, ${caps.distinctSubjectsPer30Days} people and ${caps.perSubjectPer30Days} questions about one in 30 days`,
        ],
        [
          'only when',
          `in an open case of ${caseRule.issuer.name}, by its official, about its party`,
        ],
        ...personLines(agreement),
        ['told', noticeText(notice)],
      ]
    }
    case 'emergency': {
      const { perOfficialPer30Days, perAgreementPer30Days } = agreement.caps
      return [
        [
          'at most',
          `${perOfficialPer30Days} emergencies by one official and ${perAgreementPer30Days} in all in 30 days`,
        ],
        ...personLines(agreement),
        ['told', noticeText(agreement.notice)],
      ]
    }
    case 'population':
      return [privacyLine(agreement)]
    case 'join':
      return [privacyLine(agreement), ...joinLines(agreement)]
  }
}

function privacyLine({ privacyBudget }: TableAgreement): AgreementLine {
  const { perQuestionMicroEpsilon, perYearMicroEpsilon } = privacyBudget
  return [
    'privacy',
    `epsilon ${perQuestionMicroEpsilon / 1_000_000} a question, ${perYearMicroEpsilon / 1_000_000} a year`,
  ]
}

/** With whom a register is joined, and what each organisation could do with it. */
function joinLines({ consumer, join }: JoinAgreement): readonly AgreementLine[] {
  return [
    ['joined with', `a register of ${join.with}, by ${join.keyspace}; nobody sees who is in both`],
    ['audited by', `${join.inspector}, which may open at most 64 rows of a question`],
    [
      'not prevented',
      `${join.with} and ${consumer} together could see who of ${join.with}'s people is in this register; an audit may find it`,
    ],
  ]
}

function personLines(
  agreement: Extract<Agreement, { kind: 'person' | 'emergency' }>,
): readonly AgreementLine[] {
  const { preconditions, presence, consentIssuers, contest } = agreement
  return [
    ...preconditions.map((one): AgreementLine => ['only when', preconditionText(one)]),
    ...consentIssuers.map(({ organisation }): AgreementLine => [
      'consent',
      `attested by ${organisation}`,
    ]),
    [
      'presence',
      presence.mode === 'hidden'
        ? 'hidden: nobody can tell whether the register has the person'
        : 'revealed: an answer tells whether the register has the person',
    ],
    ['contest', `${contest.days} days before an answer may count against the person`],
  ]
}

function preconditionText(one: Precondition): string {
  switch (one.kind) {
    case 'identifier-scheme':
      return `the person is named by a valid ${one.scheme}`
    case 'no-placeholder':
      return 'no value is a placeholder'
    case 'recent-authentication':
      return `the official has proved who they are within ${one.seconds} seconds`
  }
}

function noticeText(notice: Notice): string {
  if (notice.kind === 'immediate') return 'the person sees every question at once'
  return `withheld under ${notice.law} by order of ${notice.authority.name}, until ${dayText(notice.untilMs - 1)} at the latest`
}
