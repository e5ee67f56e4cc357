import { h } from 'preact'
import { Button } from '../components/button.ts'
import { CommandLine } from '../layout/command-line.ts'
import { Limits } from '../layout/limits.ts'
import { ProofMark, ProofSummary } from '../layout/proof-mark.ts'
import { entryOwner, nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { ListFilter, ListPages } from './list-filter.ts'
import { type PersonList, withPersonList } from './person-list.ts'

const checks = ['opening', 'inclusion', 'signature', 'witness'] as const

function showProofs(context: PageContext, list: PersonList): PageResult {
  const { words, organisations } = context
  const { person, shown, evidence, wish, pages } = list
  const name = nameOf(organisations, words)
  const receipts = shown.map((disclosure, position) =>
    h(
      'li',
      { class: 'app-receipt' },
      h(
        'p',
        { class: 'app-receipt__title' },
        words.t('entry.number', {
          index: disclosure.entryIndex,
          organisation: name(entryOwner(organisations, disclosure)),
        }),
      ),
      h('p', { class: 'app-card__when' }, words.dateTime(disclosure.atMs)),
      h(ProofMark, {
        words,
        subject: `receipt-${position}`,
        text: words.t('mark.unchecked'),
        ...(disclosure.outcome === 'sealed' && { holds: words.t('disclosure.sealedHolds') }),
      }),
    ),
  )
  const content = [
    h('span', { class: 'govuk-caption-l' }, person.name),
    h('h1', { class: 'govuk-heading-l' }, words.t('proofs.title')),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('proofs.lead')),
    h(ListFilter, { context, list, path: '/proofs' }),
    h(ProofSummary, { words, evidence }),
    h('ul', { class: 'app-stack' }, receipts),
    h(ListPages, { context, list, path: '/proofs' }),
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
  const title = words.t('proofs.title')
  const { page } = wish
  return {
    kind: 'page',
    title: page === 1 ? title : words.t('pages.suffix', { title, page, pages }),
    content,
    verifies: true,
  }
}

/** The person's receipts, checked one by one in their own browser. */
export const proofsRoutes: readonly PageRoute[] = [
  {
    id: 'person.proofs',
    role: 'person',
    method: 'GET',
    path: '/proofs',
    run: (context) => withPersonList(context, (list) => showProofs(context, list)),
  },
]
