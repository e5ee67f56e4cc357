import { h } from 'preact'
import { epsilonText } from '../analyst/exact-text.ts'
import { Card } from '../components/card.ts'
import { ShareBar } from '../components/lists/index.ts'
import type { Markup } from '../markup.ts'
import type { ShownBudget } from '../officer/officer-desk.ts'
import type { PageContext } from '../page-route.ts'

function yearOf({ words, nowMs }: PageContext, { year }: ShownBudget): Markup[] {
  if (year === null || year.untilMs <= nowMs)
    return [h('p', { class: 'govuk-body' }, words.t('public.noYear'))]
  const { microEpsilon, spentMicroEpsilon, charges, untilMs, entry } = year
  const text = words.t('limits.epsilon', {
    used: epsilonText(words, spentMicroEpsilon),
    most: epsilonText(words, microEpsilon),
  })
  return [
    h(ShareBar, { text, used: spentMicroEpsilon, most: microEpsilon }),
    h(
      'p',
      { class: 'govuk-body' },
      words.t('limits.year', { charges, date: words.date(untilMs), entry }),
    ),
  ]
}

function budgetCard(context: PageContext, budget: ShownBudget): Markup {
  const { words } = context
  const { population, size } = budget
  const title = words.t('limits.population', { name: words.named('element', population) })
  return h(
    'li',
    null,
    h(
      Card,
      { title, level: 3 },
      h(
        'p',
        { class: 'govuk-body' },
        words.t('limits.aboutPeople', { count: words.exact(String(size)) }),
      ),
      yearOf(context, budget),
    ),
  )
}

/** How much of the year's privacy budget is spent, for each population: the sum of public charges. */
export function BudgetCards({
  context,
  budgets,
}: {
  readonly context: PageContext
  readonly budgets: readonly ShownBudget[]
}): Markup | null {
  if (budgets.length === 0) return null
  const { words } = context
  return h(
    'section',
    null,
    h('h2', { class: 'govuk-heading-m' }, words.t('limits.budgets')),
    h('p', { class: 'govuk-body app-measure' }, words.t('public.budgetsText')),
    h(
      'ul',
      { class: 'app-stack' },
      budgets.map((budget) => budgetCard(context, budget)),
    ),
  )
}
