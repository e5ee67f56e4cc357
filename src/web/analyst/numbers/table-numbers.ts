import { Fragment, h } from 'preact'
import type { TableForm } from '../../../population/index.ts'
import { rowsPerPage } from '../../chart/chart-rows.ts'
import type { ChartTexts } from '../../chart/chart-rows.ts'
import { TableChart } from '../../chart/table-chart.ts'
import type { Markup } from '../../markup.ts'
import type { PageContext } from '../../page-route.ts'
import { NumberTable, pagesOf } from './number-table.ts'

/** A released table with the words that it is shown in. */
export interface ShownTable {
  readonly context: PageContext
  readonly form: TableForm
  readonly texts: ChartTexts
}

/** The page of rows that an address asks for, of those that there are. */
function pageAsked({ context: { query }, form }: ShownTable): number {
  const asked = Number(new URLSearchParams(query).get('rows') ?? '1')
  const isThere = Number.isInteger(asked) && asked >= 1 && asked <= pagesOf(form)
  return isThere ? asked - 1 : 0
}

/** Where in the rows this page is, with ways to the ones beside it; nothing where one page holds all. */
function pager({ context: { words }, form }: ShownTable, page: number): Markup | null {
  const pages = pagesOf(form)
  if (pages === 1) return null
  const all = form.asked.length
  const [from, to] = [page * rowsPerPage + 1, Math.min(all, (page + 1) * rowsPerPage)]
  const link = (to: number, text: string): Markup =>
    h('a', { class: 'govuk-link', href: `?rows=${to + 1}#numbers` }, text)
  return h(
    'nav',
    { class: 'app-pager', 'aria-label': words.t('table.pages') },
    page === 0 ? null : link(page - 1, words.t('table.previous')),
    h('span', null, words.t('table.rows', { from, to, all })),
    page === pages - 1 ? null : link(page + 1, words.t('table.next')),
  )
}

/** The numbers of a release: as a picture, and as a table under it. */
export function TableNumbers(shown: ShownTable): Markup {
  const { context, form, texts } = shown
  const { words } = context
  const page = pageAsked(shown)
  return h(
    Fragment,
    null,
    h('h2', { class: 'govuk-heading-m', id: 'numbers' }, words.t('result.chart')),
    h('p', { class: 'govuk-body app-measure' }, texts.description),
    h(TableChart, { form, texts, page }),
    pager(shown, page),
    h('h2', { class: 'govuk-heading-m', id: 'table' }, words.t('result.table')),
    h(NumberTable, { words, form, texts, page }),
  )
}
