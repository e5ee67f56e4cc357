import { h } from 'preact'
import { Button } from '../components/button.ts'
import { ReleaseChart } from '../chart/release-chart.ts'
import { rowsPerPage } from '../chart/chart-rows.ts'
import { askedRows } from '../../population/index.ts'
import type { Release } from '../../population/index.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { atDesk } from './as-analyst.ts'
import { CertificateList } from './certificate.ts'
import { chartWords, measureText } from './chart-words.ts'
import { keptTable } from './kept-table.ts'
import type { KeptTable } from './kept-table.ts'
import { pagesOf, ReleaseTable } from './release-table.ts'

type Released = Extract<KeptTable, { state: 'released' }>
type Refused = Extract<KeptTable, { state: 'refused' }>

/** The page of rows that an address asks for, of those that there are. */
function pageAsked({ query }: PageContext, release: Release): number {
  const asked = Number(new URLSearchParams(query).get('rows') ?? '1')
  const isThere = Number.isInteger(asked) && asked >= 1 && asked <= pagesOf(release)
  return isThere ? asked - 1 : 0
}

/** Where in the rows this page is, with ways to the ones beside it; nothing where one page holds all. */
function Pager(props: { words: Words; release: Release; page: number }): Markup | null {
  const { words, release, page } = props
  const pages = pagesOf(release)
  if (pages === 1) return null
  const all = askedRows(release).length
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

function reading(words: Words, { file }: Released): Markup {
  const { notCovered } = file.release.certificate
  return h(
    'section',
    { 'aria-labelledby': 'reading', class: 'app-limits' },
    h(
      'h2',
      { class: 'govuk-heading-s app-limits__title', id: 'reading' },
      words.t('result.reading'),
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('result.covers')),
    h(
      'ul',
      { class: 'govuk-list govuk-list--bullet' },
      notCovered.map((one) => h('li', null, words.named('notCovered', one))),
    ),
    h('p', { class: 'govuk-body app-measure' }, words.t('result.negative')),
  )
}

function downloads(words: Words, exchangeId: string): Markup {
  const files = [
    ['release.json', 'download.json'],
    ['release.csv', 'download.csv'],
    ['release.parquet', 'download.parquet'],
    ['release.vl.json', 'download.vega'],
    ['release.svg', 'download.svg'],
  ] as const
  return h(
    'ul',
    { class: 'govuk-list' },
    files.map(([name, key]) =>
      h(
        'li',
        null,
        h(
          'a',
          { class: 'govuk-link', href: `/results/${exchangeId}/${name}`, download: name },
          words.t(key),
        ),
      ),
    ),
  )
}

function released(context: PageContext, table: Released): PageResult {
  const { words, organisations } = context
  const { file, kept } = table
  const { release } = file
  const texts = chartWords(words, release)
  const page = pageAsked(context, release)
  const organisation = nameOf(organisations, words)(kept.provider)
  const entry = { organisation, index: table.entryIndex }
  const heading = (id: string, text: string): Markup =>
    h('h2', { class: 'govuk-heading-m', id }, text)
  const content = [
    h('span', { class: 'govuk-caption-l' }, words.t('catalogue.register', { organisation })),
    h('h1', { class: 'govuk-heading-l' }, texts.title),
    heading('numbers', words.t('result.chart')),
    h('p', { class: 'govuk-body app-measure' }, texts.description),
    h(ReleaseChart, { release, texts, page }),
    h(Pager, { words, release, page }),
    heading('table', words.t('result.table')),
    h(ReleaseTable, { words, release, texts, page }),
    reading(words, table),
    heading('certificate', words.t('certificate.title')),
    h(CertificateList, { words, file, entry }),
    heading('download', words.t('download.title')),
    downloads(words, kept.exchangeId),
  ]
  return {
    kind: 'page',
    title: measureText(words, release),
    content,
    backHref: '/history',
  }
}

function refused({ words, organisations }: PageContext, { answer, kept }: Refused): PageResult {
  const title = words.t('result.refusedTitle')
  const { code, message } = answer
  const content = [
    h(
      'span',
      { class: 'govuk-caption-l' },
      words.t('catalogue.register', { organisation: nameOf(organisations, words)(kept.provider) }),
    ),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'div',
      { class: 'app-verdict app-verdict--refused' },
      h('p', { class: 'app-verdict__value' }, words.named('tableCode', code)),
      h(
        'p',
        { class: 'app-verdict__note' },
        h('code', { class: 'app-code' }, code),
        ' ',
        h('span', { lang: 'en' }, message),
      ),
    ),
    h(Button, { text: words.t('section.catalogue'), href: '/catalogue', kind: 'secondary' }),
  ]
  return { kind: 'page', title, content, backHref: '/history' }
}

function show(context: PageContext): Promise<PageResult> {
  return atDesk(context, async ({ desk, analyst }) => {
    const table = await keptTable(desk, analyst, context.params['exchange'] ?? '')
    if (table === undefined) return { kind: 'missing' }
    return table.state === 'released' ? released(context, table) : refused(context, table)
  })
}

/** What became of one question: chart, numbers, how to read them, certificate, files. */
export const resultRoutes: readonly PageRoute[] = [
  { id: 'analyst.result', role: 'analyst', method: 'GET', path: '/results/:exchange', run: show },
]
