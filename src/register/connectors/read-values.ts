import { numbersOf } from '../closed-query-plan.ts'
import type { Cell, ClosedQueryPlan } from '../closed-query-plan.ts'
import { elementOf, isOfType } from '../register-description.ts'
import type { DomainKey, ElementDescription, RegisterDescription } from '../register-description.ts'
import { RegisterError } from '../register-error.ts'
import type { RegisterValue, Row } from '../register.ts'

/** Turns one column's value, as the engine gives it, into a register's value; `undefined` if it cannot. */
export type ReadValue = (type: ElementDescription['type'], stored: unknown) => unknown

/**
 * One subject's values from a result row, in the order of the elements.
 *
 * @throws {@link RegisterError} `RECORDS_INVALID` for a value of another type, naming the element alone
 */
export function readRow(
  elements: readonly ElementDescription[],
  stored: readonly unknown[],
  read: ReadValue,
): Row {
  return Object.fromEntries(
    elements.map(({ name, type }, index): [string, RegisterValue] => {
      const found = stored[index]
      if (found === null || found === undefined) return [name, null]
      const value = read(type, found)
      if (isOfType(type, value)) return [name, value]
      throw new RegisterError('RECORDS_INVALID', `a value of ${name} is not of the type ${type}`)
    }),
  )
}

/**
 * The cells of an aggregate statement's result rows; those of one cell's buckets are put together.
 *
 * @throws {@link RegisterError} `RECORDS_INVALID` for keys or totals that are out of the described range
 */
export function readCells(
  plan: ClosedQueryPlan,
  description: RegisterDescription,
  result: { readonly rows: readonly (readonly unknown[])[]; readonly read: ReadValue },
): readonly Cell[] {
  const elements = plan.by.map((element) => elementOf(description, element))
  const exact = (stored: unknown): number => {
    const value = result.read('integer', stored)
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    throw new RegisterError('RECORDS_INVALID', 'a total is out of range')
  }
  const rows = result.rows.map((row) => ({
    key: elements.map(({ name, type }, index): DomainKey => {
      const value = result.read(type, row[index])
      if (isOfType(type, value)) return value
      throw new RegisterError('RECORDS_INVALID', `a value of ${name} is not of the type ${type}`)
    }),
    // A sum over no row at all is no number to an engine.
    numbers: row.slice(elements.length).map((stored) => exact(stored ?? 0)),
  }))
  return plan.measure.kind === 'buckets' ? putTogether(rows, numbersOf(plan.measure)) : rows
}

/** One cell of all rows with its key; each row has a bucket and how many are in it. */
function putTogether(rows: readonly Cell[], buckets: number): readonly Cell[] {
  const cells = new Map<string, { key: Cell['key']; numbers: number[] }>()
  for (const { key, numbers } of rows) {
    const [bucket = -1, count = 0] = numbers
    const cell = cells.get(JSON.stringify(key)) ?? {
      key,
      numbers: Array.from({ length: buckets }, () => 0),
    }
    cells.set(JSON.stringify(key), cell)
    if (bucket >= buckets) throw new RegisterError('RECORDS_INVALID', 'a bucket is out of range')
    if (bucket >= 0) cell.numbers[bucket] = count
  }
  return [...cells.values()]
}
