import type { Release, VegaTexts } from '../../population/index.ts'
import type { ChartKey, ChartTexts } from '../chart/chart-rows.ts'
import type { Words } from '../messages/words.ts'
import { partsText } from './exact-text.ts'

/** A key as it stands in a form or after its element's name. */
export function plainKey(words: Words, key: ChartKey): string {
  return typeof key === 'boolean' ? words.t(key ? 'chart.yes' : 'chart.no') : String(key)
}

/** What a release's numbers are, with the unit that they are in. */
export function measureText(words: Words, { query, certificate }: Release): string {
  const { kind } = query.measure
  const statistic = words.named('statistic', kind === 'quantiles' ? 'quantile' : kind)
  const { bounds } = certificate
  if (bounds === null) return statistic
  const element = words.named('element', bounds.element)
  // A variance is in squares of the unit, which has no name of its own here.
  return bounds.unit === null || kind === 'variance'
    ? words.t('chart.of', { statistic, element })
    : words.t('chart.ofUnit', { statistic, element, unit: bounds.unit })
}

function quantileText(words: Words, ppm: number): string {
  return ppm === 500_000
    ? words.t('chart.median')
    : words.t('chart.share', { percent: words.exact(partsText(ppm, 4)) })
}

/** What a table is called, and its dimensions. */
export interface TableNames {
  readonly title: string
  /** What its numbers are. */
  readonly what: string
  readonly elementOf: (dimension: string) => string
}

/** The words of a release's chart in the reader's language. */
export function chartWords(words: Words, release: Release): ChartTexts & VegaTexts {
  const what = measureText(words, release)
  const { snapshot } = release
  const population = words.named('element', release.population)
  const title = words.t('chart.title', { what, population, snapshot })
  return tableWords(words, {
    title,
    what,
    elementOf: (element) => words.named('element', element),
  })
}

/** The words of any table's chart. */
export function tableWords(
  words: Words,
  { title, what, elementOf }: TableNames,
): ChartTexts & VegaTexts {
  const plain = new Intl.NumberFormat(words.language, { maximumSignificantDigits: 7 })
  const compact = new Intl.NumberFormat(words.language, { notation: 'compact' })
  return {
    title,
    description: words.t('chart.description'),
    note: words.t('chart.description'),
    axis: what,
    value: what,
    lower: words.t('table.lower'),
    upper: words.t('table.upper'),
    everybody: words.t('chart.everybody'),
    open: words.t('chart.open'),
    number: (value) => (Math.abs(value) < 1e7 ? plain : compact).format(value),
    keyOf: (element, key) =>
      typeof key === 'string'
        ? key
        : words.t('chart.key', { element: elementOf(element), key: plainKey(words, key) }),
    elementOf,
    quantileOf: (ppm) => quantileText(words, ppm),
    rowOf: (label, { value, lower, upper }) =>
      value === null || lower === null || upper === null
        ? words.t('chart.rowOpen', { label })
        : words.t('chart.row', {
            label,
            value: words.exact(value),
            lower: words.exact(lower),
            upper: words.exact(upper),
          }),
  }
}
