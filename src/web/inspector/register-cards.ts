import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Agreement } from '../../agreement/index.ts'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import { Tag } from '../components/tag.ts'
import type { Markup } from '../markup.ts'
import { limitTexts } from '../officer/agreements/agreement-facts.ts'
import { StandingTag, standingSentence } from '../officer/agreements/standing-words.ts'
import { firstDay, lastDay } from '../officer/agreements/term-days.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'
import { purposeId } from '../vocabulary.ts'
import { isOneStanding } from './registered-agreements.ts'
import type { RegisteredAgreement } from './registered-agreements.ts'

/** Where the signed document of an agreement is downloaded. */
export function registerDocumentHref({ id, version }: Agreement): string {
  return `/register/${id}/${version}/document.json`
}

function bullets(items: readonly string[]): Markup {
  return h(
    'ul',
    { class: 'govuk-list govuk-list--bullet app-facts__list' },
    items.map((item) => h('li', null, item)),
  )
}

function standingRows(
  { words, organisations }: PageContext,
  { standings }: RegisteredAgreement,
): readonly SummaryRow[] {
  const name = nameOf(organisations, words)
  const [first] = standings
  if (first === undefined)
    return [{ key: words.t('agreements.standing'), value: words.t('inspectRegister.untold') }]
  if (isOneStanding(standings))
    return [
      {
        key: words.t('agreements.standing'),
        value: standingSentence(words, first.standing, name),
      },
    ]
  return standings.map(({ organisation, standing }) => ({
    key: words.t('inspectRegister.standingAt', { organisation: name(organisation) }),
    value: [
      h(StandingTag, { words, standing }),
      h('br', null),
      standingSentence(words, standing, name),
    ],
  }))
}

/** Both parties count the lock from the same publications; the later one holds where they differ. */
function effectRows(
  { words }: PageContext,
  { standings }: RegisteredAgreement,
): readonly SummaryRow[] {
  const known = standings.flatMap(({ standing }) => standing.effectiveFromMs ?? [])
  return known.length === 0
    ? []
    : [{ key: words.t('inspectRegister.effect'), value: words.dateTime(Math.max(...known)) }]
}

function termRows({ words }: PageContext, agreement: Agreement): readonly SummaryRow[] {
  const { purpose, notBeforeMs, notAfterMs } = agreement
  return [
    { key: words.t('fact.purpose'), value: words.named('purpose', purposeId(purpose)) },
    { key: words.t('fact.caps'), value: bullets(limitTexts(words, agreement)) },
    {
      key: words.t('fact.term'),
      value: words.t('fact.fromTo', {
        from: words.date(firstDay(notBeforeMs)),
        to: words.date(lastDay(notAfterMs)),
      }),
    },
  ]
}

function newestText(
  { words, organisations }: PageContext,
  { newest }: RegisteredAgreement,
): ComponentChildren {
  const name = nameOf(organisations, words)
  if (newest.length === 0) return words.t('event.none')
  return bullets(
    newest.map(({ organisation, entry, record: { kind } }) =>
      words.t('inspectRegister.newest', {
        organisation: name(organisation),
        entry,
        what: words.named('agreementEvent', kind.slice(kind.indexOf('.') + 1)),
      }),
    ),
  )
}

function documentRow({ words }: PageContext, agreement: Agreement): SummaryRow {
  const label = words.t('agreements.download')
  const named = words.t('agreements.name', { id: agreement.id, version: agreement.version })
  return {
    key: words.t('agreements.document'),
    value: h(
      'a',
      { class: 'govuk-link', href: registerDocumentHref(agreement) },
      label,
      h('span', { class: 'govuk-visually-hidden' }, ` (${named})`),
    ),
  }
}

function titleOf({ words, organisations }: PageContext, one: RegisteredAgreement): string {
  if (one.agreement === null) return one.name
  const name = nameOf(organisations, words)
  const { consumer, provider } = one.agreement
  return words.t('agreements.asks', { consumer: name(consumer), provider: name(provider) })
}

function asideOf({ words }: PageContext, { standings }: RegisteredAgreement): Markup {
  const [first] = standings
  return first !== undefined && isOneStanding(standings)
    ? h(StandingTag, { words, standing: first.standing })
    : h(Tag, { text: words.t('gap.look'), tone: 'refused' })
}

/** One version of an agreement: where both parties say it stands, its limits and term, its newest entries. */
export function RegisterCard(props: {
  readonly context: PageContext
  readonly registered: RegisteredAgreement
}): Markup {
  const { context, registered } = props
  const { words } = context
  const { agreement } = registered
  return h(
    Card,
    { title: titleOf(context, registered), level: 3, aside: asideOf(context, registered) },
    agreement === null
      ? null
      : h(
          'p',
          { class: 'app-card__when app-anywhere' },
          words.t('agreements.name', { id: agreement.id, version: agreement.version }),
        ),
    h(SummaryList, {
      classes: 'govuk-summary-list--no-border app-facts',
      rows: [
        ...standingRows(context, registered),
        ...effectRows(context, registered),
        ...(agreement === null ? [] : termRows(context, agreement)),
        { key: words.t('inspectRegister.places'), value: newestText(context, registered) },
        ...(agreement === null ? [] : [documentRow(context, agreement)]),
      ],
    }),
  )
}
