import { h } from 'preact'
import { planCost } from '../../../population/index.ts'
import type { JoinPlan } from '../../../population/index.ts'
import { SummaryList } from '../../components/summary-list.ts'
import type { SummaryRow } from '../../components/summary-list.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'
import { plainKey } from '../chart-words.ts'
import { planPrice } from './plan-price.ts'
import { planMeasure } from './join-words.ts'
import type { PartyNames } from './join-words.ts'
import { pairSides } from './pairs/pair-form.ts'
import type { PairSide } from './pairs/pair-form.ts'

function sideText(words: Words, plan: JoinPlan, side: PairSide): Markup {
  const { by, where, agreement } = plan[side]
  const names = by.map((element) => words.named('element', element))
  const split = names.length === 0 ? words.t('pair.unsplit') : words.list(names)
  const filters = Object.entries(where).map(([element, keys]) =>
    words.t('chart.key', {
      element: words.named('element', element),
      key: words.list(keys.map((key) => plainKey(words, key))),
    }),
  )
  return h(
    'ul',
    { class: 'govuk-list' },
    h('li', null, words.t('pair.split', { elements: split })),
    filters.map((text) => h('li', null, words.t('pair.only', { text }))),
    h('li', null, words.t('pair.under', { agreement: `${agreement.id} ${agreement.version}` })),
  )
}

/** What was asked of whom, and what each holder is charged for it. */
export function PlanFacts({
  words,
  plan,
  names,
}: {
  readonly words: Words
  readonly plan: JoinPlan
  readonly names: PartyNames
}): Markup {
  const rows: readonly SummaryRow[] = [
    { key: words.t('pair.measure'), value: planMeasure(words, plan, names) },
    ...pairSides.map((side) => ({ key: names[side], value: sideText(words, plan, side) })),
    { key: words.t('pair.charged'), value: planPrice(words, planCost(plan)) },
  ]
  return h(SummaryList, { classes: 'app-facts', rows })
}
