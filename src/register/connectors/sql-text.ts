import type { CellKeys, ClosedQueryPlan } from '../closed-query-plan.ts'
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
  /** Clamps `column` to two placeholders, and makes 0 of everything that is no integer. */
  clamp(column: string): string
}

/** The statement of a table's cells that have rows: the keys, `count(*)`, and for a sum its total. */
export function aggregateStatement(
  plan: ClosedQueryPlan,
  description: RegisterDescription,
  dialect: Dialect,
): BoundStatement {
  const columnOf = (element: string): string => quoteName(elementOf(description, element).column)
  const { measure } = plan
  const values: DomainKey[] = []
  const keys = plan.by.map((element) => columnOf(element))
  const selected = [...keys, 'count(*)']
  if (measure.kind === 'sum') {
    selected.push(`sum(${dialect.clamp(columnOf(measure.element))})`)
    values.push(measure.min, measure.max)
  }
  const restrictions = [...plan.where, ...plan.by.map((element) => declared(description, element))]
  const conditions = restrictions.map(({ element, keys: allowed }) => {
    values.push(...allowed)
    return `${columnOf(element)} IN (${allowed.map(() => '?').join(', ')})`
  })
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const group = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`
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

function declared(
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
