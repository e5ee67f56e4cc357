import { h } from 'preact'
import type { BudgetReport } from '../../population/index.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { epsilonText } from './exact-text.ts'

/** What is left of each account of a year. */
export function BudgetFacts({ words, budget }: { words: Words; budget: BudgetReport }): Markup {
  if (budget.year === null) return h('span', null, words.t('catalogue.noYear'))
  return h(
    'ul',
    { class: 'govuk-list' },
    budget.accounts.map(({ account, most, spent }) =>
      h(
        'li',
        null,
        words.t('catalogue.left', {
          account: words.named('budgetAccount', account),
          left: epsilonText(words, Math.max(0, most - spent)),
          most: epsilonText(words, most),
        }),
      ),
    ),
    h('li', null, words.t('catalogue.until', { date: words.date(budget.year.untilMs) })),
  )
}
