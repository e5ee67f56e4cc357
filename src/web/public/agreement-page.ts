import { h } from 'preact'
import { decodeUtf8, canonicalBytes } from '../../bytes/index.ts'
import { Button } from '../components/button.ts'
import { SummaryList } from '../components/summary-list.ts'
import { agreementFacts } from '../officer/agreements/agreement-facts.ts'
import { EventTable } from '../officer/agreements/event-table.ts'
import { StandingTag, standingSentence } from '../officer/agreements/standing-words.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { publicAgreementHref, termText } from './agreement-cards.ts'
import { MonthTable } from './month-table.ts'
import type { PublicAgreement, PublicRecord } from './public-desk.ts'

interface Named {
  readonly record: PublicRecord
  readonly shown: PublicAgreement
}

async function named({ desks, params }: PageContext): Promise<Named | undefined> {
  const record = await desks.open?.record()
  const shown = record?.agreements.findLast(
    ({ agreement }) =>
      agreement.id === params['id'] && String(agreement.version) === params['version'],
  )
  return record === undefined || shown === undefined ? undefined : { record, shown }
}

function page(context: PageContext, { record, shown }: Named): PageResult {
  const { words, organisations, nowMs } = context
  const { agreement, standing, digest } = shown
  const name = nameOf(organisations, words)
  const title = words.t('agreements.name', { id: agreement.id, version: agreement.version })
  const left = { key: words.t('agreements.lastDay'), value: termText(words, agreement, nowMs) }
  const content = [
    h('h1', { class: 'govuk-heading-l app-anywhere' }, title),
    h('p', { class: 'govuk-body' }, h(StandingTag, { words, standing })),
    h('p', { class: 'govuk-body-l app-measure' }, standingSentence(words, standing, name)),
    h(SummaryList, {
      rows: [...agreementFacts(agreement, { words, nameOf: name }), left],
      classes: 'app-facts',
    }),
    h(MonthTable, { context, counts: record.counts, agreement: agreement.id }),
    h('h2', { class: 'govuk-heading-m' }, words.t('event.title')),
    h(EventTable, { words, name, events: shown.events }),
    h('h2', { class: 'govuk-heading-m' }, words.t('agreements.document')),
    h(
      'p',
      { class: 'govuk-body app-measure' },
      words.t('label.before', { text: words.t('agreements.digest') }),
      ' ',
      h('code', { class: 'app-code app-anywhere' }, digest),
    ),
    h(Button, {
      text: words.t('agreements.download'),
      href: `${publicAgreementHref(shown)}/document.json`,
      kind: 'secondary',
    }),
  ]
  return { kind: 'page', title, content, backHref: '/' }
}

async function show(context: PageContext): Promise<PageResult> {
  const found = await named(context)
  return found === undefined ? { kind: 'missing' } : page(context, found)
}

async function download(context: PageContext): Promise<PageResult> {
  const found = await named(context)
  if (found === undefined) return { kind: 'missing' }
  const { agreement } = found.shown
  return {
    kind: 'file',
    name: `${agreement.id}.v${agreement.version}.json`,
    contentType: 'application/json',
    body: decodeUtf8(canonicalBytes(agreement)),
  }
}

/** One agreement in force, for everybody: all that it says, the acts upon it, and the signed document. */
export const publicAgreementRoutes: readonly PageRoute[] = [
  {
    id: 'public.agreement',
    role: 'public',
    method: 'GET',
    path: '/agreements/:id/:version',
    run: show,
  },
  {
    id: 'public.agreement-document',
    role: 'public',
    method: 'GET',
    path: '/agreements/:id/:version/document.json',
    run: download,
  },
]
