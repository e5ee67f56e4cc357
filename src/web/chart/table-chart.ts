import { h } from 'preact'
import type { TableForm } from '../../population/index.ts'
import type { Markup } from '../markup.ts'
import { narrowLayout, spanOf, wideLayout } from './chart-frame.ts'
import { chartRows, rowsPerPage } from './chart-rows.ts'
import type { ChartTexts } from './chart-rows.ts'
import { DotChart } from './dot-chart.ts'

/** One page of a table's chart, drawn for a wide and for a narrow screen; the style sheet shows the one that fits. */
export function TableChart({
  form,
  texts,
  page,
}: {
  readonly form: TableForm
  readonly texts: ChartTexts
  /** Counts from 0. */
  readonly page: number
}): Markup {
  const all = chartRows(form, texts)
  const rows = all.slice(page * rowsPerPage, (page + 1) * rowsPerPage)
  const props = { rows, span: spanOf(all), texts }
  return h(
    'div',
    { class: 'app-charts' },
    h(DotChart, { ...props, id: 'chart-wide', layout: wideLayout }),
    h(DotChart, { ...props, id: 'chart-narrow', layout: narrowLayout }),
  )
}
