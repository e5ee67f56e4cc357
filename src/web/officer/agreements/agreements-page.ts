import { h } from 'preact'
import { Button } from '../../components/button.ts'
import { Card } from '../../components/card.ts'
import { SummaryList } from '../../components/summary-list.ts'
import type { Markup } from '../../markup.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { asOfficer } from '../as-officer.ts'
import type { AsOfficer } from '../as-officer.ts'
import type { ShownAgreement } from '../officer-desk.ts'
import { lastDay } from './term-days.ts'
import { waitsFor } from '../officer-tasks.ts'
import { StandingTag, standingSentence } from './standing-words.ts'

/** The page of one version of an agreement. */
export function agreementHref({ agreement }: Pick<ShownAgreement, 'agreement'>): string {
  return `/agreements/${agreement.id}/${agreement.version}`
}

function item(context: PageContext, own: string, shown: ShownAgreement): Markup {
  const { words, organisations } = context
  const { agreement, standing } = shown
  const name = nameOf(organisations, words)
  const title = words.t('agreements.name', { id: agreement.id, version: agreement.version })
  const rows = [
    {
      key: words.t('agreements.who'),
      value: words.t('agreements.asks', {
        consumer: name(agreement.consumer),
        provider: name(agreement.provider),
      }),
    },
    { key: words.t('agreements.kind'), value: words.named('agreementKind', agreement.kind) },
    { key: words.t('agreements.standing'), value: standingSentence(words, standing, name) },
    { key: words.t('agreements.lastDay'), value: words.date(lastDay(agreement.notAfterMs)) },
  ]
  return h(
    'li',
    null,
    h(
      Card,
      {
        title: h('a', { class: 'govuk-link', href: agreementHref(shown) }, title),
        level: 3,
        aside: h(StandingTag, { words, standing }),
        accent: agreement.provider,
      },
      waitsFor(shown, own)
        ? h('p', { class: 'govuk-body' }, h('strong', null, words.t('agreements.signMe')))
        : null,
      h(SummaryList, { rows, classes: 'govuk-summary-list--no-border app-facts' }),
    ),
  )
}

const groups = [
  ['agreements.open', ['drafted', 'offered', 'agreed', 'published']],
  ['agreements.inForce', ['active', 'suspended']],
  ['agreements.over', ['expired', 'terminated', 'rejected']],
] as const

async function show(context: PageContext, { desk, own, account }: AsOfficer): Promise<PageResult> {
  const { words } = context
  const agreements = await desk.agreements()
  const title = words.t('section.agreements')
  const sections = groups.flatMap(([heading, states]) => {
    const found = agreements.filter(({ standing }) => states.some((one) => one === standing.state))
    if (found.length === 0) return []
    return [
      h('h2', { class: 'govuk-heading-m' }, words.t(heading)),
      h(
        'ul',
        { class: 'app-stack' },
        found.map((shown) => item(context, own, shown)),
      ),
    ]
  })
  const content = [
    h('span', { class: 'govuk-caption-l' }, account.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('agreements.lead')),
    h(
      'div',
      { class: 'govuk-button-group' },
      h(Button, { text: words.t('agreements.compose'), href: '/compose' }),
      h(Button, { text: words.t('agreements.handIn'), href: '/hand-in', kind: 'secondary' }),
    ),
    sections.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('agreements.none'))
      : sections,
  ]
  return { kind: 'page', title, content }
}

/** Every agreement of the officer's organisation, what is to be done first. */
export const agreementListRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.agreements',
    role: 'dpo',
    method: 'GET',
    path: '/agreements',
    run: (context) => asOfficer(context, (as) => show(context, as)),
  },
]
