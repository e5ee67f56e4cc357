import { h } from 'preact'
import { Button } from '../components/button.ts'
import { CommandLine } from '../layout/command-line.ts'
import { Limits } from '../layout/limits.ts'
import { ProofMark, ProofSummary } from '../layout/proof-mark.ts'
import { logOwner, nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asPerson } from './as-person.ts'
import type { AsPerson } from './as-person.ts'

const checks = ['opening', 'inclusion', 'signature', 'witness'] as const

function showProofs(context: PageContext, { person, disclosures }: AsPerson): Promise<PageResult> {
  const { words, organisations } = context
  const name = nameOf(organisations, words)
  const receipts = disclosures.map((disclosure, position) =>
    h(
      'li',
      { class: 'app-receipt' },
      h(
        'p',
        { class: 'app-receipt__title' },
        words.t('entry.number', {
          index: disclosure.entryIndex,
          organisation: name(logOwner(organisations, disclosure.origin, disclosure.provider)),
        }),
      ),
      h('p', { class: 'app-card__when' }, words.dateTime(disclosure.atMs)),
      h(ProofMark, { words, subject: `receipt-${position}`, text: words.t('mark.unchecked') }),
    ),
  )
  const content = [
    h('span', { class: 'govuk-caption-l' }, person.name),
    h('h1', { class: 'govuk-heading-l' }, words.t('proofs.title')),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('proofs.lead')),
    h(ProofSummary, { words, evidence: '/evidence.json' }),
    h('ul', { class: 'app-stack' }, receipts),
    h('h2', { class: 'govuk-heading-m' }, words.t('proofs.what')),
    h(
      'ol',
      { class: 'govuk-list govuk-list--number app-measure' },
      checks.map((check) => h('li', null, words.t(`proofs.check.${check}`))),
    ),
    h('h2', { class: 'govuk-heading-m' }, words.t('proofs.yourself')),
    h('p', { class: 'govuk-body app-measure' }, words.t('proofs.yourselfText')),
    h(Button, {
      text: words.t('disclosures.download'),
      href: '/evidence.json',
      kind: 'secondary',
    }),
    h(CommandLine, { lines: ['cloison log verify who-asked-about-me.json'] }),
    h(Limits, { words, texts: [words.t('verify.limit.keys'), words.t('verify.limit.code')] }),
  ]
  return Promise.resolve({ kind: 'page', title: words.t('proofs.title'), content, verifies: true })
}

/** The person's receipts, checked one by one in their own browser. */
export const proofsRoutes: readonly PageRoute[] = [
  {
    id: 'person.proofs',
    role: 'person',
    method: 'GET',
    path: '/proofs',
    run: (context) => asPerson(context, (as) => showProofs(context, as)),
  },
]
