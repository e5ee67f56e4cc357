import { h } from 'preact'
import { PopulationError } from '../../population/index.ts'
import type { CatalogueElement, PreviewAnswer } from '../../population/index.ts'
import { Button } from '../components/button.ts'
import { Card } from '../components/card.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asAnalyst } from './as-analyst.ts'
import type { AsAnalyst } from './as-analyst.ts'
import { BudgetFacts } from './budget-facts.ts'
import type { AskableTables, PopulationDesk } from './population-desk.ts'

function domainText(words: Words, { domain, unit }: CatalogueElement): string {
  switch (domain.kind) {
    case 'closed':
      return words.t('catalogue.closed', { count: domain.keys.length })
    case 'bounded': {
      const [min, max] = [words.exact(String(domain.min)), words.exact(String(domain.max))]
      return unit === null
        ? words.t('catalogue.bounded', { min, max })
        : words.t('catalogue.boundedUnit', { min, max, unit })
    }
    case 'open':
      return words.t('catalogue.open')
  }
}

function elementItem(words: Words, element: CatalogueElement): Markup {
  const note = element.protected ? ` (${words.t('catalogue.protected')})` : ''
  return h(
    'li',
    null,
    h('strong', null, words.named('element', element.name)),
    `: ${domainText(words, element)}${note}`,
  )
}

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
  const { name, size } = catalogue.population
  const people = words.t('catalogue.people', {
    name: words.named('element', name),
    size: words.exact(String(size)),
  })
  const elements = catalogue.elements.map((element) => elementItem(words, element))
  const rows = [
    agreement,
    { key: words.t('catalogue.population'), value: people },
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

async function showCatalogue(
  context: PageContext,
  { desk, analyst, name }: AsAnalyst,
): Promise<PageResult> {
  const { words } = context
  const found = desk === undefined ? [] : await desk.agreements()
  const offers =
    desk === undefined
      ? []
      : await Promise.all(found.map((tables) => offerOf(desk, tables, analyst)))
  const title = words.t('catalogue.title')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('catalogue.lead')),
    offers.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('catalogue.none'))
      : h(
          'div',
          { class: 'app-stack' },
          offers.map((offer) => offerCard(context, offer)),
        ),
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
