import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../markup.ts'

/** A table whose rows stand as blocks where there is no room for columns. */
export interface StackedTableProps {
  readonly caption: string
  /** The first heads the rows. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly ComponentChildren[])[]
}

function rowOf(cells: readonly ComponentChildren[], columns: readonly string[]): Markup {
  const [first, ...more] = cells
  return h(
    'tr',
    { class: 'govuk-table__row', role: 'row' },
    h('th', { scope: 'row', role: 'rowheader', class: 'govuk-table__header' }, first),
    more.map((cell, place) =>
      h('td', { class: 'govuk-table__cell', role: 'cell', 'data-label': columns[place + 1] }, cell),
    ),
  )
}

/** The design system's table, stacked on narrow pages. */
export function StackedTable({ caption, columns, rows }: StackedTableProps): Markup {
  return h(
    'table',
    { class: 'govuk-table app-stacked app-facts-table', role: 'table' },
    h('caption', { class: 'govuk-table__caption govuk-table__caption--m' }, caption),
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
      rows.map((cells) => rowOf(cells, columns)),
    ),
  )
}
