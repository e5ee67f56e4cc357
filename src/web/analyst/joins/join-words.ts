import type { JoinListed, JoinPlan, JoinRelease, VegaTexts } from '../../../population/index.ts'
import { joinDimensions } from '../../../population/index.ts'
import type { ChartTexts } from '../../chart/chart-rows.ts'
import type { Words } from '../../messages/words.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext } from '../../page-route.ts'
import { tableWords } from '../chart-words.ts'
import { pairSides } from './pairs/pair-form.ts'
import type { PairSide } from './pairs/pair-form.ts'

/** The names of a plan's parties, as the page's reader knows them. */
export interface PartyNames extends Readonly<Record<PairSide, string>> {
  readonly tally: string
  readonly inspector: string
}

/** Who takes part in a plan, by name. */
export function partiesOf(
  { organisations, words }: Pick<PageContext, 'organisations' | 'words'>,
  { left, right, tally, inspector }: JoinPlan,
): PartyNames {
  const name = nameOf(organisations, words)
  return {
    left: name(left.organisation),
    right: name(right.organisation),
    tally: name(tally),
    inspector: name(inspector),
  }
}

/** An element with the organisation that holds it. */
export function heldElement(words: Words, element: string, organisation: string): string {
  return words.t('pair.held', { element: words.named('element', element), organisation })
}

/** What a plan's numbers are. */
export function planMeasure(words: Words, { stat }: JoinPlan, names: PartyNames): string {
  const kind = stat.kind === 'quantiles' ? 'quantile' : stat.kind
  const statistic = words.named('statistic', kind)
  if (stat.kind === 'count') return statistic
  return words.t('chart.of', {
    statistic,
    element: heldElement(words, stat.element, names[stat.side]),
  })
}

/** A plan's table by name: what, of whose registers, as of when. */
export function planTitle(
  context: Pick<PageContext, 'organisations' | 'words'>,
  { plan, begunMs }: Pick<JoinListed, 'plan' | 'begunMs'>,
): string {
  const { words } = context
  const names = partiesOf(context, plan)
  const { left, right } = names
  const what = planMeasure(words, plan, names)
  return words.t('pair.title', { what, left, right, date: words.date(begunMs) })
}

/** The words of the chart of a table over two registers. */
export function joinChartWords(
  context: Pick<PageContext, 'organisations' | 'words'>,
  release: JoinRelease,
): ChartTexts & VegaTexts {
  const { words } = context
  const { plan, asOfMs } = release
  const names = partiesOf(context, plan)
  const held = pairSides.flatMap((side) =>
    plan[side].by.map((element) => heldElement(words, element, names[side])),
  )
  const byDimension = new Map(joinDimensions(release).map((name, at) => [name, held[at]]))
  return tableWords(words, {
    title: planTitle(context, { plan, begunMs: asOfMs }),
    what: planMeasure(words, plan, names),
    elementOf: (dimension) => byDimension.get(dimension) ?? dimension,
  })
}
