import { h } from 'preact'
import { dayText } from '../../../agreement/index.ts'
import { type ReportKind, reportLaws } from '../../../oversight/index.ts'
import { Button } from '../../components/button.ts'
import { ErrorSummary } from '../../components/error-summary.ts'
import { Select, TextLine } from '../../components/fields/index.ts'
import { Form } from '../../components/form.ts'
import type { Markup } from '../../markup.ts'
import { citation } from '../../citation.ts'
import { redirect } from '../../page-route.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { atKind } from './at-reports.ts'
import type { AtReports } from './at-reports.ts'
import { agreementChoice, readWanted } from './read-wanted.ts'
import type { WrongWish } from './read-wanted.ts'
import type { ReportRun, WantedReport } from './report-desk.ts'

const dayMs = 86_400_000

/** Reports that one visit keeps; the oldest goes first. */
const mostKept = 5

/** The messages of each field. */
const fieldWords = {
  from: { label: 'reports.from', hint: 'reports.fromHint' },
  until: { label: 'reports.until', hint: 'reports.untilHint' },
} as const

/** What the form is filled with: the last 365 days and all agreements, until it was sent. */
function filled(nowMs: number): URLSearchParams {
  const [from, until] = [dayText(nowMs - 364 * dayMs), dayText(nowMs)]
  return new URLSearchParams({ from, until, agreement: '' })
}

interface Sent {
  readonly form: URLSearchParams
  readonly wrong?: WrongWish
}

async function agreementItems({
  words,
  desks,
}: PageContext): Promise<readonly { readonly value: string; readonly text: string }[]> {
  const shown = (await desks.officer?.agreements()) ?? []
  return [
    { value: '', text: words.t('reports.allAgreements') },
    ...shown.map(({ agreement: { id, version } }) => ({
      value: agreementChoice({ id, version }),
      text: words.t('agreements.name', { id, version }),
    })),
  ]
}

function dayField({ words }: PageContext, name: WrongWish['at'], { form, wrong }: Sent): Markup {
  const error =
    wrong?.at === name ? { label: words.t('form.error'), text: words.t(wrong.key) } : undefined
  return h(TextLine, {
    name,
    label: words.t(fieldWords[name].label),
    hint: words.t(fieldWords[name].hint),
    value: form.get(name) ?? '',
    short: true,
    error,
  })
}

async function showForm(context: PageContext, kind: ReportKind, sent: Sent): Promise<PageResult> {
  const { words, formToken } = context
  const { form, wrong } = sent
  const title = words.named('reportKind', kind)
  const content = [
    wrong === undefined
      ? null
      : h(ErrorSummary, {
          title: words.t('form.problem'),
          text: words.t(wrong.key),
          href: `#${wrong.at}`,
        }),
    h(
      'span',
      { class: 'govuk-caption-l' },
      reportLaws[kind].map((law) => citation(words, law)).join(', '),
    ),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.named('reportAbout', kind)),
    h(Form, {
      action: `/reports/${kind}`,
      token: formToken,
      children: [
        dayField(context, 'from', sent),
        dayField(context, 'until', sent),
        h(Select, {
          name: 'agreement',
          label: words.t('reports.agreement'),
          hint: words.t('reports.agreementHint'),
          items: await agreementItems(context),
          chosen: form.get('agreement') ?? '',
        }),
        h('p', { class: 'govuk-body app-measure' }, words.t('reports.entry')),
        h(Button, { text: words.t('reports.make') }),
      ],
    }),
  ]
  const page = { kind: 'page', title, content, backHref: '/reports' } as const
  return wrong === undefined ? page : { ...page, status: 422 }
}

async function follow(run: ReportRun, desk: AtReports['desk']): Promise<void> {
  try {
    run.outcome = await desk.make(run.wanted)
  } catch (cause) {
    run.failure = { cause }
  }
}

/** Begins to make it; the page of it tells how far it is. */
function begin(context: PageContext, { session, desk }: AtReports, wanted: WantedReport): string {
  const id = context.randomId()
  const run: ReportRun = {
    wanted,
    startedAtMs: context.nowMs,
    outcome: undefined,
    failure: undefined,
  }
  void follow(run, desk)
  session.reports.set(id, run)
  const [oldest] = session.reports.keys()
  if (session.reports.size > mostKept && oldest !== undefined) session.reports.delete(oldest)
  return id
}

function make(context: PageContext, at: AtReports, kind: ReportKind): Promise<PageResult> {
  const { form, nowMs } = context
  const wanted = readWanted(kind, form, nowMs)
  if ('key' in wanted) return showForm(context, kind, { form, wrong: wanted })
  return Promise.resolve(redirect(`/reports/made/${begin(context, at, wanted)}`))
}

/** A report's period and agreement, and the button that makes it. */
export const reportFormRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.report-form',
    role: 'dpo',
    method: 'GET',
    path: '/reports/:kind',
    run: (context) =>
      atKind(context, (_at, kind) => showForm(context, kind, { form: filled(context.nowMs) })),
  },
  {
    id: 'dpo.report-make',
    role: 'dpo',
    method: 'POST',
    path: '/reports/:kind',
    run: (context) => atKind(context, (at, kind) => make(context, at, kind)),
  },
]
