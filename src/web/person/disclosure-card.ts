import { h } from 'preact'
import { Card } from '../components/card.ts'
import { ComplainAbout } from './complaint/take-away.ts'
import { BeginRequest } from './requests/begin-request.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { Disclosure, OpenDisclosure } from '../demo-backend.ts'
import { ProofMark } from '../layout/proof-mark.ts'
import type { Markup } from '../markup.ts'
import { entryOwner, nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'
import { purposeId } from '../vocabulary.ts'

function facts(context: PageContext, disclosure: OpenDisclosure): Markup {
  const { words } = context
  const names = disclosure.elements.map((element) => h('li', null, words.named('element', element)))
  return h('ul', { class: 'govuk-list app-facts__list' }, names)
}

function rows(context: PageContext, disclosure: Disclosure): readonly SummaryRow[] {
  const { words, organisations } = context
  const name = nameOf(organisations, words)
  const laws = disclosure.legalBasis.map((basis) => words.named('law', basis))
  const all: SummaryRow[] = [
    {
      key: words.t('disclosure.purpose'),
      value: words.named('purpose', purposeId(disclosure.purpose)),
    },
    { key: words.t('disclosure.law'), value: words.list(laws) },
  ]
  if (disclosure.outcome !== 'sealed') {
    const { provider, code } = disclosure
    all.unshift(
      { key: words.t('disclosure.asked'), value: name(provider) },
      { key: words.t('disclosure.facts'), value: facts(context, disclosure) },
    )
    if (code !== undefined)
      all.push({ key: words.t('disclosure.refused'), value: words.named('code', code) })
  }
  const owner = entryOwner(organisations, disclosure)
  const entry = { index: disclosure.entryIndex, organisation: name(owner) }
  all.push({ key: words.t('trace.entry'), value: words.t('entry.number', entry) })
  return all
}

const tones = { permit: 'good', deny: 'refused', sealed: 'closed' } as const

/**
 * One entry about the person: who asked whom, for what, under which law, and which facts, by name
 * and never by value; of another person's case who asked, for what, under which law and when. `position` is its
 * place in the evidence file.
 */
export function DisclosureCard(props: {
  context: PageContext
  disclosure: Disclosure
  position: number
}): Markup {
  const { context, disclosure, position } = props
  const { words, organisations, nowMs } = context
  const isSealed = disclosure.outcome === 'sealed'
  const witnessedMs = disclosure.witnessedAtMs
  const waiting =
    witnessedMs === undefined
      ? words.t('proof.provisional')
      : words.t('proof.witnessed', { age: words.duration(nowMs - witnessedMs) })
  return h(
    Card,
    {
      title: nameOf(organisations, words)(disclosure.consumer),
      accent: disclosure.consumer,
      aside: h(Tag, {
        text: words.named('outcome', disclosure.outcome),
        tone: tones[disclosure.outcome],
      }),
    },
    h('p', { class: 'app-card__when' }, words.dateTime(disclosure.atMs)),
    isSealed ? h('p', { class: 'govuk-body app-measure' }, words.t('disclosure.sealed')) : null,
    h(SummaryList, {
      rows: rows(context, disclosure),
      classes: 'govuk-summary-list--no-border app-facts',
    }),
    h(ProofMark, {
      words,
      subject: `receipt-${position}`,
      text: waiting,
      ...(isSealed && { holds: words.t('disclosure.sealedHolds') }),
    }),
    h(
      'div',
      { class: 'app-side-by-side' },
      h(BeginRequest, { context, disclosure }),
      h(ComplainAbout, { context, disclosure }),
    ),
  )
}
