import { h } from 'preact'
import { PopulationError } from '../../population/index.ts'
import type { PreviewAnswer } from '../../population/index.ts'
import { Button } from '../components/button.ts'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asAnalyst } from './as-analyst.ts'
import type { AsAnalyst } from './as-analyst.ts'
import { BudgetFacts } from './budget-facts.ts'
import { elementItem, peopleText } from './catalogue-words.ts'
import { offeredPairs, PairCard } from './joins/pairs/pair-card.ts'
import type { OfferedPair } from './joins/pairs/pair-card.ts'
import type { AskableTables, PopulationDesk } from './population-desk.ts'

interface Offer {
  readonly tables: AskableTables
  /** `undefined` when its provider cannot be reached, or does not answer. */
  readonly preview: PreviewAnswer | undefined
}

async function offerOf(
  desk: PopulationDesk,
  tables: AskableTables,
  analyst: string,
): Promise<Offer> {
  try {
    return { tables, preview: await desk.preview(tables.id, analyst, null) }
  } catch (cause) {
    if (cause instanceof PopulationError) return { tables, preview: undefined }
    throw cause
  }
}

function offerCard({ words, organisations }: PageContext, { tables, preview }: Offer): Markup {
  const provider = nameOf(organisations, words)(tables.provider)
  const title = words.t('catalogue.register', { organisation: provider })
  const agreement = { key: words.t('catalogue.agreement'), value: `${tables.id} ${tables.version}` }
  if (preview === undefined)
    return h(
      Card,
      { title },
      h(SummaryList, { rows: [agreement], classes: 'govuk-summary-list--no-border app-facts' }),
      h('p', { class: 'govuk-body' }, words.t('deskProblem.PEER_UNAVAILABLE')),
    )
  const { catalogue, budget, refusal } = preview
  const elements = catalogue.elements.map((element) => elementItem(words, element))
  const rows = [
    agreement,
    { key: words.t('catalogue.population'), value: peopleText(words, catalogue) },
    { key: words.t('catalogue.snapshot'), value: catalogue.snapshot },
    {
      key: words.t('catalogue.elements'),
      value: h('ul', { class: 'govuk-list' }, elements),
    },
    { key: words.t('catalogue.budget'), value: h(BudgetFacts, { words, budget }) },
  ]
  return h(
    Card,
    { title },
    h(SummaryList, { rows, classes: 'govuk-summary-list--no-border app-facts' }),
    refusal === null
      ? h(Button, {
          text: words.t('catalogue.build'),
          href: `/ask/${tables.id}`,
          hiddenText: words.t('catalogue.under', { agreement: tables.id }),
          classes: 'app-card__button',
        })
      : h('p', { class: 'govuk-body' }, words.named('tableCode', refusal.code)),
  )
}

async function offersOf({ desk, analyst }: AsAnalyst): Promise<readonly Offer[]> {
  if (desk === undefined) return []
  const found = await desk.agreements()
  return Promise.all(found.map((tables) => offerOf(desk, tables, analyst)))
}

function pairSection(context: PageContext, pairs: readonly OfferedPair[]): Markup | null {
  const { words } = context
  if (pairs.length === 0) return null
  return h(
    'section',
    { 'aria-labelledby': 'pairs' },
    h('h2', { class: 'govuk-heading-m', id: 'pairs' }, words.t('pair.section')),
    h('p', { class: 'govuk-body app-measure' }, words.t('pair.lead')),
    h(
      'div',
      { class: 'app-stack' },
      pairs.map((offered) => h(PairCard, { context, offered })),
    ),
  )
}

async function showCatalogue(context: PageContext, as: AsAnalyst): Promise<PageResult> {
  const { words } = context
  const { joins, analyst, name } = as
  const [offers, pairs] = await Promise.all([
    offersOf(as),
    joins === undefined ? [] : offeredPairs(joins, analyst),
  ])
  const title = words.t('catalogue.title')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('catalogue.lead')),
    offers.length + pairs.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('catalogue.none'))
      : null,
    offers.length === 0
      ? null
      : h(
          'div',
          { class: 'app-stack' },
          offers.map((offer) => offerCard(context, offer)),
        ),
    pairSection(context, pairs),
  ]
  return { kind: 'page', title, content }
}

/** What the analyst's organisation may ask for, of whom, and what is left. */
export const catalogueRoutes: readonly PageRoute[] = [
  {
    id: 'analyst.catalogue',
    role: 'analyst',
    method: 'GET',
    path: '/catalogue',
    run: (context) => asAnalyst(context, (as) => showCatalogue(context, as)),
  },
]
