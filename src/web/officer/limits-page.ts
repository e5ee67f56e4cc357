import { h } from 'preact'
import { epsilonText } from '../analyst/exact-text.ts'
import { Card } from '../components/card.ts'
import { ShareBar } from '../components/lists/index.ts'
import { CommandLine } from '../layout/command-line.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { agreementHref } from './agreements/agreements-page.ts'
import { asOfficer } from './as-officer.ts'
import type { AsOfficer } from './as-officer.ts'
import type { AgreementUse, ShownAgreement, ShownBudget } from './officer-desk.ts'
import { UseBars } from './agreements/use-bars.ts'

function budgetCard({ words, nowMs }: PageContext, budget: ShownBudget): Markup {
  const { population, size, year } = budget
  const title = words.t('limits.population', {
    name: words.named('element', population),
  })
  const about = h(
    'p',
    { class: 'govuk-body' },
    words.t('limits.aboutPeople', { count: words.exact(String(size)) }),
  )
  if (year === null || year.untilMs <= nowMs)
    return h(
      Card,
      { title, level: 3 },
      about,
      h('p', { class: 'govuk-body' }, words.t('limits.noYear')),
      h(CommandLine, {
        lines: [
          `cloison stats budget open ${population} --epsilon 1 --key keys/dpo.key -c cloison.yaml`,
        ],
      }),
    )
  const { microEpsilon, spentMicroEpsilon, charges, untilMs, entry } = year
  const text = words.t('limits.epsilon', {
    used: epsilonText(words, spentMicroEpsilon),
    most: epsilonText(words, microEpsilon),
  })
  return h(
    Card,
    { title, level: 3 },
    about,
    h(ShareBar, { text, used: spentMicroEpsilon, most: microEpsilon }),
    h(
      'p',
      { class: 'govuk-body' },
      words.t('limits.year', { charges, date: words.date(untilMs), entry }),
    ),
  )
}

type Counted = ShownAgreement & { readonly use: AgreementUse }

function agreementCard(context: PageContext, shown: Counted): Markup {
  const { words, organisations } = context
  const { agreement, use } = shown
  const title = words.t('agreements.name', { id: agreement.id, version: agreement.version })
  return h(
    Card,
    {
      title: h('a', { class: 'govuk-link', href: agreementHref(shown) }, title),
      level: 3,
      accent: agreement.consumer,
    },
    h(
      'p',
      { class: 'app-card__when' },
      words.t('limits.askedBy', { consumer: nameOf(organisations, words)(agreement.consumer) }),
    ),
    h(UseBars, { words, agreement, use }),
  )
}

function isCounted(shown: ShownAgreement): shown is Counted {
  const { state } = shown.standing
  return shown.use !== null && (state === 'active' || state === 'suspended')
}

async function show(context: PageContext, { desk, account }: AsOfficer): Promise<PageResult> {
  const { words } = context
  const [agreements, budgets] = await Promise.all([desk.agreements(), desk.budgets()])
  const counted = agreements.filter(isCounted)
  const title = words.t('section.limits')
  const content = [
    h('span', { class: 'govuk-caption-l' }, account.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('limits.lead')),
    h('h2', { class: 'govuk-heading-m' }, words.t('limits.agreements')),
    counted.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('limits.noAgreement'))
      : h(
          'div',
          { class: 'app-stack' },
          counted.map((shown) => agreementCard(context, shown)),
        ),
    h('h2', { class: 'govuk-heading-m' }, words.t('limits.budgets')),
    budgets.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('limits.noRegister'))
      : h(
          'div',
          { class: 'app-stack' },
          budgets.map((budget) => budgetCard(context, budget)),
        ),
  ]
  return { kind: 'page', title, content }
}

/** How much of every limit and budget is used. */
export const limitRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.limits',
    role: 'dpo',
    method: 'GET',
    path: '/limits',
    run: (context) => asOfficer(context, (as) => show(context, as)),
  },
]
