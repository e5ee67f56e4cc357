import { h } from 'preact'
import { type ReportKind, reportLaws } from '../../../oversight/index.ts'
import { Card } from '../../components/card.ts'
import { CommandLine } from '../../layout/command-line.ts'
import type { Markup } from '../../markup.ts'
import { citation } from '../../citation.ts'
import { wordsOf } from '../../messages/words.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { atReports, officeReports } from './at-reports.ts'
import type { AtReports } from './at-reports.ts'
import { isReportRefused, type ReportRun } from './report-desk.ts'

function kindCard({ words }: PageContext, kind: ReportKind): Markup {
  const href = `/reports/${kind}`
  return h(
    'li',
    null,
    h(
      Card,
      {
        title: h('a', { class: 'govuk-link', href }, words.named('reportKind', kind)),
        level: 2,
      },
      h(
        'p',
        { class: 'app-card__when' },
        reportLaws[kind].map((law) => citation(words, law)).join(', '),
      ),
      h('p', { class: 'govuk-body app-measure' }, words.named('reportAbout', kind)),
    ),
  )
}

/** How a report of this visit is told in one line. */
function madeLine(context: PageContext, id: string, run: ReportRun): Markup {
  const { words } = context
  const { report, fromMs, untilMs } = run.wanted
  // The days of the form, which are days in UTC.
  const utc = wordsOf(words.language, 'UTC')
  const text = words.t('reports.line', {
    report: words.named('reportKind', report),
    from: utc.date(fromMs),
    until: utc.date(untilMs - 1),
  })
  const state =
    run.outcome === undefined
      ? words.t('reports.running')
      : words.t(isReportRefused(run.outcome) ? 'reports.refused' : 'reports.made')
  return h(
    'li',
    null,
    h('a', { class: 'govuk-link', href: `/reports/made/${id}` }, text),
    ` – ${state}`,
  )
}

function madeSection(context: PageContext, { session }: AtReports): Markup | null {
  if (session.reports.size === 0) return null
  return h(
    'section',
    { 'aria-labelledby': 'made' },
    h('h2', { class: 'govuk-heading-m', id: 'made' }, context.words.t('reports.madeNow')),
    h(
      'ul',
      { class: 'govuk-list govuk-list--spaced' },
      [...session.reports].toReversed().map(([id, run]) => madeLine(context, id, run)),
    ),
  )
}

function show(context: PageContext, at: AtReports): Promise<PageResult> {
  const { words } = context
  const title = words.t('section.reports')
  const content = [
    h('span', { class: 'govuk-caption-l' }, at.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('reports.lead')),
    madeSection(context, at),
    h(
      'ul',
      { class: 'app-stack' },
      officeReports.map((kind) => kindCard(context, kind)),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('reports.ofPersons')),
    h('p', { class: 'govuk-body app-measure' }, words.t('reports.ofPersonsText')),
    h(CommandLine, {
      lines: ['cloison report access -c cloison.yaml --subject-file person.txt --pdf access.pdf'],
    }),
  ]
  return Promise.resolve({ kind: 'page', title, content })
}

/** The kinds of reports that there are, and those that were made in this visit. */
export const reportListRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.reports',
    role: 'dpo',
    method: 'GET',
    path: '/reports',
    run: (context) => atReports(context, (at) => show(context, at)),
  },
]
