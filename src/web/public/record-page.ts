import { h } from 'preact'
import { SummaryList } from '../components/summary-list.ts'
import { CommandLine } from '../layout/command-line.ts'
import { HeadTag } from '../layout/head-tag.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { WithheldNotices } from '../person/withheld-notices.ts'

async function logSection({ words, backend, site }: PageContext): Promise<Markup | null> {
  const head = (await backend.heads()).find(
    ({ organisation }) => organisation === site.organisation,
  )
  if (head === undefined) return null
  return h(
    'section',
    null,
    h('h2', { class: 'govuk-heading-m' }, words.t('public.log')),
    h('p', { class: 'govuk-body' }, h(HeadTag, { words, head })),
    h(SummaryList, {
      classes: 'app-facts',
      rows: [
        { key: words.t('verify.size'), value: words.t('status.entries', { count: head.size }) },
        { key: words.t('verify.origin'), value: h('code', { class: 'app-code' }, head.origin) },
        { key: words.t('verify.root'), value: h('code', { class: 'app-code' }, head.root) },
        {
          key: words.t('verify.witnesses'),
          value: head.cosignedBy.length === 0 ? words.t('head.none') : words.list(head.cosignedBy),
        },
      ],
    }),
    h('h2', { class: 'govuk-heading-m' }, words.t('verify.yourself')),
    h('p', { class: 'govuk-body app-measure' }, words.t('verify.yourselfText')),
    h(CommandLine, {
      lines: [`cloison log verify ${backend.logBaseUrl(head.organisation)}`],
    }),
  )
}

async function showRecord(context: PageContext): Promise<PageResult> {
  const { words, backend, site, organisations } = context
  const organisation = nameOf(organisations, words)(site.organisation ?? '')
  const withheld = await backend.withheldNotices()
  const own = withheld.filter((one) => one.organisation === site.organisation)
  const title = words.t('public.title', { organisation })
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('public.lead')),
    h(WithheldNotices, { context, withheld: own }),
    await logSection(context),
  ]
  return { kind: 'page', title, content }
}

/** What an organisation shows to everybody, without an account. */
export const publicRoutes: readonly PageRoute[] = [
  { id: 'public.record', role: 'public', method: 'GET', path: '/', run: showRecord },
]
