import { h } from 'preact'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { TraceItem } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { logOwner, nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asOfficial } from './question-draft.ts'

function item({ words, organisations }: PageContext, trace: TraceItem): Markup {
  const name = nameOf(organisations, words)
  const provider = name(trace.provider)
  const owner = name(logOwner(organisations, trace.origin, trace.provider))
  const permitted = trace.outcome === 'permit'
  const rows: SummaryRow[] = [
    { key: words.t('case.reference'), value: trace.caseReference },
    { key: words.t('check.provider'), value: provider },
  ]
  if (trace.entryIndex !== undefined) {
    const value = words.t('entry.number', { index: trace.entryIndex, organisation: owner })
    rows.push({ key: words.t('trace.entry'), value })
  }
  if (trace.code !== undefined) {
    rows.push({ key: words.t('disclosure.refused'), value: words.named('code', trace.code) })
  }
  return h(
    'li',
    null,
    h(
      Card,
      {
        title: words.list(trace.elements.map((element) => words.named('element', element))),
        aside: h(Tag, {
          text: words.named('outcome', trace.outcome),
          tone: permitted ? 'good' : 'refused',
        }),
      },
      h('p', { class: 'app-card__when' }, words.dateTime(trace.atMs)),
      h(SummaryList, { rows, classes: 'govuk-summary-list--no-border app-facts' }),
    ),
  )
}

function showTrace(context: PageContext): Promise<PageResult> {
  const { words, backend } = context
  return asOfficial(context, async ({ official }) => {
    const traces = await backend.trace(official.id)
    const refused = traces.filter(({ outcome }) => outcome === 'deny').length
    const content = [
      h('span', { class: 'govuk-caption-l' }, official.name),
      h('h1', { class: 'govuk-heading-l' }, words.t('trace.title')),
      h(
        'p',
        { class: 'govuk-body-l app-measure' },
        words.t('trace.lead', { count: traces.length, refused }),
      ),
      h(
        'ul',
        { class: 'app-stack' },
        traces.map((trace) => item(context, trace)),
      ),
    ]
    return { kind: 'page', title: words.t('trace.title'), content }
  })
}

/** The official's own questions: what they asked is in the log for them too. */
export const traceRoutes: readonly PageRoute[] = [
  { id: 'caseworker.trace', role: 'caseworker', method: 'GET', path: '/trace', run: showTrace },
]
