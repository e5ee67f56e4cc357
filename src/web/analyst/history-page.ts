import { h } from 'preact'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asAnalyst } from './as-analyst.ts'
import type { AsAnalyst } from './as-analyst.ts'
import { chartWords } from './chart-words.ts'
import { JoinCard } from './joins/join-card.ts'
import { readKept } from './kept-table.ts'
import type { KeptTable } from './kept-table.ts'
import { epsilonText } from './exact-text.ts'

function item({ words, organisations }: PageContext, table: KeptTable): Markup {
  const { kept } = table
  const isReleased = table.state === 'released'
  const title = isReleased
    ? chartWords(words, table.file.release).title
    : words.named('tableCode', table.answer.code)
  const cost = isReleased
    ? [
        {
          key: words.t('certificate.epsilon'),
          value: epsilonText(words, table.file.release.certificate.microEpsilon),
        },
      ]
    : []
  return h(
    Card,
    {
      title,
      aside: h(Tag, {
        text: words.t(isReleased ? 'history.released' : 'history.refused'),
        tone: isReleased ? 'good' : 'refused',
      }),
    },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [
        { key: words.t('history.asked'), value: words.dateTime(kept.atMs) },
        {
          key: words.t('history.provider'),
          value: nameOf(organisations, words)(kept.provider),
        },
        ...cost,
      ],
    }),
    h(
      'p',
      { class: 'govuk-body' },
      h(
        'a',
        { class: 'govuk-link', href: `/results/${kept.exchangeId}` },
        words.t('history.open'),
        h('span', { class: 'govuk-visually-hidden' }, `: ${title}, ${words.dateTime(kept.atMs)}`),
      ),
    ),
  )
}

interface Listed {
  readonly atMs: number
  readonly card: Markup
}

/** Tables over one register and over two, the newest first. */
async function listed(
  context: PageContext,
  { desk, joins, analyst }: AsAnalyst,
): Promise<readonly Listed[]> {
  const [tables, runs] = await Promise.all([
    desk === undefined ? [] : desk.results(analyst),
    joins === undefined ? [] : joins.results(analyst),
  ])
  return [
    ...tables.map((kept) => ({ atMs: kept.atMs, card: item(context, readKept(kept)) })),
    ...runs.map((run) => ({ atMs: run.begunMs, card: h(JoinCard, { context, listed: run }) })),
  ].toSorted((one, other) => other.atMs - one.atMs)
}

async function show(context: PageContext, as: AsAnalyst): Promise<PageResult> {
  const { words } = context
  const all = await listed(context, as)
  const title = words.t('history.title')
  const content = [
    h('span', { class: 'govuk-caption-l' }, as.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('history.lead', { count: all.length })),
    h(
      'ul',
      { class: 'app-stack' },
      all.map(({ card }) => h('li', null, card)),
    ),
  ]
  return { kind: 'page', title, content }
}

/** What the analyst has asked: each is in the log for them too. */
export const historyRoutes: readonly PageRoute[] = [
  {
    id: 'analyst.history',
    role: 'analyst',
    method: 'GET',
    path: '/history',
    run: (context) => asAnalyst(context, (as) => show(context, as)),
  },
]
