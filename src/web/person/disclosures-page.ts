import { h } from 'preact'
import { Button } from '../components/button.ts'
import type { SubjectChain } from '../../log/verify/index.ts'
import { gatherEvidence } from '../evidence.ts'
import { Limits } from '../layout/limits.ts'
import { ProofSummary } from '../layout/proof-mark.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { ChainMarks } from './chain-marks.ts'
import { asPerson } from './as-person.ts'
import type { AsPerson } from './as-person.ts'
import { DisclosureCard } from './disclosure-card.ts'

/** Where a person in a hurry is taken. */
const elsewhere = 'https://www.wikipedia.org/'

function showDisclosures(
  context: PageContext,
  { person, disclosures }: AsPerson,
): Promise<PageResult> {
  const { words } = context
  const refused = disclosures.filter(({ outcome }) => outcome === 'deny').length
  const content = [
    h('span', { class: 'govuk-caption-l' }, person.name),
    h('h1', { class: 'govuk-heading-l' }, words.t('disclosures.title')),
    h(
      'p',
      { class: 'govuk-body-l app-measure' },
      words.t('disclosures.lead', { count: disclosures.length, refused }),
    ),
    h(ProofSummary, { words, evidence: '/evidence.json' }),
    h(ChainMarks, { context }),
    h(
      'div',
      { class: 'app-stack' },
      disclosures.map((disclosure, position) =>
        h(DisclosureCard, { context, disclosure, position }),
      ),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('disclosures.keep')),
    h('p', { class: 'govuk-body app-measure' }, words.t('disclosures.keepText')),
    h(Button, { text: words.t('disclosures.download'), href: '/evidence.json' }),
    h(Limits, {
      words,
      texts: [
        words.t('disclosures.limit.withheld'),
        words.t('disclosures.limit.outside'),
        words.t('disclosures.limit.values'),
      ],
    }),
  ]
  return Promise.resolve({
    kind: 'page',
    title: words.t('disclosures.title'),
    content,
    verifies: true,
  })
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
  const evidence = await gatherEvidence(context.backend, { disclosures, chains }, context.nowMs)
  return {
    kind: 'file',
    name: 'who-asked-about-me.json',
    contentType: 'application/json',
    body: `${JSON.stringify(evidence, null, 2)}\n`,
  }
}

/** Who asked about the person, the file with every proof, and the quick way out. */
export const disclosuresRoutes: readonly PageRoute[] = [
  {
    id: 'person.disclosures',
    role: 'person',
    method: 'GET',
    path: '/disclosures',
    run: (context) => asPerson(context, (as) => showDisclosures(context, as)),
  },
  {
    id: 'person.evidence',
    role: 'person',
    method: 'GET',
    path: '/evidence.json',
    run: downloadAll,
  },
  {
    id: 'person.leave',
    role: 'person',
    method: 'GET',
    path: '/leave',
    run: () => Promise.resolve({ kind: 'redirect', to: elsewhere, endSession: true }),
  },
]
