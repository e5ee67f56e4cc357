import { type JoinRelease, joinReleaseDigest, quantileNoise } from '../join-release/index.ts'
import {
  decimalText,
  floorRatio,
  meanOf,
  type Noisy,
  quantileInterval,
  quantilesOf,
  type ReleasedCell,
} from '../release/index.ts'
import { middleText, quantileLevelPpm, type StatisticRow } from './release-rows.ts'
import type { TableForm } from './table-form.ts'

/** A measured statistic of a plan. */
type Measured = Extract<JoinRelease['plan']['stat'], { readonly levels: number }>

function noisyAt({ numbers }: JoinRelease, cell: ReleasedCell, at: number): Noisy {
  return { value: cell.numbers[at] ?? 0, halfWidth: numbers[at]?.halfWidth ?? 0 }
}

function ceilRatio(num: bigint, den: bigint): bigint {
  return -floorRatio(-num, den)
}

function countRow(release: JoinRelease, cell: ReleasedCell): StatisticRow {
  const { value, halfWidth } = noisyAt(release, cell, 0)
  return {
    key: cell.key,
    statistic: 'count',
    ppm: null,
    value: String(value),
    lower: String(value - halfWidth),
    upper: String(value + halfWidth),
    levelPpm: release.numbers[0]?.levelPpm ?? 0,
    level: 'exact',
  }
}

/** How often both numbers of a mean lie in their intervals, at least. */
function bothPpm({ numbers }: JoinRelease): number {
  return numbers.reduce((level, { levelPpm }) => level - (1_000_000 - levelPpm), 1_000_000)
}

/** min · people + units · (max − min) / levels; a sum without people begins at 0. */
function sumRow(release: JoinRelease, cell: ReleasedCell, stat: Measured): StatisticRow {
  const isMean = stat.kind === 'mean'
  const units = noisyAt(release, cell, isMean ? 1 : 0)
  const people: Noisy = isMean ? noisyAt(release, cell, 0) : { value: 0, halfWidth: 0 }
  const [min, levels] = [BigInt(stat.min), BigInt(stat.levels)]
  const range = BigInt(stat.max) - min
  const reach = min < 0n ? -min : min
  const middle = min * levels * BigInt(people.value) + range * BigInt(units.value)
  const half = reach * levels * BigInt(people.halfWidth) + range * BigInt(units.halfWidth)
  return {
    key: cell.key,
    statistic: 'sum',
    ppm: null,
    value: decimalText(floorRatio(middle, levels)),
    lower: decimalText(floorRatio(middle - half, levels)),
    upper: decimalText(ceilRatio(middle + half, levels)),
    levelPpm: bothPpm(release),
    level: isMean ? 'at-least' : 'exact',
  }
}

/** min + units / people · (max − min) / levels, from the intervals of both. */
function meanRow(release: JoinRelease, cell: ReleasedCell, stat: Measured): StatisticRow {
  const [people, units] = [noisyAt(release, cell, 0), noisyAt(release, cell, 1)]
  const scaled = ({ value, halfWidth }: Noisy, by: number): Noisy => ({
    value: value * by,
    halfWidth: halfWidth * by,
  })
  const { value, low, high } = meanOf({
    sum: scaled(units, stat.max - stat.min),
    count: scaled(people, stat.levels),
    middle: stat.min,
  })
  return {
    key: cell.key,
    statistic: 'mean',
    ppm: null,
    value,
    lower: low,
    upper: high,
    levelPpm: bothPpm(release),
    level: 'at-least',
  }
}

function quantileRows(release: JoinRelease, cell: ReleasedCell): readonly StatisticRow[] {
  const { stat } = release.plan
  if (stat.kind !== 'quantiles') return []
  const { min, max, width } = stat
  const found = quantilesOf(cell.numbers, stat.ppm, { min, width, max })
  return stat.ppm.map((ppm, at) => {
    const bucket = found?.[at]
    const reach = quantileInterval(cell.numbers, ppm, quantileNoise(release.plan))
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

function rowsOf(release: JoinRelease, cell: ReleasedCell): readonly StatisticRow[] {
  const { stat } = release.plan
  switch (stat.kind) {
    case 'count':
      return [countRow(release, cell)]
    case 'sum':
      return [sumRow(release, cell, stat)]
    case 'mean':
      return [countRow(release, cell), sumRow(release, cell, stat), meanRow(release, cell, stat)]
    case 'quantiles':
      return quantileRows(release, cell)
  }
}

/** Every statistic of every cell, cells in the table's order. A mean comes after its count and its sum. */
export function joinRows(release: JoinRelease): readonly StatisticRow[] {
  return release.cells.flatMap((cell) => rowsOf(release, cell))
}

/** The dimensions of a release, with the side before a name that both sides have. */
export function joinDimensions({ plan }: Pick<JoinRelease, 'plan'>): readonly string[] {
  const { left, right } = plan
  const both = left.by.filter((name) => right.by.includes(name))
  const named = (side: string, names: readonly string[]): readonly string[] =>
    names.map((name) => (both.includes(name) ? `${side}_${name}` : name))
  return [...named('left', left.by), ...named('right', right.by)]
}

/** The form of a release over two registers. */
export function joinReleaseForm(release: JoinRelease): TableForm {
  const rows = joinRows(release)
  const { kind } = release.plan.stat
  const asked = kind === 'quantiles' ? 'quantile' : kind
  return {
    by: joinDimensions(release),
    cells: release.cells,
    rows,
    asked: rows.filter(({ statistic }) => statistic === asked),
    digest: joinReleaseDigest(release),
  }
}
