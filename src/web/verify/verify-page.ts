import { h } from 'preact'
import { Card } from '../components/card.ts'
import { Details } from '../components/details.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { LogHead } from '../demo-backend.ts'
import { gatherEvidence } from '../evidence.ts'
import { FileResult } from '../layout/file-result.ts'
import { HeadTag } from '../layout/head-tag.ts'
import { CommandLine } from '../layout/command-line.ts'
import { Limits } from '../layout/limits.ts'
import { ProofMark, ProofSummary } from '../layout/proof-mark.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'

function headCard({ words, organisations }: PageContext, head: LogHead): Markup {
  return h(
    Card,
    {
      title: nameOf(organisations, words)(head.organisation),
      level: 3,
      accent: head.organisation,
      aside: h(HeadTag, { words, head }),
    },
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
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
    h(ProofMark, {
      words,
      subject: `head-${head.organisation}`,
      text: words.t('mark.unchecked'),
    }),
    h(
      Details,
      { summary: words.t('verify.note') },
      h(CommandLine, { lines: [head.checkpointNote] }),
    ),
  )
}

/** A place for the file that a person downloaded. It is read by the browser and sent nowhere. */
function ownFile(context: PageContext): Markup {
  const { words } = context
  return h(
    'section',
    { 'aria-labelledby': 'file', class: 'app-needs-scripts', hidden: true, 'data-own-file': '' },
    h('h2', { class: 'govuk-heading-m', id: 'file' }, words.t('verify.file')),
    h('p', { class: 'govuk-body app-measure' }, words.t('verify.fileText')),
    h(
      'div',
      { class: 'govuk-form-group' },
      h('label', { class: 'govuk-label', for: 'evidence' }, words.t('verify.fileLabel')),
      h('input', {
        class: 'govuk-file-upload',
        id: 'evidence',
        type: 'file',
        accept: '.json,application/json',
      }),
    ),
    h(FileResult, { context }),
  )
}

/** Where persons see their receipts: the first organisation that has pages for them here. */
function receiptsLink({
  words,
  organisations,
  siteUrl,
}: PageContext): readonly (Markup | string)[] {
  const [href] = organisations.flatMap(
    ({ id }) => siteUrl({ role: 'person', organisation: id }, '/proofs') ?? [],
  )
  if (href === undefined) return []
  return [' ', h('a', { class: 'govuk-link', href }, words.t('verify.receiptsLink'))]
}

async function showVerify(context: PageContext): Promise<PageResult> {
  const { words, backend } = context
  const heads = await backend.heads()
  const commands = heads.map(
    ({ organisation }) => `cloison log verify ${backend.logBaseUrl(organisation)}`,
  )
  const content = [
    h('h1', { class: 'govuk-heading-l' }, words.t('verify.title')),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('verify.lead')),
    h('h2', { class: 'govuk-heading-m' }, words.t('verify.heads')),
    h('p', { class: 'govuk-body app-measure' }, words.t('verify.headsText')),
    h(ProofSummary, { words, evidence: '/evidence.json' }),
    h(
      'div',
      { class: 'app-grid app-grid--two' },
      heads.map((head) => headCard(context, head)),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('verify.receipts')),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.t('verify.receiptsText'),
      ...receiptsLink(context),
    ),
    ownFile(context),
    h('h2', { class: 'govuk-heading-m' }, words.t('verify.yourself')),
    h('p', { class: 'govuk-body app-measure' }, words.t('verify.yourselfText')),
    h(CommandLine, { lines: [...commands, 'cloison log verify who-asked-about-me.json'] }),
    h(
      'p',
      { class: 'govuk-body' },
      h('a', { class: 'govuk-link', href: '/evidence.json' }, words.t('verify.download')),
    ),
    h(Limits, {
      words,
      texts: [
        words.t('verify.limit.keys'),
        words.t('verify.limit.code'),
        words.t('verify.limit.outside'),
      ],
    }),
  ]
  return { kind: 'page', title: words.t('verify.title'), content, verifies: true }
}

async function publicEvidence({ backend, nowMs }: PageContext): Promise<PageResult> {
  const evidence = await gatherEvidence(backend, { disclosures: [] }, nowMs)
  return {
    kind: 'file',
    name: 'heads.json',
    contentType: 'application/json',
    body: `${JSON.stringify(evidence, null, 2)}\n`,
  }
}

/** How anybody checks the logs, without an account and without trusting this page. */
export const verifyRoutes: readonly PageRoute[] = [
  { id: 'verify.home', role: 'verify', method: 'GET', path: '/', run: showVerify },
  {
    id: 'verify.evidence',
    role: 'verify',
    method: 'GET',
    path: '/evidence.json',
    run: publicEvidence,
  },
]
