import { h } from 'preact'
import { epsilonText } from '../analyst/exact-text.ts'
import { InsetText } from '../components/inset-text.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import { purposeId } from '../vocabulary.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { agreementFacts, budgetYears } from './agreement-facts.ts'
import type { AgreementFacts } from './agreement-facts.ts'
import { asInspector } from './as-inspector.ts'
import type { AsInspector } from './as-inspector.ts'
import type { InspectedAct } from './inspector-desk.ts'
import { pageHead } from './page-head.ts'
import { stackedRow, StackedTable } from '../components/lists/index.ts'

function placesText({ words, organisations }: PageContext, { places }: AgreementFacts): string {
  const newest = new Map(places.map((place) => [place.organisation, place.entry]))
  return words.list(
    [...newest].map(([organisation, entry]) =>
      words.t('inspect.logOf', { organisation: nameOf(organisations, words)(organisation), entry }),
    ),
  )
}

function agreementsTable(context: PageContext, acts: readonly InspectedAct[]): Markup {
  const { words, organisations } = context
  const name = nameOf(organisations, words)
  return h(StackedTable, {
    caption: words.t('inspectRegister.agreements'),
    columns: [
      words.t('inspectRegister.agreement'),
      words.t('inspectRegister.between'),
      words.t('inspectRegister.purpose'),
      words.t('inspectRegister.state'),
      words.t('inspectRegister.places'),
    ],
    rows: agreementFacts(acts).map((facts) =>
      stackedRow([
        facts.name,
        words.t('reconcile.pair', {
          consumer: name(facts.consumer),
          provider: name(facts.provider),
        }),
        words.named('purpose', purposeId(facts.purpose)),
        words.named('agreementAct', facts.state),
        placesText(context, facts),
      ]),
    ),
  })
}

function budgetsTable(
  { words, organisations }: PageContext,
  acts: readonly InspectedAct[],
): Markup {
  return h(StackedTable, {
    caption: words.t('inspectRegister.budgets'),
    columns: [
      words.t('inspectRegister.population'),
      words.t('inspectRegister.spent'),
      words.t('inspectRegister.charges'),
      words.t('inspectRegister.from'),
    ],
    rows: budgetYears(acts).map((year) =>
      stackedRow([
        words.t('inspectRegister.populationOf', {
          population: year.population,
          organisation: nameOf(organisations, words)(year.organisation),
        }),
        words.t('inspectRegister.spentOf', {
          spent: epsilonText(words, year.spentMicroEpsilon),
          most: epsilonText(words, year.microEpsilon),
        }),
        String(year.charges),
        words.date(year.fromMs),
      ]),
    ),
  })
}

async function show(context: PageContext, { desk, name }: AsInspector): Promise<PageResult> {
  const { words } = context
  const [agreements, budgets] = await Promise.all([
    desk.acts(['agreement.']),
    desk.acts(['budget.']),
  ])
  const title = words.t('inspectRegister.title')
  const content = [
    ...pageHead({ name, title, lead: words.t('inspectRegister.lead') }),
    agreements.length === 0
      ? h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('inspectRegister.none')))
      : agreementsTable(context, agreements),
    budgets.length === 0 ? null : budgetsTable(context, budgets),
  ]
  return { kind: 'page', title, content }
}

/** Every agreement and every budget that the logs name, with the entries that say so. */
export const registerRoutes: readonly PageRoute[] = [
  {
    id: 'inspector.register',
    role: 'inspector',
    method: 'GET',
    path: '/register',
    run: (context) => asInspector(context, (as) => show(context, as)),
  },
]
