import { h } from 'preact'
import type { JoinListed } from '../../../population/index.ts'
import { planCost } from '../../../population/index.ts'
import { Card } from '../../components/card.ts'
import { SummaryList } from '../../components/summary-list.ts'
import { Tag } from '../../components/tag.ts'
import type { Markup } from '../../markup.ts'
import type { PageContext } from '../../page-route.ts'
import { partiesOf, planTitle } from './join-words.ts'
import { planPrice } from './plan-price.ts'

const tags = {
  running: ['history.running', 'waiting'],
  released: ['history.released', 'good'],
  stopped: ['history.stopped', 'refused'],
} as const

/** One question over two registers in the list of an analyst's tables. */
export function JoinCard({
  context,
  listed,
}: {
  readonly context: PageContext
  readonly listed: JoinListed
}): Markup {
  const { words } = context
  const { plan, begunMs, qid, state } = listed
  const { left, right } = partiesOf(context, plan)
  const title = planTitle(context, listed)
  const [text, tone] = tags[state]
  return h(
    Card,
    { title, aside: h(Tag, { text: words.t(text), tone }) },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [
        { key: words.t('history.asked'), value: words.dateTime(begunMs) },
        { key: words.t('history.holders'), value: words.list([left, right]) },
        { key: words.t('pair.charged'), value: planPrice(words, planCost(plan)) },
      ],
    }),
    h(
      'p',
      { class: 'govuk-body' },
      h(
        'a',
        { class: 'govuk-link', href: `/joins/${qid}` },
        words.t('history.open'),
        h('span', { class: 'govuk-visually-hidden' }, `: ${title}, ${words.dateTime(begunMs)}`),
      ),
    ),
  )
}
