import { h } from 'preact'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asOfficer } from './as-officer.ts'
import type { AsOfficer } from './as-officer.ts'
import type { ShownSignal } from './officer-desk.ts'

/** Whether a signal is decided, and how. */
export function VerdictTag({
  words,
  decision,
}: Pick<ShownSignal, 'decision'> & { readonly words: Words }): Markup {
  return decision === null
    ? h(Tag, { text: words.t('signals.open'), tone: 'waiting' })
    : h(Tag, {
        text: words.named('verdict', decision.verdict),
        tone: decision.verdict === 'misuse' ? 'refused' : 'closed',
      })
}

function item({ words, organisations }: PageContext, signal: ShownSignal): Markup {
  const rows = [
    { key: words.t('signals.consumer'), value: nameOf(organisations, words)(signal.consumer) },
    { key: words.t('agreements.name1'), value: signal.agreement ?? words.t('signals.any') },
    { key: words.t('signals.when'), value: words.dateTime(signal.madeAtMs) },
    {
      key: words.t('signals.entries'),
      value: words.t('signals.count', { count: signal.entryCount }),
    },
  ]
  return h(
    'li',
    null,
    h(
      Card,
      {
        title: h(
          'a',
          { class: 'govuk-link', href: `/signals/${signal.id}` },
          words.named('signal', signal.kind),
        ),
        aside: h(VerdictTag, { words, decision: signal.decision }),
      },
      h(SummaryList, { rows, classes: 'govuk-summary-list--no-border app-facts' }),
    ),
  )
}

async function show(context: PageContext, { desk, account }: AsOfficer): Promise<PageResult> {
  const { words } = context
  const signals = await desk.signals()
  const title = words.t('section.signals')
  const open = signals.filter(({ decision }) => decision === null)
  const decided = signals.filter(({ decision }) => decision !== null)
  const list = (found: readonly ShownSignal[]): Markup =>
    h(
      'ul',
      { class: 'app-stack' },
      found.map((signal) => item(context, signal)),
    )
  const content = [
    h('span', { class: 'govuk-caption-l' }, account.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('signals.lead')),
    open.length === 0 ? h('p', { class: 'govuk-inset-text' }, words.t('signals.none')) : list(open),
    ...(decided.length === 0
      ? []
      : [h('h2', { class: 'govuk-heading-m' }, words.t('signals.decided')), list(decided)]),
  ]
  return { kind: 'page', title, content }
}

/** The signals of the list-building detectors, open ones first. */
export const signalListRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.signals',
    role: 'dpo',
    method: 'GET',
    path: '/signals',
    run: (context) => asOfficer(context, (as) => show(context, as)),
  },
]
