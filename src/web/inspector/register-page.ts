import { h } from 'preact'
import { canonicalBytes, decodeUtf8 } from '../../bytes/index.ts'
import { epsilonText } from '../analyst/exact-text.ts'
import { InsetText } from '../components/inset-text.ts'
import { Pagination } from '../components/pagination.ts'
import type { PageLink } from '../components/pagination.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asInspector } from './as-inspector.ts'
import type { AsInspector } from './as-inspector.ts'
import { budgetYears } from './budget-years.ts'
import type { InspectedAct } from './inspector-desk.ts'
import { pageHead } from './page-head.ts'
import { RegisterCard } from './register-cards.ts'
import { registeredAgreements } from './registered-agreements.ts'
import type { RegisteredAgreement } from './registered-agreements.ts'
import { stackedRow, StackedTable } from '../components/lists/index.ts'

/** Agreements on one page, so that it stays light however many there are. */
const mostShown = 30

function agreementList(context: PageContext, registered: readonly RegisteredAgreement[]): Markup {
  const { words, query } = context
  const pages = Math.ceil(registered.length / mostShown)
  const wanted = Number(new URLSearchParams(query).get('page') ?? '1')
  const page = Number.isSafeInteger(wanted) && wanted >= 1 && wanted <= pages ? wanted : 1
  const link = (to: number, text: string): PageLink => ({
    href: `/register?page=${to}`,
    text,
    label: words.t('pages.which', { page: to, pages }),
  })
  return h(
    'section',
    null,
    h('h2', { class: 'govuk-heading-m' }, words.t('inspectRegister.agreements')),
    h(
      'ul',
      { class: 'app-stack' },
      registered
        .slice((page - 1) * mostShown, page * mostShown)
        .map((one) => h('li', null, h(RegisterCard, { context, registered: one }))),
    ),
    h(Pagination, {
      label: words.t('pages.title'),
      previous: page > 1 ? link(page - 1, words.t('inspectRegister.before')) : undefined,
      next: page < pages ? link(page + 1, words.t('inspectRegister.after')) : undefined,
    }),
  )
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
  const [held, acts, budgets] = await Promise.all([
    desk.agreements(),
    desk.acts(['agreement.']),
    desk.acts(['budget.']),
  ])
  const registered = registeredAgreements(held, acts)
  const title = words.t('inspectRegister.title')
  const content = [
    ...pageHead({ name, title, lead: words.t('inspectRegister.lead') }),
    registered.length === 0
      ? h(InsetText, null, h('p', { class: 'govuk-body' }, words.t('inspectRegister.none')))
      : agreementList(context, registered),
    budgets.length === 0 ? null : budgetsTable(context, budgets),
  ]
  return { kind: 'page', title, content }
}

async function download({ params }: PageContext, { desk }: AsInspector): Promise<PageResult> {
  const found = (await desk.agreements()).find(
    ({ agreement: { id, version } }) =>
      id === params['id'] && String(version) === params['version'],
  )
  if (found === undefined) return { kind: 'missing' }
  const { agreement } = found
  return {
    kind: 'file',
    name: `${agreement.id}.v${agreement.version}.json`,
    contentType: 'application/json',
    body: decodeUtf8(canonicalBytes(agreement)),
  }
}

/** Every agreement and every budget, where they stand, and the entries that say so. */
export const registerRoutes: readonly PageRoute[] = [
  {
    id: 'inspector.register',
    role: 'inspector',
    method: 'GET',
    path: '/register',
    run: (context) => asInspector(context, (as) => show(context, as)),
  },
  {
    id: 'inspector.register-document',
    role: 'inspector',
    method: 'GET',
    path: '/register/:id/:version/document.json',
    run: (context) => asInspector(context, (as) => download(context, as)),
  },
]
