import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type {
  AboutPersons,
  Agreement,
  DataElement,
  Notice,
  Precondition,
  TableAgreement,
} from '../../../agreement/index.ts'
import { needsConsent } from '../../../agreement/index.ts'
import { epsilonText } from '../../analyst/exact-text.ts'
import type { SummaryRow } from '../../components/summary-list.ts'
import { written } from '../../components/written.ts'
import type { Markup } from '../../markup.ts'
import type { MessageKey, Words } from '../../messages/words.ts'
import { purposeId } from '../../vocabulary.ts'
import { firstDay, lastDay } from './term-days.ts'

/** Who speaks, and how organisations are called. */
export interface FactsVoice {
  readonly words: Words
  readonly nameOf: (organisation: string) => string
}

type Fact = readonly [key: MessageKey, value: ComponentChildren]

function bullets(items: readonly ComponentChildren[]): Markup {
  return h(
    'ul',
    { class: 'govuk-list govuk-list--bullet app-facts__list' },
    items.map((one) => h('li', null, one)),
  )
}

const comparisons = {
  lt: 'asks.below',
  le: 'asks.atMost',
  ge: 'asks.atLeast',
  gt: 'asks.above',
  eq: 'asks.equals',
  in: 'asks.oneOf',
} as const

function askText(words: Words, { predicate }: DataElement): string {
  if (predicate === null) return words.t('asks.value')
  if (predicate.op === 'equals-supplied') return words.t('asks.supplied')
  const { threshold } = predicate
  const text = typeof threshold === 'object' ? threshold.join(', ') : String(threshold)
  return words.t(comparisons[predicate.op], { threshold: text })
}

function elementItem(words: Words, element: DataElement, isTable: boolean): ComponentChildren {
  const { name, register, source, category } = element
  const asks = isTable ? words.t('asks.table') : askText(words, element)
  const guards = [
    ...(category === 'ordinary' ? [] : [words.named('category', category)]),
    ...(!isTable && needsConsent(element) ? [words.t('asks.consent')] : []),
  ]
  return [
    h('strong', null, words.find('element', name) ?? name),
    ` (${register}.${source}): ${[asks, ...guards].join('; ')}`,
  ]
}

function preconditionText(words: Words, one: Precondition): string {
  switch (one.kind) {
    case 'identifier-scheme':
      return words.t('fact.scheme', { scheme: one.scheme })
    case 'no-placeholder':
      return words.t('fact.placeholder')
    case 'recent-authentication':
      return words.t('fact.authenticated', { seconds: one.seconds })
  }
}

function noticeText(words: Words, notice: Notice): string {
  if (notice.kind === 'immediate') return words.t('fact.noticeNow')
  return words.t('fact.noticeLater', {
    law: notice.law,
    authority: notice.authority.name,
    date: words.date(lastDay(notice.untilMs)),
  })
}

function capTexts(words: Words, agreement: AboutPersons): readonly string[] {
  if (agreement.kind === 'emergency')
    return [
      words.t('limit.perOfficialPer30Days', { most: agreement.caps.perOfficialPer30Days }),
      words.t('limit.perAgreementPer30Days', { most: agreement.caps.perAgreementPer30Days }),
    ]
  const { caps } = agreement
  return [
    words.t('limit.perOfficialPerDay', { most: caps.perOfficialPerDay }),
    words.t('limit.subjectsPerCase', { most: caps.subjectsPerCase }),
    words.t('limit.distinctSubjectsPer30Days', { most: caps.distinctSubjectsPer30Days }),
    words.t('limit.perSubjectPer30Days', { most: caps.perSubjectPer30Days }),
  ]
}

function personFacts(agreement: AboutPersons, { words, nameOf }: FactsVoice): readonly Fact[] {
  const { preconditions, presence, consentIssuers, contest, notice } = agreement
  const conditions = [
    ...(agreement.kind === 'person'
      ? [words.t('fact.case', { source: agreement.caseRule.issuer.name })]
      : [words.t('fact.emergency')]),
    ...preconditions.map((one) => preconditionText(words, one)),
  ]
  const issuers = consentIssuers.map(({ organisation }) => nameOf(organisation))
  return [
    ['fact.caps', bullets(capTexts(words, agreement))],
    ['fact.conditions', bullets(conditions)],
    ...(issuers.length === 0 ? [] : [['fact.consent', words.list(issuers)] as const]),
    [
      'fact.presence',
      words.t(presence.mode === 'hidden' ? 'fact.presenceHidden' : 'fact.presenceRevealed'),
    ],
    ['fact.contest', words.t('fact.days', { days: contest.days })],
    ['fact.notice', noticeText(words, notice)],
  ]
}

function budgetText(words: Words, { privacyBudget }: TableAgreement): string {
  return words.t('fact.epsilon', {
    question: epsilonText(words, privacyBudget.perQuestionMicroEpsilon),
    year: epsilonText(words, privacyBudget.perYearMicroEpsilon),
  })
}

/** How much may be asked under an agreement: its caps, or the privacy budget of its tables. */
export function limitTexts(words: Words, agreement: Agreement): readonly string[] {
  return agreement.kind === 'population' || agreement.kind === 'join'
    ? [budgetText(words, agreement)]
    : capTexts(words, agreement)
}

function tableFacts(agreement: TableAgreement, { words, nameOf }: FactsVoice): readonly Fact[] {
  const budget: Fact = ['fact.privacy', budgetText(words, agreement)]
  if (agreement.kind === 'population') return [budget]
  const { with: other, keyspace, inspector } = agreement.join
  return [
    budget,
    ['fact.join', words.t('fact.joinWith', { other: nameOf(other), keyspace })],
    ['fact.audit', nameOf(inspector)],
  ]
}

function facts(agreement: Agreement, voice: FactsVoice): readonly Fact[] {
  const { words, nameOf } = voice
  const { provider, consumer, retention, supersedes } = agreement
  const isTable = agreement.kind === 'population' || agreement.kind === 'join'
  const kept = words.t('fact.kept', { days: retention.days })
  return [
    [
      'agreements.who',
      words.t('agreements.asks', { consumer: nameOf(consumer), provider: nameOf(provider) }),
    ],
    ['agreements.kind', words.named('agreementKind', agreement.kind)],
    ['fact.purpose', words.named('purpose', purposeId(agreement.purpose))],
    ['fact.basis', bullets(agreement.legalBasis.map((basis) => words.named('law', basis)))],
    ['fact.reference', bullets(agreement.legalReference)],
    ['fact.why', written(agreement.justification)],
    ['fact.expected', written(agreement.expectedResults)],
    [
      'fact.elements',
      bullets(agreement.dataElements.map((element) => elementItem(words, element, isTable))),
    ],
    ...(agreement.kind === 'population' || agreement.kind === 'join'
      ? tableFacts(agreement, voice)
      : personFacts(agreement, voice)),
    ['fact.number', words.t('fact.people', { count: agreement.approximateNumber })],
    ['fact.retention', `${kept} ${words.named('disposal', retention.disposal)}`],
    ['fact.verification', written(agreement.verificationProcedure)],
    ['fact.assessment', written(agreement.dpiaReference)],
    [
      'fact.term',
      words.t('fact.fromTo', {
        from: words.date(firstDay(agreement.notBeforeMs)),
        to: words.date(lastDay(agreement.notAfterMs)),
      }),
    ],
    ...(supersedes === null
      ? []
      : [
          [
            'fact.replaces',
            words.t('agreements.name', { id: supersedes.id, version: supersedes.version }),
          ] as const,
        ]),
  ]
}

/**
 * An agreement in plain words of the page's language, for whoever signs it or watches it: everything that decides
 * what is answered. What its authors wrote stays as they wrote it.
 */
export function agreementFacts(agreement: Agreement, voice: FactsVoice): readonly SummaryRow[] {
  return facts(agreement, voice).map(([key, value]) => ({ key: voice.words.t(key), value }))
}
