import { h } from 'preact'
import type { VerifiedReport } from '../../../oversight/index.ts'
import { Button } from '../../components/button.ts'
import { SummaryList } from '../../components/summary-list.ts'
import type { SummaryRow } from '../../components/summary-list.ts'
import { CommandLine } from '../../layout/command-line.ts'
import type { Markup } from '../../markup.ts'
import { wordsOf } from '../../messages/words.ts'
import type { Words } from '../../messages/words.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { ReportBody } from '../../report/report-body.ts'
import { reportDocument } from '../../report/report-document.ts'
import { atReports } from './at-reports.ts'
import { isReportRefused } from './report-desk.ts'
import type { MadeReport, ReportRun } from './report-desk.ts'

/** The visit's report of the address, however far it is. */
function heldRun({ session, params }: PageContext): ReportRun | undefined {
  return session?.reports.get(params['report'] ?? '')
}

/** A report's days are days in UTC, wherever it is read. */
function reportWords({ words }: PageContext): Words {
  return wordsOf(words.language, 'UTC')
}

function heading(context: PageContext, { wanted }: ReportRun): Markup[] {
  const words = reportWords(context)
  const { report, fromMs, untilMs, agreement } = wanted
  const of = agreement === null ? '' : ` · ${words.t('agreements.name', agreement)}`
  const period = words.t('reports.period', {
    from: words.date(fromMs),
    until: words.date(untilMs - 1),
  })
  return [
    h('span', { class: 'govuk-caption-l' }, `${period}${of}`),
    h('h1', { class: 'govuk-heading-l' }, words.named('reportKind', report)),
  ]
}

function running(context: PageContext, run: ReportRun): readonly (Markup | null)[] {
  const { words, params, nowMs } = context
  const text = words.t('reports.runningFor', { age: words.duration(nowMs - run.startedAtMs) })
  return [
    h('p', { class: 'govuk-body', role: 'status', 'data-reload-ms': '1000' }, text),
    h('progress', { class: 'app-progress', 'aria-label': words.t('reports.running') }),
    h(Button, {
      text: words.t('reports.lookAgain'),
      href: `/reports/made/${params['report'] ?? ''}`,
      kind: 'secondary',
    }),
  ]
}

function refused({ words }: PageContext, code: string): readonly Markup[] {
  return [
    h(
      'div',
      { class: 'app-verdict app-verdict--refused' },
      h('p', { class: 'app-verdict__value' }, words.t('reports.notMade')),
      h(
        'p',
        { class: 'app-verdict__note' },
        words.find('reportCode', code) ?? words.t('reports.otherCode'),
      ),
    ),
    h(SummaryList, {
      rows: [{ key: words.t('entry.code'), value: h('code', { class: 'app-code' }, code) }],
    }),
  ]
}

/** How each figure is proven: in how many ways, each with who can count it again and by what. */
function proofRows(words: Words, { heads, figures }: VerifiedReport): readonly SummaryRow[] {
  const rules = (['entries', 'exchanges', 'agreement', 'chain'] as const).filter(
    (rule) => figures[rule] > 0,
  )
  return [
    {
      key: words.t('reports.heads'),
      value: words.list(
        [...heads].map(([origin, { size }]) => words.t('reports.headOf', { origin, size })),
      ),
    },
    ...rules.map((rule) => ({
      key: words.t('reports.figures', { count: figures[rule] }),
      value: words.named('reportRule', rule),
    })),
  ]
}

/** What prints the JSON file as a PDF, in the language of the page. */
function printLine(report: string, { language }: Words): string {
  return `cloison report print ${report}.json --pdf ${report}.pdf --language ${language}`
}

function made(context: PageContext, { file, verified }: MadeReport): readonly Markup[] {
  const { words, params } = context
  const at = `/reports/made/${params['report'] ?? ''}`
  const subheading = (id: string, text: string): Markup =>
    h('h2', { class: 'govuk-heading-m', id }, text)
  return [
    h('p', { class: 'govuk-body-l app-measure' }, words.t('reports.holds')),
    h(
      'div',
      { class: 'govuk-button-group' },
      h(Button, { text: words.t('reports.print'), href: `${at}/report.html` }),
      h(Button, { text: words.t('reports.json'), href: `${at}/report.json`, kind: 'secondary' }),
    ),
    h('p', { class: 'govuk-hint app-measure' }, words.t('reports.printHint')),
    h('p', { class: 'govuk-hint app-measure' }, words.t('reports.pdfText')),
    h(CommandLine, { lines: [printLine(file.report, words)] }),
    h(
      'div',
      { class: 'app-report' },
      h(ReportBody, { words: reportWords(context), content: verified.content }),
    ),
    subheading('proven', words.t('reports.proven')),
    h(SummaryList, { rows: proofRows(words, verified), classes: 'app-facts' }),
    h('p', { class: 'govuk-body app-measure' }, words.t('reports.verifyText')),
    h(CommandLine, { lines: [`cloison report verify ${file.report}.json --log log/2026h2`] }),
  ]
}

function show(context: PageContext): Promise<PageResult> {
  return atReports(context, () => {
    const run = heldRun(context)
    if (run === undefined) return Promise.resolve<PageResult>({ kind: 'missing' })
    if (run.failure !== undefined) throw run.failure.cause
    const { outcome } = run
    const parts =
      outcome === undefined
        ? running(context, run)
        : isReportRefused(outcome)
          ? refused(context, outcome.code)
          : made(context, outcome)
    const title = context.words.named('reportKind', run.wanted.report)
    const content = [...heading(context, run), ...parts]
    return Promise.resolve<PageResult>({ kind: 'page', title, content, backHref: '/reports' })
  })
}

function fileOf(
  context: PageContext,
  write: (report: MadeReport) => Extract<PageResult, { kind: 'file' }>,
): Promise<PageResult> {
  return atReports(context, () => {
    const outcome = heldRun(context)?.outcome
    return Promise.resolve<PageResult>(
      outcome === undefined || isReportRefused(outcome) ? { kind: 'missing' } : write(outcome),
    )
  })
}

/** A report of this visit: its figures and how each is proven, and its files. */
export const madeReportRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.report',
    role: 'dpo',
    method: 'GET',
    path: '/reports/made/:report',
    run: show,
  },
  {
    id: 'dpo.report-json',
    role: 'dpo',
    method: 'GET',
    path: '/reports/made/:report/report.json',
    run: (context) =>
      fileOf(context, ({ file }) => ({
        kind: 'file',
        name: `${file.report}.json`,
        contentType: 'application/json',
        body: `${JSON.stringify(file)}\n`,
      })),
  },
  {
    id: 'dpo.report-html',
    role: 'dpo',
    method: 'GET',
    path: '/reports/made/:report/report.html',
    run: (context) =>
      fileOf(context, ({ file, verified: { content } }) => ({
        kind: 'file',
        name: `${file.report}.html`,
        // To be kept and opened from there: in this site's own name no document with a style of its own is shown.
        contentType: 'application/octet-stream',
        body: reportDocument({ file, content, words: reportWords(context) }),
      })),
  },
]
