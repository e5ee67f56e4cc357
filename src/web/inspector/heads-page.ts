import { h } from 'preact'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { LogHead } from '../demo-backend.ts'
import { ageState } from '../layout/status-strip.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asInspector } from './as-inspector.ts'
import type { AsInspector } from './as-inspector.ts'
import { pageHead } from './page-head.ts'

const tones = { fresh: 'good', late: 'waiting', stopped: 'refused' } as const

function headCard({ words, organisations }: PageContext, head: LogHead): Markup {
  const isWitnessed = head.cosignedBy.length > 0
  const state = ageState(head.ageMs)
  const tag = isWitnessed
    ? { text: words.t(`head.${state}`, { age: words.duration(head.ageMs) }), tone: tones[state] }
    : { text: words.t('head.none'), tone: 'refused' as const }
  const witnesses = head.cosignedBy.map((name) => h('li', null, h('code', null, name)))
  return h(
    Card,
    { title: nameOf(organisations, words)(head.organisation), aside: h(Tag, tag) },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [
        { key: words.t('inspect.log'), value: h('code', null, head.origin) },
        { key: words.t('heads.size'), value: String(head.size) },
        { key: words.t('heads.root'), value: h('code', { class: 'app-break' }, head.root) },
        { key: words.t('heads.witnesses'), value: h('ul', { class: 'govuk-list' }, witnesses) },
      ],
    }),
  )
}

async function show(context: PageContext, { name }: AsInspector): Promise<PageResult> {
  const { words, backend } = context
  const heads = await backend.heads()
  const title = words.t('heads.title')
  const content = [
    ...pageHead({ name, title, lead: words.t('heads.lead') }),
    h(
      'div',
      { class: 'app-stack' },
      heads.map((head) => headCard(context, head)),
    ),
  ]
  return { kind: 'page', title, content }
}

/** The newest head of each log, and which witnesses vouch for it. */
export const headsRoutes: readonly PageRoute[] = [
  {
    id: 'inspector.heads',
    role: 'inspector',
    method: 'GET',
    path: '/heads',
    run: (context) => asInspector(context, (as) => show(context, as)),
  },
]
