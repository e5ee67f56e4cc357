import { h } from 'preact'
import { signalVerdicts } from '../../person/index.ts'
import { Button } from '../components/button.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { RadioGroup } from '../components/fields/index.ts'
import { Form } from '../components/form.ts'
import { InsetText } from '../components/inset-text.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asFreshOfficer, asOfficer } from './as-officer.ts'
import type { AsOfficer } from './as-officer.ts'
import type { ShownSignal } from './officer-desk.ts'
import { afterAct } from './outcome-page.ts'
import { VerdictTag } from './signals-page.ts'

const shownEntries = 12

/** A count that a law expects, as decimal text of the page's language. */
function decimal({ words }: PageContext, value: number): string {
  return words.exact(String(value))
}

function evidence(
  context: PageContext,
  { evidence: found, falseAlarmsPerYear }: ShownSignal,
): string {
  const { words } = context
  if (found.law === 'statement') return words.t('signals.stated', { observed: found.observed })
  return words.t('signals.evidenceText', {
    observed: decimal(context, found.observed),
    expected: decimal(context, found.expected),
    threshold: decimal(context, found.threshold),
    rate: decimal(context, falseAlarmsPerYear),
  })
}

function rows(context: PageContext, signal: ShownSignal): readonly SummaryRow[] {
  const { words, organisations } = context
  const { entries, entryCount, window } = signal
  const numbers = entries.slice(0, shownEntries).map(({ index }) => String(index))
  const more = entryCount - numbers.length
  return [
    { key: words.t('signals.meaning'), value: words.named('signalMeaning', signal.kind) },
    { key: words.t('signals.consumer'), value: nameOf(organisations, words)(signal.consumer) },
    { key: words.t('agreements.name1'), value: signal.agreement ?? words.t('signals.any') },
    { key: words.t('signals.official'), value: signal.official ?? words.t('signals.noOfficial') },
    {
      key: words.t('signals.person'),
      value:
        signal.subject === null
          ? words.t('signals.noPerson')
          : words.t('signals.handle', { handle: signal.subject }),
    },
    {
      key: words.t('signals.window'),
      value: words.t('fact.fromTo', {
        from: words.date(window.fromMs),
        to: words.date(window.toMs),
      }),
    },
    {
      key: words.t('signals.entries'),
      value:
        more > 0
          ? words.t('signals.numbersMore', { numbers: numbers.join(', '), more })
          : numbers.join(', '),
    },
    { key: words.t('signals.evidence'), value: evidence(context, signal) },
    { key: words.t('event.entry'), value: words.t('event.number', { entry: signal.place.index }) },
  ]
}

function decideForm(context: PageContext, signal: ShownSignal, isMissing: boolean): Markup {
  const { words, formToken } = context
  return h(Form, {
    action: `/signals/${signal.id}`,
    token: formToken,
    children: [
      h(RadioGroup, {
        name: 'verdict',
        legend: words.t('signals.decide'),
        items: signalVerdicts.map((value) => ({ value, text: words.named('verdictText', value) })),
        chosen: '',
        error: isMissing
          ? { label: words.t('form.error'), text: words.t('signals.missing') }
          : undefined,
      }),
      h(Button, { text: words.t('signals.decideButton') }),
    ],
  })
}

function page(context: PageContext, signal: ShownSignal, isMissing = false): PageResult {
  const { words } = context
  const { decision } = signal
  const title = words.named('signal', signal.kind)
  const text = words.t('signals.missing')
  const content = [
    isMissing ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#verdict' }) : null,
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body' }, h(VerdictTag, { words, decision })),
    h(SummaryList, { rows: rows(context, signal), classes: 'app-facts' }),
    h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('signals.proves'))),
    decision === null
      ? decideForm(context, signal, isMissing)
      : h(
          'p',
          { class: 'govuk-body' },
          words.t('signals.decidedBy', {
            by: decision.by,
            date: words.dateTime(decision.atMs),
            entry: decision.entry,
          }),
        ),
  ]
  const result = { kind: 'page', title, content, backHref: '/signals' } as const
  return isMissing ? { ...result, status: 422 } : result
}

async function named(
  { params }: PageContext,
  { desk }: AsOfficer,
): Promise<ShownSignal | undefined> {
  return (await desk.signals()).find(({ id }) => id === params['id'])
}

async function show(context: PageContext, as: AsOfficer): Promise<PageResult> {
  const signal = await named(context, as)
  return signal === undefined ? { kind: 'missing' } : page(context, signal)
}

async function decide(context: PageContext, as: AsOfficer): Promise<PageResult> {
  const signal = await named(context, as)
  if (signal === undefined) return { kind: 'missing' }
  const verdict = signalVerdicts.find((one) => one === context.form.get('verdict'))
  if (verdict === undefined) return page(context, signal, true)
  const outcome = await as.desk.decideSignal(signal.id, verdict)
  const href = `/signals/${signal.id}`
  return afterAct(context, outcome, { to: href, backHref: href })
}

/** One signal: its evidence, how often chance alone raises such a one, and what a person makes of it. */
export const signalRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.signal',
    role: 'dpo',
    method: 'GET',
    path: '/signals/:id',
    run: (context) => asOfficer(context, (as) => show(context, as)),
  },
  {
    id: 'dpo.signal-decided',
    role: 'dpo',
    method: 'POST',
    path: '/signals/:id',
    run: (context) =>
      asFreshOfficer(context, `/signals/${context.params['id'] ?? ''}`, (as) =>
        decide(context, as),
      ),
  },
]
