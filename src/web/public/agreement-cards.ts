import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Agreement } from '../../agreement/index.ts'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { limitTexts } from '../officer/agreements/agreement-facts.ts'
import { StandingTag, standingSentence } from '../officer/agreements/standing-words.ts'
import { lastDay } from '../officer/agreements/term-days.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'
import { purposeId } from '../vocabulary.ts'
import type { PublicAgreement } from './public-desk.ts'

const dayMs = 86_400_000

/** Cards on one page, so that it stays light however many agreements there are. */
export const mostCards = 30

/** The page of one version of an agreement, for everybody. */
export function publicAgreementHref({ agreement }: Pick<PublicAgreement, 'agreement'>): string {
  return `/agreements/${agreement.id}/${agreement.version}`
}

/** When an agreement ends, and how many days that leaves. */
export function termText(words: Words, { notAfterMs }: Agreement, nowMs: number): string {
  const days = Math.max(0, Math.ceil((notAfterMs - nowMs) / dayMs))
  return words.t('public.daysLeft', { date: words.date(lastDay(notAfterMs)), days })
}

function bullets(items: readonly string[]): Markup {
  return h(
    'ul',
    { class: 'govuk-list govuk-list--bullet app-facts__list' },
    items.map((item) => h('li', null, item)),
  )
}

function rowsOf({ words, nowMs }: PageContext, { agreement }: PublicAgreement): SummaryRow[] {
  const elements = agreement.dataElements.map(({ name }) => words.named('element', name))
  const row = (key: string, value: ComponentChildren): SummaryRow => ({ key, value })
  return [
    row(words.t('agreements.kind'), words.named('agreementKind', agreement.kind)),
    row(words.t('fact.purpose'), words.named('purpose', purposeId(agreement.purpose))),
    row(
      words.t('fact.basis'),
      words.list(agreement.legalBasis.map((basis) => words.named('law', basis))),
    ),
    row(words.t('fact.elements'), words.list(elements)),
    row(words.t('fact.caps'), bullets(limitTexts(words, agreement))),
    row(words.t('agreements.lastDay'), termText(words, agreement, nowMs)),
  ]
}

function agreementCard(context: PageContext, shown: PublicAgreement): Markup {
  const { words, organisations } = context
  const { agreement, standing } = shown
  const name = nameOf(organisations, words)
  const title = words.t('agreements.asks', {
    consumer: name(agreement.consumer),
    provider: name(agreement.provider),
  })
  return h(
    'li',
    null,
    h(
      Card,
      {
        title: h('a', { class: 'govuk-link', href: publicAgreementHref(shown) }, title),
        level: 3,
        aside: h(StandingTag, { words, standing }),
        accent: agreement.provider,
      },
      h(
        'p',
        { class: 'app-card__when app-anywhere' },
        words.t('agreements.name', { id: agreement.id, version: agreement.version }),
      ),
      h('p', { class: 'govuk-body' }, standingSentence(words, standing, name)),
      h(SummaryList, {
        rows: rowsOf(context, shown),
        classes: 'govuk-summary-list--no-border app-facts',
      }),
    ),
  )
}

/** The agreements in force, each with who asks whom what, why, under which law, how much and how long. */
export function AgreementCards({
  context,
  agreements,
}: {
  readonly context: PageContext
  readonly agreements: readonly PublicAgreement[]
}): Markup {
  const { words } = context
  const rest = agreements.length - mostCards
  return h(
    'section',
    null,
    h('h2', { class: 'govuk-heading-m' }, words.t('public.agreements')),
    agreements.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('public.noAgreement'))
      : h(
          'ul',
          { class: 'app-stack' },
          agreements.slice(0, mostCards).map((shown) => agreementCard(context, shown)),
        ),
    rest <= 0
      ? null
      : h('p', { class: 'govuk-body' }, words.rich('public.moreAgreements', { count: rest })),
  )
}
