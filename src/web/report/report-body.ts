import { Fragment, h } from 'preact'
import type {
  ReportContent,
  ReportSection,
  ReportTable,
  ReportValue,
} from '../../oversight/index.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import { citation } from '../citation.ts'
import type { Words } from '../messages/words.ts'
import { valueMarkup } from './report-value.ts'

function cell(words: Words, label: string, value: ReportValue): Markup {
  const isNumber = value.is === 'figure'
  const names = `govuk-table__cell${isNumber ? ' govuk-table__cell--numeric' : ''}`
  return h('td', { class: names, 'data-label': label }, valueMarkup(words, value, { bare: true }))
}

function tableMarkup(words: Words, { columns, rows }: ReportTable, caption: string): Markup {
  const labels = columns.map((column) => words.named('reportLabel', column))
  if (rows.length === 0) return h('p', { class: 'govuk-body' }, words.t('report.noRows'))
  return h(
    'table',
    { class: 'govuk-table app-stacked report-table' },
    h('caption', { class: 'govuk-visually-hidden' }, caption),
    h(
      'thead',
      { class: 'govuk-table__head' },
      h(
        'tr',
        { class: 'govuk-table__row' },
        labels.map((label, place) => {
          const isNumber = rows[0]?.[place]?.is === 'figure'
          const names = `govuk-table__header${isNumber ? ' govuk-table__header--numeric' : ''}`
          return h('th', { scope: 'col', class: names }, label)
        }),
      ),
    ),
    h(
      'tbody',
      { class: 'govuk-table__body' },
      rows.map((row) =>
        h(
          'tr',
          { class: 'govuk-table__row' },
          row.map((value, place) => cell(words, labels[place] ?? '', value)),
        ),
      ),
    ),
  )
}

function factKey(words: Words, label: string, law: string | null): string {
  const text = words.named('reportLabel', label)
  return law === null ? text : `${text} (${citation(words, law)})`
}

function sectionMarkup(words: Words, { title, of, facts, table }: ReportSection): Markup {
  const name = words.named('reportTitle', title)
  const heading = of === null ? name : `${name}: ${of}`
  const rows = facts.map(({ label, law, value }) => ({
    key: factKey(words, label, law),
    value: valueMarkup(words, value),
  }))
  return h(
    'section',
    { class: 'report-section' },
    h('h2', { class: 'govuk-heading-m' }, heading),
    rows.length === 0 ? null : h(SummaryList, { rows, classes: 'app-facts' }),
    table === null ? null : tableMarkup(words, table, heading),
  )
}

/** What a report says, in a language: facts and tables under their headings. */
export function ReportBody({
  words,
  content,
}: {
  readonly words: Words
  readonly content: ReportContent
}): Markup {
  return h(
    Fragment,
    null,
    content.sections.map((section) => sectionMarkup(words, section)),
  )
}
