import { h } from 'preact'
import type { SubjectChain } from '../../log/verify/index.ts'
import { type Evidence, gatherEvidence } from '../evidence.ts'
import { CommandLine } from '../layout/command-line.ts'
import { FileResult } from '../layout/file-result.ts'
import { Limits } from '../layout/limits.ts'
import { ProofSummary } from '../layout/proof-mark.ts'
import type { Markup } from '../markup.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { BreachNotices } from './breach-notices.ts'
import { ChainMarks } from './chain-marks.ts'
import { asPerson } from './as-person.ts'
import type { AsPerson } from './as-person.ts'
import { TakeAway } from './complaint/take-away.ts'
import { ConsentPlace } from './consent-place.ts'
import { DisclosureCard } from './disclosure-card.ts'
import { ListFilter, ListPages } from './list-filter.ts'
import { type PersonList, withPersonList } from './person-list.ts'
import { WithheldNotices } from './withheld-notices.ts'

/** Where a person in a hurry is taken. */
const elsewhere = 'https://www.wikipedia.org/'

/** Whether the entries shown are all, as far as this page can tell. */
function wholeness(context: PageContext, { isWhole }: PersonList): Markup {
  const { words, siteUrl } = context
  if (isWhole)
    return h(
      'section',
      { class: 'app-measure' },
      h('h2', { class: 'govuk-heading-m' }, words.t('chain.title')),
      h('p', { class: 'govuk-body' }, words.t('chain.text')),
      h(ChainMarks, { context }),
    )
  return h(
    'section',
    { class: 'app-measure', 'data-whole-list': '' },
    h('h2', { class: 'govuk-heading-m' }, words.t('chain.title')),
    h('p', { class: 'govuk-body' }, words.t('chain.long')),
    h(
      'button',
      { type: 'button', class: 'govuk-button govuk-button--secondary', hidden: true },
      words.t('chain.checkAll'),
    ),
    h(FileResult, { context }),
    h(
      'p',
      { class: 'govuk-body' },
      words.t('chain.elsewhere'),
      ' ',
      h(
        'a',
        { class: 'govuk-link', href: siteUrl({ role: 'verify', organisation: undefined }) },
        words.t('verify.file'),
      ),
    ),
    h(CommandLine, { lines: ['cloison log verify who-asked-about-me.json'] }),
  )
}

/** The title of one page of the list; pages after the first say which they are. */
function titleOf({ words }: PageContext, { wish: { page }, pages }: PersonList): string {
  const title = words.t('disclosures.title')
  return page === 1 ? title : words.t('pages.suffix', { title, page, pages })
}

/** How many questions there were, and apart from them those whose outcome is not for this person. */
function leads({ words }: PageContext, all: PersonList['all']): readonly Markup[] {
  const refused = all.filter(({ outcome }) => outcome === 'deny').length
  const sealed = all.filter(({ outcome }) => outcome === 'sealed').length
  const count = all.length - sealed
  const lead = (text: string): Markup => h('p', { class: 'govuk-body-l app-measure' }, text)
  return [
    ...(count > 0 || sealed === 0 ? [lead(words.t('disclosures.lead', { count, refused }))] : []),
    ...(sealed > 0 ? [lead(words.t('disclosures.sealed', { count: sealed }))] : []),
  ]
}

async function showDisclosures(context: PageContext, list: PersonList): Promise<PageResult> {
  const { words, backend } = context
  const { person, all, breaches, shown, evidence } = list
  const withheld = await backend.withheldNotices()
  const content = [
    h('span', { class: 'govuk-caption-l' }, person.name),
    h('h1', { class: 'govuk-heading-l' }, words.t('disclosures.title')),
    ...leads(context, all),
    h(BreachNotices, { context, breaches }),
    h(ListFilter, { context, list, path: '/disclosures' }),
    h(ProofSummary, { words, evidence }),
    h(
      'div',
      { class: 'app-stack' },
      shown.map((disclosure, position) => h(DisclosureCard, { context, disclosure, position })),
    ),
    h(ListPages, { context, list, path: '/disclosures' }),
    wholeness(context, list),
    h(WithheldNotices, { context, withheld }),
    h(ConsentPlace, { context }),
    h(TakeAway, { context }),
    h(Limits, {
      words,
      texts: [
        words.t('disclosures.limit.withheld'),
        words.t('disclosures.limit.outside'),
        words.t('disclosures.limit.values'),
      ],
    }),
  ]
  return { kind: 'page', title: titleOf(context, list), content, verifies: true }
}

/** The evidence for one page of the list: what the browser checks where the whole would be too much. */
async function pageEvidence(context: PageContext): Promise<PageResult> {
  return await withPersonList(context, async ({ shown }) => {
    const evidence = await gatherEvidence(context.backend, { disclosures: shown }, context.nowMs)
    return evidenceFile(evidence)
  })
}

function evidenceFile(evidence: Evidence): PageResult {
  return {
    kind: 'file',
    name: 'who-asked-about-me.json',
    contentType: 'application/json',
    body: `${JSON.stringify(evidence, null, 2)}\n`,
  }
}

/** Chains first: what they cover is published by the time that the entries are read. */
async function downloadAll(context: PageContext): Promise<PageResult> {
  const id = context.session?.person?.id
  const chains = id === undefined ? [] : await context.backend.chains(id)
  return asPerson(context, (as) => download(context, as, chains))
}

async function download(
  context: PageContext,
  { disclosures }: AsPerson,
  chains: readonly SubjectChain[],
): Promise<PageResult> {
  return evidenceFile(await gatherEvidence(context.backend, { disclosures, chains }, context.nowMs))
}

/** Who asked about the person, the file with every proof, and the quick way out. */
export const disclosuresRoutes: readonly PageRoute[] = [
  {
    id: 'person.disclosures',
    role: 'person',
    method: 'GET',
    path: '/disclosures',
    run: (context) => withPersonList(context, (list) => showDisclosures(context, list)),
  },
  {
    id: 'person.evidence',
    role: 'person',
    method: 'GET',
    path: '/evidence.json',
    run: (context) => (context.query === '' ? downloadAll(context) : pageEvidence(context)),
  },
  {
    id: 'person.leave',
    role: 'person',
    method: 'GET',
    path: '/leave',
    run: () => Promise.resolve({ kind: 'redirect', to: elsewhere, endSession: true }),
  },
]
