import { h } from 'preact'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { CommandLine } from '../layout/command-line.ts'
import { HeadTag } from '../layout/head-tag.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { WithheldNotices } from '../person/withheld-notices.ts'
import { AgreementCards } from './agreement-cards.ts'
import { publicAgreementRoutes } from './agreement-page.ts'
import { BudgetCards } from './budget-cards.ts'
import { MonthTable } from './month-table.ts'
import type { PublicRecord } from './public-desk.ts'

function lockAndVersion(
  words: Words,
  { version, timeLockMs }: PublicRecord,
): readonly SummaryRow[] {
  return [
    {
      key: words.t('public.lock'),
      value: words.t('public.lockText', { time: words.duration(timeLockMs) }),
    },
    { key: words.t('public.version'), value: `Cloison ${version}` },
  ]
}

async function logSection(
  { words, backend, site }: PageContext,
  record: PublicRecord | undefined,
): Promise<Markup | null> {
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
        ...(record === undefined ? [] : lockAndVersion(words, record)),
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
  const { words, backend, site, organisations, desks } = context
  const organisation = nameOf(organisations, words)(site.organisation ?? '')
  const [withheld, record] = await Promise.all([backend.withheldNotices(), desks.open?.record()])
  const own = withheld.filter((one) => one.organisation === site.organisation)
  const title = words.t('public.title', { organisation })
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('public.lead')),
    record === undefined
      ? null
      : [
          h(AgreementCards, { context, agreements: record.agreements }),
          h(MonthTable, { context, counts: record.counts }),
          h(BudgetCards, { context, budgets: record.budgets }),
        ],
    h(WithheldNotices, { context, withheld: own }),
    await logSection(context, record),
  ]
  return { kind: 'page', title, content }
}

/** What an organisation shows to everybody, without an account. */
export const publicRoutes: readonly PageRoute[] = [
  { id: 'public.record', role: 'public', method: 'GET', path: '/', run: showRecord },
  ...publicAgreementRoutes,
]
