import { h } from 'preact'
import { Card } from '../components/card.ts'
import { InsetText } from '../components/inset-text.ts'
import { SummaryList } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asInspector } from './as-inspector.ts'
import type { AsInspector } from './as-inspector.ts'
import type { InspectedSignal } from './inspector-desk.ts'
import { pageHead } from './page-head.ts'

const mostEntriesShown = 12

function decimal(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false })
}

function entriesText({ words }: PageContext, { entries, entryCount }: InspectedSignal): string {
  const shown = entries.slice(0, mostEntriesShown).map(({ index }) => String(index))
  const rest = entryCount - shown.length
  return words.t('inspectSignals.entriesText', { shown: words.list(shown), rest })
}

function signalCard(context: PageContext, signal: InspectedSignal): Markup {
  const { words, organisations } = context
  const { verdict, observed, expected, threshold, falseAlarmsPerYear } = signal
  const tag =
    verdict === null
      ? { text: words.t('inspectSignals.open'), tone: 'waiting' as const }
      : { text: words.named('inspectedVerdict', verdict), tone: 'closed' as const }
  const evidence = words.t('inspectSignals.evidenceText', {
    observed: words.exact(decimal(observed)),
    expected: words.exact(decimal(expected)),
    threshold: words.exact(decimal(threshold)),
  })
  const alarms = words.t('inspectSignals.alarmsText', {
    rate: words.exact(decimal(falseAlarmsPerYear)),
  })
  return h(
    Card,
    { title: words.named('inspectedSignal', signal.kind), aside: h(Tag, tag) },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [
        {
          key: words.t('inspectSignals.seenBy'),
          value: nameOf(organisations, words)(signal.organisation),
        },
        { key: words.t('inspectSignals.evidence'), value: evidence },
        { key: words.t('inspectSignals.alarms'), value: alarms },
        { key: words.t('inspectSignals.entries'), value: entriesText(context, signal) },
        { key: words.t('inspectSignals.made'), value: words.dateTime(signal.madeAtMs) },
        {
          key: words.t('inspect.entry'),
          value: words.t('inspect.entryOf', { entry: signal.entry, log: signal.log }),
        },
      ],
    }),
  )
}

async function show(context: PageContext, { desk, name }: AsInspector): Promise<PageResult> {
  const { words } = context
  const signals = await desk.signals()
  const title = words.t('inspectSignals.title')
  const content = [
    ...pageHead({ name, title, lead: words.t('inspectSignals.lead') }),
    signals.length === 0
      ? h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('inspectSignals.none')))
      : h(
          'div',
          { class: 'app-stack' },
          signals.map((signal) => signalCard(context, signal)),
        ),
  ]
  return { kind: 'page', title, content }
}

/** What may be list building, for people to look at. */
export const signalsRoutes: readonly PageRoute[] = [
  {
    id: 'inspector.signals',
    role: 'inspector',
    method: 'GET',
    path: '/signals',
    run: (context) => asInspector(context, (as) => show(context, as)),
  },
]
