import { h } from 'preact'
import { Card } from '../components/card.ts'
import { InsetText } from '../components/inset-text.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
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

/** Who asked whom, under what, when. */
function aboutRows(
  { words, organisations }: PageContext,
  signal: InspectedSignal,
): readonly SummaryRow[] {
  const { organisation, side, consumer, agreement, official, fromMs, toMs } = signal
  const name = nameOf(organisations, words)
  return [
    {
      key: words.t('inspectSignals.seenBy'),
      value: words.t(
        side === 'consumer' ? 'inspectSignals.whoAsked' : 'inspectSignals.whoAnswered',
        { organisation: name(organisation) },
      ),
    },
    { key: words.t('signals.consumer'), value: name(consumer) },
    { key: words.t('agreements.name1'), value: agreement ?? words.t('signals.any') },
    { key: words.t('signals.official'), value: official ?? words.t('signals.noOfficial') },
    {
      key: words.t('signals.window'),
      value: words.t('fact.fromTo', { from: words.dateTime(fromMs), to: words.dateTime(toMs) }),
    },
  ]
}

/** What was counted, and how often chance alone would count as much; what somebody states is not counted so. */
function countedRows({ words }: PageContext, signal: InspectedSignal): readonly SummaryRow[] {
  const { law, observed, expected, threshold, falseAlarmsPerYear } = signal
  if (law === 'statement')
    return [
      { key: words.t('signals.evidence'), value: words.t('signals.stated', { observed }) },
      { key: words.t('inspectSignals.alarms'), value: words.t('inspectSignals.statedAlarms') },
    ]
  return [
    {
      key: words.t('signals.evidence'),
      value: words.t('inspectSignals.evidenceText', {
        observed: words.exact(decimal(observed)),
        expected: words.exact(decimal(expected)),
        threshold: words.exact(decimal(threshold)),
      }),
    },
    {
      key: words.t('inspectSignals.alarms'),
      value: words.t('inspectSignals.alarmsText', {
        rate: words.exact(decimal(falseAlarmsPerYear)),
      }),
    },
  ]
}

function evidenceRows(context: PageContext, signal: InspectedSignal): readonly SummaryRow[] {
  const { words } = context
  const { entry, log, madeAtMs } = signal
  return [
    ...countedRows(context, signal),
    { key: words.t('signals.entries'), value: entriesText(context, signal) },
    { key: words.t('inspectSignals.made'), value: words.dateTime(madeAtMs) },
    { key: words.t('inspect.entry'), value: words.t('inspect.entryOf', { entry, log }) },
  ]
}

function signalCard(context: PageContext, signal: InspectedSignal): Markup {
  const { words } = context
  const { verdict } = signal
  const tag =
    verdict === null
      ? { text: words.t('inspectSignals.open'), tone: 'waiting' as const }
      : { text: words.named('inspectedVerdict', verdict), tone: 'closed' as const }
  return h(
    Card,
    { title: words.named('inspectedSignal', signal.kind), aside: h(Tag, tag) },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [...aboutRows(context, signal), ...evidenceRows(context, signal)],
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
