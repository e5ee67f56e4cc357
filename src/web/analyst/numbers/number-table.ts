import { h } from 'preact'
import type { StatisticRow, TableForm } from '../../../population/index.ts'
import { rowLabel, rowsPerPage } from '../../chart/chart-rows.ts'
import type { ChartTexts } from '../../chart/chart-rows.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'
import { percentText } from '../exact-text.ts'

/** One page of a table's rows. */
export interface TablePage {
  readonly form: TableForm
  readonly texts: ChartTexts
  /** Counts from 0. */
  readonly page: number
}

/** How many pages the rows of a table have. */
export function pagesOf({ asked }: TableForm): number {
  return Math.max(1, Math.ceil(asked.length / rowsPerPage))
}

function levelText(words: Words, { level, levelPpm }: StatisticRow): string {
  const percent = percentText(words, levelPpm)
  return words.t(level === 'exact' ? 'table.percent' : 'table.atLeast', { percent })
}

function tableRow(words: Words, { form, texts }: TablePage, row: StatisticRow): Markup {
  const cell = (label: string, text: string, isNumber: boolean): Markup =>
    h(
      'td',
      {
        role: 'cell',
        class: `govuk-table__cell ${isNumber ? 'govuk-table__cell--numeric' : ''}`.trim(),
        'data-label': label,
      },
      text,
    )
  const number = (decimal: string | null): string =>
    decimal === null ? words.t('chart.open') : words.exact(decimal)
  return h('tr', { class: 'govuk-table__row', role: 'row' }, [
    h(
      'th',
      { scope: 'row', role: 'rowheader', class: 'govuk-table__header' },
      rowLabel(form, row, { texts, from: 0 }),
    ),
    cell(words.t('table.value'), number(row.value), true),
    cell(words.t('table.lower'), number(row.lower), true),
    cell(words.t('table.upper'), number(row.upper), true),
    cell(words.t('table.level'), levelText(words, row), false),
  ])
}

/** The rows behind a chart, as numbers: what a picture shows, for everybody. */
export function NumberTable({ words, ...table }: TablePage & { readonly words: Words }): Markup {
  const { form, texts, page } = table
  const rows = form.asked.slice(page * rowsPerPage, (page + 1) * rowsPerPage)
  const heading = (text: string, kind = ''): Markup => {
    const names = `govuk-table__header${kind}`
    return h('th', { scope: 'col', role: 'columnheader', class: names }, text)
  }
  const numeric = ' govuk-table__header--numeric'
  return h(
    'table',
    // The roles stay when a narrow page stacks the cells.
    { class: 'govuk-table app-stacked', role: 'table' },
    h('caption', { class: 'govuk-visually-hidden' }, texts.title),
    h(
      'thead',
      { class: 'govuk-table__head', role: 'rowgroup' },
      h('tr', { class: 'govuk-table__row', role: 'row' }, [
        heading(words.t('table.group')),
        heading(words.t('table.value'), numeric),
        heading(words.t('table.lower'), numeric),
        heading(words.t('table.upper'), numeric),
        heading(words.t('table.level')),
      ]),
    ),
    h(
      'tbody',
      { class: 'govuk-table__body', role: 'rowgroup' },
      rows.map((row) => tableRow(words, table, row)),
    ),
  )
}
