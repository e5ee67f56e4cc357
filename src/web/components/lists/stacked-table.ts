import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../../markup.ts'

/** One row: its name, and a cell for every further column. */
export interface StackedRow {
  readonly head: ComponentChildren
  readonly cells: readonly ComponentChildren[]
}

/** A row of cells of which the first names it. */
export function stackedRow([head, ...cells]: readonly ComponentChildren[]): StackedRow {
  return { head, cells }
}

function bodyRow({ head, cells }: StackedRow, columns: readonly string[]): Markup {
  return h(
    'tr',
    { class: 'govuk-table__row', role: 'row' },
    h('th', { scope: 'row', role: 'rowheader', class: 'govuk-table__header' }, head),
    cells.map((cell, at) =>
      h(
        'td',
        { role: 'cell', class: 'govuk-table__cell', 'data-label': columns[at + 1] ?? '' },
        cell,
      ),
    ),
  )
}

/** A table whose rows become blocks where the page is narrow; each cell then says its column. */
export function StackedTable(props: {
  readonly caption: string
  /** The first is that of the rows' names. */
  readonly columns: readonly string[]
  readonly rows: readonly StackedRow[]
}): Markup {
  const { caption, columns, rows } = props
  return h(
    'table',
    { class: 'govuk-table app-stacked', role: 'table' },
    h('caption', { class: 'govuk-table__caption govuk-table__caption--s' }, caption),
    h(
      'thead',
      { class: 'govuk-table__head', role: 'rowgroup' },
      h(
        'tr',
        { class: 'govuk-table__row', role: 'row' },
        columns.map((text) =>
          h('th', { scope: 'col', role: 'columnheader', class: 'govuk-table__header' }, text),
        ),
      ),
    ),
    h(
      'tbody',
      { class: 'govuk-table__body', role: 'rowgroup' },
      rows.map((row) => bodyRow(row, columns)),
    ),
  )
}
