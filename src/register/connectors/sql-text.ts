import { middleOf } from '../closed-query-plan.ts'
import type { CellKeys, ClosedQueryPlan, Measure } from '../closed-query-plan.ts'
import { elementOf } from '../register-description.ts'
import type { DomainKey, ElementDescription, RegisterDescription } from '../register-description.ts'

/**
 * An identifier of a description, quoted. Statements are made of these, of fixed words and of placeholders;
 * values are always bound.
 *
 * @throws TypeError for what is not a plain SQL name, even though descriptions with such names do not parse
 */
export function quoteName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) throw new TypeError('name is no plain SQL name')
  return `"${name}"`
}

/** A statement with the values that are bound to its placeholders, in order. */
export interface BoundStatement {
  readonly text: string
  readonly values: readonly DomainKey[]
}

/** How one engine writes what the statements of {@link aggregateStatement} need. */
export interface Dialect {
  /** Whether a column of integers holds one. */
  held(column: string): string
  /** Clamps `column` to two placeholders: the smallest, then the largest value. */
  clamped(column: string): string
  /** A whole number over another, rounded down; neither is below zero. */
  quotient(above: string, below: string): string
  /** A column that holds an element's keys and nothing of other values; left out, or `undefined`: there is none. */
  keysOf?(element: ElementDescription): string | undefined
  /** A column that holds an element's values, clamped to its own bounds already; left out, or `undefined`: there is none. */
  valuesOf?(element: ElementDescription): string | undefined
}

/** An expression with the values of its placeholders, in order. */
type Bound = readonly [text: string, ...values: number[]]

/** The columns that a measure adds to a statement, and the one that its rows are grouped by besides. */
function measuredColumns(
  measure: Measure,
  description: RegisterDescription,
  dialect: Dialect,
): { readonly numbers: readonly Bound[]; readonly bucket?: Bound } {
  if (measure.kind === 'count') return { numbers: [['count(*)']] }
  const { min, max } = measure
  const element = elementOf(description, measure.element)
  const { domain } = element
  const isOwn = domain.kind === 'bounded' && domain.min === min && domain.max === max
  const ready = isOwn ? dialect.valuesOf?.(element) : undefined
  if (ready !== undefined) return readyColumns(measure, ready, dialect)
  const column = quoteName(element.column)
  const value = dialect.clamped(column)
  const held = dialect.held(column)
  const total = (text: string): string => `sum(CASE WHEN ${held} THEN ${text} ELSE 0 END)`
  switch (measure.kind) {
    case 'sum':
      return { numbers: [[total(value), min, max]] }
    case 'moments': {
      const middle = middleOf(measure)
      const distance = `(${value} - ?)`
      const one = [min, max, middle] as const
      return {
        numbers: [
          [total('1')],
          [total(distance), ...one],
          [total(`${distance} * ${distance}`), ...one, ...one],
        ],
      }
    }
    case 'buckets': {
      const place = dialect.quotient(`(${value} - ?)`, '?')
      const bucket = `CASE WHEN ${held} THEN ${place} ELSE -1 END`
      return { numbers: [['count(*)']], bucket: [bucket, min, max, min, measure.width] }
    }
  }
}

/** The same for a column of values that are clamped already: what holds none is left out by the engine itself. */
function readyColumns(
  measure: Exclude<Measure, { kind: 'count' }>,
  column: string,
  dialect: Dialect,
): { readonly numbers: readonly Bound[]; readonly bucket?: Bound } {
  const total = (text: string): string => `coalesce(sum(${text}), 0)`
  const distance = `(${column} - CAST(? AS INTEGER))`
  switch (measure.kind) {
    case 'sum':
      return { numbers: [[total(column)]] }
    case 'moments': {
      const middle = middleOf(measure)
      // What 32 bits hold is multiplied in 32 bits, which is quicker; more needs 64.
      const isNarrow = measure.max - measure.min < 2 ** 15
      const factor = isNarrow ? distance : `CAST(${distance} AS BIGINT)`
      return {
        numbers: [
          [`count(${column})`],
          [total(distance), middle],
          [total(`${factor} * ${distance}`), middle, middle],
        ],
      }
    }
    case 'buckets': {
      const place = dialect.quotient(distance, 'CAST(? AS INTEGER)')
      const bucket = `coalesce(${place}, -1)`
      return { numbers: [['count(*)']], bucket: [bucket, measure.min, measure.width] }
    }
  }
}

/**
 * The statement of a table's cells that have rows: the keys and the numbers. For buckets it gives a row for each cell and
 * bucket, the bucket behind the keys; −1 is the bucket of those without a value.
 */
export function aggregateStatement(
  plan: ClosedQueryPlan,
  description: RegisterDescription,
  dialect: Dialect,
): BoundStatement {
  const keyed = (element: string): string | undefined =>
    dialect.keysOf?.(elementOf(description, element))
  const columnOf = (element: string): string =>
    keyed(element) ?? quoteName(elementOf(description, element).column)
  const keys = plan.by.map((element) => columnOf(element))
  const { numbers, bucket } = measuredColumns(plan.measure, description, dialect)
  const measured = bucket === undefined ? numbers : [bucket, ...numbers]
  const values: DomainKey[] = measured.flatMap(([_text, ...bound]) => bound)
  const isKeyed = (element: string): boolean => keyed(element) !== undefined
  const held = plan.by.filter((element) => isKeyed(element))
  const listed = plan.by.filter((element) => !isKeyed(element))
  const restrictions = [...plan.where, ...listed.map((element) => declared(description, element))]
  const inLists = restrictions.map(({ element, keys: allowed }) => {
    values.push(...allowed)
    return inList(columnOf(element), allowed)
  })
  const conditions = [...inLists, ...held.map((element) => `${columnOf(element)} IS NOT NULL`)]
  const selected = [...keys, ...measured.map(([text]) => text)]
  const groups = bucket === undefined ? keys : [...keys, String(keys.length + 1)]
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const group = groups.length === 0 ? '' : ` GROUP BY ${groups.join(', ')}`
  const text = `SELECT ${selected.join(', ')} FROM ${quoteName(description.table)}${where}${group}`
  return { text, values }
}

/** The statement of one subject's values; the placeholder is the subject's key. */
export function lookUpText(
  description: RegisterDescription,
  elements: readonly ElementDescription[],
): string {
  const columns = elements.map(({ column }) => quoteName(column)).join(', ')
  const key = quoteName(description.subject.column)
  return `SELECT ${columns} FROM ${quoteName(description.table)} WHERE ${key} = ?`
}

/** That a column holds one of some keys, a placeholder for each. */
export function inList(column: string, keys: readonly DomainKey[]): string {
  return `${column} IN (${keys.map(() => '?').join(', ')})`
}

/** An element of a table's dimensions with all its declared keys. */
export function declared(
  description: RegisterDescription,
  element: string,
): { readonly element: string; readonly keys: readonly DomainKey[] } {
  const { domain } = elementOf(description, element)
  return { element, keys: domain.kind === 'closed' ? domain.keys : [] }
}

/** How many dimensions the cells have: how many leading columns of a result row are keys. */
export function dimensionsOf(cells: CellKeys): number {
  return cells[0]?.length ?? 0
}
