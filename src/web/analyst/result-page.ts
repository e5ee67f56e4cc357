import { h } from 'preact'
import { Button } from '../components/button.ts'
import { releaseForm } from '../../population/index.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { atDesk } from './as-analyst.ts'
import { CertificateList } from './certificate.ts'
import { chartWords, measureText } from './chart-words.ts'
import { keptTable } from './kept-table.ts'
import type { KeptTable } from './kept-table.ts'
import { DownloadList } from './numbers/download-list.ts'
import { HowToRead } from './numbers/how-to-read.ts'
import { TableNumbers } from './numbers/table-numbers.ts'

type Released = Extract<KeptTable, { state: 'released' }>
type Refused = Extract<KeptTable, { state: 'refused' }>

function released(context: PageContext, table: Released): PageResult {
  const { words, organisations } = context
  const { file, kept } = table
  const { release } = file
  const texts = chartWords(words, release)
  const organisation = nameOf(organisations, words)(kept.provider)
  const entry = { organisation, index: table.entryIndex }
  const heading = (id: string, text: string): Markup =>
    h('h2', { class: 'govuk-heading-m', id }, text)
  const content = [
    h('span', { class: 'govuk-caption-l' }, words.t('catalogue.register', { organisation })),
    h('h1', { class: 'govuk-heading-l' }, texts.title),
    h(TableNumbers, { context, form: releaseForm(release), texts }),
    h(HowToRead, { words, notCovered: release.certificate.notCovered }),
    heading('certificate', words.t('certificate.title')),
    h(CertificateList, { words, file, entry }),
    heading('download', words.t('download.title')),
    h(DownloadList, { words, at: `/results/${kept.exchangeId}` }),
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
