import type { DomainKey } from '../../register/index.ts'
import type { StatisticRow } from './release-rows.ts'
import type { TableForm } from './table-form.ts'

/** The columns of a file of rows that are the same in every file, in their order, after the dimensions. */
export const fixedColumns = [
  'statistic',
  'ppm',
  'value',
  'lower',
  'upper',
  'level_ppm',
  'level',
  'release',
] as const

/** The type of a dimension's column. */
export type ColumnType = 'text' | 'integer' | 'boolean'

/** One column of a dimension. */
export interface DimensionColumn {
  readonly name: string
  readonly type: ColumnType
}

function typeOf(keys: readonly DomainKey[]): ColumnType {
  if (keys.every((key) => typeof key === 'number')) return 'integer'
  return keys.every((key) => typeof key === 'boolean') ? 'boolean' : 'text'
}

/**
 * The columns of the dimensions: named as their elements, with `by_` before a name that is another column's. Each has the
 * type of its keys.
 */
export function dimensionColumns({
  by,
  cells,
}: Pick<TableForm, 'by' | 'cells'>): readonly DimensionColumn[] {
  const taken = new Set<string>([...fixedColumns, ...by])
  return by.map((element, at) => {
    let name = element
    if (fixedColumns.some((fixed) => fixed === element)) {
      do name = `by_${name}`
      while (taken.has(name))
      taken.add(name)
    }
    return { name, type: typeOf(cells.flatMap(({ key }) => key.slice(at, at + 1))) }
  })
}

/** A row's values in the order of the columns; `null` where there is none. */
export function valuesOf(row: StatisticRow, digest: string): readonly (DomainKey | null)[] {
  const { key, statistic, ppm, value, lower, upper, levelPpm, level } = row
  return [...key, statistic, ppm, value, lower, upper, levelPpm, level, digest]
}
