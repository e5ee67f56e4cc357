import { h } from 'preact'
import { evidenceKinds } from '../../oversight/index.ts'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'
import type { InspectedReconciliation } from './inspector-desk.ts'

/** One gap by name: what is missing or differs, at whom, and which entries show it. */
export function GapCard(props: {
  readonly context: PageContext
  readonly kept: InspectedReconciliation['gaps'][number]
}): Markup {
  const { words, organisations } = props.context
  const { gap, entry, atMs } = props.kept
  const organisation = nameOf(organisations, words)(gap.at)
  const isEvidence = evidenceKinds.has(gap.kind)
  const shown = gap.entries.map((one) =>
    h('li', null, words.t('inspect.entryOf', { entry: one.entry, log: one.log })),
  )
  const leg =
    gap.leg === null ? [] : [{ key: words.t('gap.leg'), value: words.named('leg', gap.leg) }]
  const handle =
    gap.handle === '' ? [] : [{ key: words.t('gap.handle'), value: h('code', null, gap.handle) }]
  return h(
    Card,
    {
      level: 3,
      title: words.named('gapKind', gap.kind),
      aside: h(Tag, {
        text: words.t(isEvidence ? 'gap.evidence' : 'gap.look'),
        tone: isEvidence ? 'refused' : 'waiting',
      }),
    },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [
        { key: words.t('gap.at'), value: organisation },
        { key: words.t('gap.step'), value: words.named('gapStep', gap.step) },
        ...leg,
        { key: words.t('gap.shownBy'), value: h('ul', { class: 'govuk-list' }, shown) },
        ...handle,
        { key: words.t('gap.found'), value: words.dateTime(atMs) },
        { key: words.t('gap.entry'), value: String(entry) },
      ],
    }),
  )
}
