import type { DomainKey } from '../../register/index.ts'
import { middleOf } from '../../register/index.ts'
import type { Bounds } from '../query/index.ts'
import { gridOf } from '../query/index.ts'
import {
  type Estimate,
  meanOf,
  type Noisy,
  quantileInterval,
  quantilesOf,
  type Release,
  type ReleasedCell,
  type ReleasedNumber,
  varianceOf,
} from '../release/index.ts'

/** What a row gives of its cell. */
export type Statistic = 'count' | 'sum' | 'mean' | 'variance' | 'quantile'

/** One statistic of one cell, as people read it: computed from the released numbers alone, by integers. */
export interface StatisticRow {
  /** One of each dimension. */
  readonly key: readonly DomainKey[]
  readonly statistic: Statistic
  /** Which quantile: 500,000 is the median; `null` for the others. */
  readonly ppm: number | null
  /** Exact decimals, below zero as well where the noise says so; `null` where the noise leaves it open. */
  readonly value: string | null
  readonly lower: string | null
  readonly upper: string | null
  /** How often such an interval holds the number without noise, in parts per million. */
  readonly levelPpm: number
  /** `exact`: this often; `at-least`: computed from several numbers, this often or more. */
  readonly level: 'exact' | 'at-least'
}

/** The least level of what is computed from several numbers: that all of them lie in their intervals. */
function jointLevel(numbers: readonly Pick<ReleasedNumber, 'levelPpm'>[]): number {
  return numbers.reduce((level, { levelPpm }) => level - (1_000_000 - levelPpm), 1_000_000)
}

/** At least this often the interval of a quantile holds. */
export const quantileLevelPpm = 950_000

function noisyAt({ numbers }: Release, cell: ReleasedCell, at: number): Noisy {
  return { value: cell.numbers[at] ?? 0, halfWidth: numbers[at]?.halfWidth ?? 0 }
}

function plainRow(release: Release, cell: ReleasedCell, statistic: 'count' | 'sum'): StatisticRow {
  const { value, halfWidth } = noisyAt(release, cell, 0)
  return {
    key: cell.key,
    statistic,
    ppm: null,
    value: String(value),
    lower: String(value - halfWidth),
    upper: String(value + halfWidth),
    levelPpm: release.numbers[0]?.levelPpm ?? 0,
    level: 'exact',
  }
}

function computedRow(
  release: Release,
  cell: ReleasedCell,
  { statistic, estimate }: { readonly statistic: 'mean' | 'variance'; readonly estimate: Estimate },
): StatisticRow {
  const { value, low, high } = estimate
  return {
    key: cell.key,
    statistic,
    ppm: null,
    value,
    lower: low,
    upper: high,
    levelPpm: jointLevel(release.numbers.slice(0, statistic === 'mean' ? 2 : 3)),
    level: 'at-least',
  }
}

function momentRows(release: Release, cell: ReleasedCell, bounds: Bounds): readonly StatisticRow[] {
  const [count, sum, squares] = [0, 1, 2].map((at) => noisyAt(release, cell, at)) as [
    Noisy,
    Noisy,
    Noisy,
  ]
  const mean = meanOf({ sum, count, middle: middleOf(bounds) })
  const rows = [
    plainRow(release, cell, 'count'),
    computedRow(release, cell, { statistic: 'mean', estimate: mean }),
  ]
  if (release.query.measure.kind === 'mean') return rows
  const estimate = varianceOf({ squares, sum, count })
  return [...rows, computedRow(release, cell, { statistic: 'variance', estimate })]
}

/** The middle of a bucket; between two whole numbers it ends in `.5`. */
export function middleText(from: number, to: number): string {
  const twice = BigInt(from) + BigInt(to)
  if (twice % 2n === 0n) return String(twice / 2n)
  return twice < 0n ? `-${String(-twice / 2n)}.5` : `${String(twice / 2n)}.5`
}

function quantileRows(
  { query, numbers }: Release,
  cell: ReleasedCell,
  bounds: Bounds,
): readonly StatisticRow[] {
  const { measure } = query
  const law = numbers[0]?.law
  if (measure.kind !== 'quantiles' || law === undefined) return []
  const { min, max } = bounds
  const { width } = gridOf(bounds)
  const found = quantilesOf(cell.numbers, measure.ppm, { min, width, max })
  return measure.ppm.map((ppm, at) => {
    const bucket = found?.[at]
    const reach = quantileInterval(cell.numbers, ppm, law)
    const row = { key: cell.key, statistic: 'quantile', ppm } as const
    const level = { levelPpm: quantileLevelPpm, level: 'at-least' } as const
    if (bucket === undefined || reach === undefined)
      return { ...row, value: null, lower: null, upper: null, ...level }
    const { from, to } = bucket
    return {
      ...row,
      value: middleText(from, to),
      lower: String(Math.min(from, min + reach.first * width)),
      upper: String(Math.min(max, Math.max(to, min + (reach.last + 1) * width - 1))),
      ...level,
    }
  })
}

function rowsOf(release: Release, cell: ReleasedCell): readonly StatisticRow[] {
  const { measure } = release.query
  const bounds = release.certificate.bounds ?? { min: 0, max: 0 }
  switch (measure.kind) {
    case 'count':
    case 'sum':
      return [plainRow(release, cell, measure.kind)]
    case 'mean':
    case 'variance':
      return momentRows(release, cell, bounds)
    case 'quantiles':
      return quantileRows(release, cell, bounds)
  }
}

/** Every statistic of every cell, cells in the table's order. A mean comes after its count, a variance after both. */
export function releaseRows(release: Release): readonly StatisticRow[] {
  return release.cells.flatMap((cell) => rowsOf(release, cell))
}

/** The rows of what was asked for, without the counts and means that a mean or variance brings along. */
export function askedRows(release: Release): readonly StatisticRow[] {
  const { kind } = release.query.measure
  const asked = kind === 'quantiles' ? 'quantile' : kind
  return releaseRows(release).filter(({ statistic }) => statistic === asked)
}
