import { h } from 'preact'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { AnswerCorrection, TraceItem } from '../demo-backend.ts'
import type { Markup } from '../markup.ts'
import { logOwner, nameOf } from '../organisation-name.ts'
import type { PageResult, PageRoute } from '../page-route.ts'
import { CorrectionNote } from './correction-note.ts'
import { asOfficial } from './question-draft.ts'
import { atCases, type CaseContext } from './case-context.ts'

interface TracedItem {
  readonly trace: TraceItem
  readonly corrections: readonly AnswerCorrection[]
}

function item(context: CaseContext, { trace, corrections }: TracedItem): Markup {
  const { words, organisations } = context
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
      h(CorrectionNote, {
        context,
        corrections,
        provider: trace.provider,
        level: 3,
        id: `corrected-${trace.exchangeId}`,
      }),
    ),
  )
}

/** Only what was answered can be corrected. */
async function traced(context: CaseContext, trace: TraceItem): Promise<TracedItem> {
  const { cases } = context
  const corrections = trace.outcome === 'permit' ? await cases.corrections(trace.exchangeId) : []
  return { trace, corrections }
}

function showTrace(context: CaseContext): Promise<PageResult> {
  const { words, cases } = context
  return asOfficial(context, async ({ official }) => {
    const traces = await cases.trace(official.id)
    const items = await Promise.all(traces.map((trace) => traced(context, trace)))
    const corrected = items.filter(({ corrections }) => corrections.length > 0).length
    const refused = traces.filter(({ outcome }) => outcome === 'deny').length
    const content = [
      h('span', { class: 'govuk-caption-l' }, official.name),
      h('h1', { class: 'govuk-heading-l' }, words.t('trace.title')),
      h(
        'p',
        { class: 'govuk-body-l app-measure' },
        words.t('trace.lead', { count: traces.length, refused }),
      ),
      corrected === 0
        ? null
        : h(
            'p',
            { class: 'govuk-body app-measure govuk-!-font-weight-bold' },
            words.t('trace.corrected', { count: corrected }),
          ),
      h(
        'ul',
        { class: 'app-stack' },
        items.map((one) => item(context, one)),
      ),
    ]
    return { kind: 'page', title: words.t('trace.title'), content }
  })
}

/** The official's own questions: what they asked is in the log for them too. */
export const traceRoutes: readonly PageRoute[] = [
  {
    id: 'caseworker.trace',
    role: 'caseworker',
    method: 'GET',
    path: '/trace',
    run: atCases(showTrace),
  },
]
