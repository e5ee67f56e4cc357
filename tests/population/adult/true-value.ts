import type { DomainKey } from '../../../src/register/index.ts'
import type { Statistic } from '../../../src/population/index.ts'
import type { AdultRow } from './adult-data.ts'

/** What a row of a release is about. */
export interface TrueQuestion {
  readonly by: readonly string[]
  readonly key: readonly DomainKey[]
  readonly statistic: Statistic
  /** Which quantile. */
  readonly ppm: number | null
  /** What is measured; `undefined` for a count of people. */
  readonly element: string | undefined
}

const asText = (key: DomainKey): string =>
  typeof key === 'boolean' ? (key ? '1' : '0') : String(key)

function isIn(row: AdultRow, { by, key }: TrueQuestion): boolean {
  return by.every((name, at) => row[name] === asText(key[at] ?? ''))
}

function quantile(values: readonly number[], ppm: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * ppm) / 1_000_000) - 1)]
}

/** The value without noise; `undefined` where there is nobody to have one. Written apart from the product's own code. */
export function trueValue(rows: readonly AdultRow[], asked: TrueQuestion): number | undefined {
  const cell = rows.filter((row) => isIn(row, asked))
  const { element, statistic, ppm } = asked
  if (statistic === 'count') return cell.length
  const values = cell.map((row) => Number(row[element ?? '']))
  const sum = values.reduce((total, one) => total + one, 0)
  if (statistic === 'sum') return sum
  if (values.length === 0) return undefined
  if (statistic === 'mean') return sum / values.length
  if (statistic === 'quantile') return quantile(values, ppm ?? 0)
  const mean = sum / values.length
  return values.reduce((total, one) => total + (one - mean) ** 2, 0) / values.length
}
