import { measuredElement } from '../../mask-plan.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { elementOf } from '../../register-description.ts'
import type { DomainKey, RegisterDescription } from '../../register-description.ts'
import { declared, inList, quoteName } from '../sql-text.ts'
import type { BoundStatement, Dialect } from '../sql-text.ts'

/**
 * The statement of a plan's rows: the subject, a column for each element of `by`, and the measured value, clamped, where the
 * plan measures one. It is run in a process that masks what it reads, and nowhere else.
 */
export function rowsStatement(
  plan: MaskPlan,
  description: RegisterDescription,
  dialect: Dialect,
): BoundStatement {
  const columnOf = (name: string): string => quoteName(elementOf(description, name).column)
  const selected = [quoteName(description.subject.column), ...plan.by.map((name) => columnOf(name))]
  const values: DomainKey[] = []
  const measured = measuredElement(plan)
  if (measured !== undefined) {
    const column = columnOf(measured.element)
    selected.push(`CASE WHEN ${dialect.held(column)} THEN ${dialect.clamped(column)} END`)
    values.push(measured.min, measured.max)
  }
  const restricted = [...plan.where, ...plan.by.map((name) => declared(description, name))]
  const conditions = restricted.map(({ element, keys }) => {
    values.push(...keys)
    return inList(columnOf(element), keys)
  })
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const text = `SELECT ${selected.join(', ')} FROM ${quoteName(description.table)}${where}`
  return { text, values }
}
