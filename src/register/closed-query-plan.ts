import * as z from 'zod'

import { elementOf } from './register-description.ts'
import type { DomainKey, ElementDescription, RegisterDescription } from './register-description.ts'
import { RegisterError } from './register-error.ts'

/** What is counted in each cell. */
export type Measure =
  | { readonly kind: 'count' }
  /** The sum of an integer element, each row's value first clamped to the bounds; no value adds 0. */
  | { readonly kind: 'sum'; readonly element: string; readonly min: number; readonly max: number }

/**
 * A table over one register: rows with the named keys, counted by the keys of closed domains. It has no
 * words of its own, selects nobody, and names no subject.
 */
export interface ClosedQueryPlan {
  readonly v: 1
  /** Only rows whose element has one of these declared keys. */
  readonly where: readonly { readonly element: string; readonly keys: readonly DomainKey[] }[]
  /** The table's dimensions, slowest first; none gives one cell. */
  readonly by: readonly string[]
  readonly measure: Measure
}

/** One cell: what it is, and what was counted there. */
export interface Cell {
  /** One key for each element of `by`. */
  readonly key: readonly DomainKey[]
  readonly count: number
  /** `null` where the measure is `count`. */
  readonly sum: number | null
}

/**
 * A table with every cell of its domains, also the empty ones, in the domains' order. Exact: it stays within
 * the organisation until a mechanism has added its noise.
 */
export interface CellTable {
  readonly by: readonly string[]
  readonly cells: readonly Cell[]
}

/** Most cells of one table. */
export const cellCeiling = 1000

const name = z.string().max(63)
const key = z.union([z.boolean(), z.int(), z.string().max(100)])

/** The closed schema of a {@link ClosedQueryPlan}. */
export const closedQueryPlanSchema: z.ZodType<ClosedQueryPlan> = z.strictObject({
  v: z.literal(1),
  where: z
    .array(z.strictObject({ element: name, keys: z.array(key).min(1).max(cellCeiling) }))
    .max(8),
  by: z.array(name).max(4),
  measure: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('count') }),
    z.strictObject({ kind: z.literal('sum'), element: name, min: z.int(), max: z.int() }),
  ]),
})

/** The keys of every cell of a plan, in the table's order. */
export type CellKeys = readonly (readonly DomainKey[])[]

/**
 * Holds a plan against the register's description and lays out its cells. Everything it refuses follows from
 * the plan and the public description, nothing from the records.
 *
 * @throws {@link RegisterError} `ELEMENT_UNKNOWN`; `SHAPE_REFUSED` for an element without a closed domain, a
 * key outside of it, a locating element, a filter on a protected element, more than {@link cellCeiling} cells,
 * or a sum that could pass 2^53
 */
export function layOutCells(plan: ClosedQueryPlan, description: RegisterDescription): CellKeys {
  const { where, by, measure } = plan
  refuseTwice(by)
  refuseTwice(where.map(({ element }) => element))
  for (const { element, keys } of where) {
    const described = elementOf(description, element)
    const domain = closedKeys(described)
    if (isProtected(description, described)) throw refused('a protected element is no filter')
    refuseTwice(keys)
    if (!keys.every((one) => domain.includes(one))) throw refused('a key is not of the domain')
  }
  if (measure.kind === 'sum') checkSum(measure, description)
  const domains = by.map((element) => closedKeys(elementOf(description, element)))
  if (domains.reduce((cells, keys) => cells * keys.length, 1) > cellCeiling) {
    throw refused(`the table has more than ${cellCeiling} cells`)
  }
  return domains.reduce<CellKeys>(
    (cells, keys) => cells.flatMap((cell) => keys.map((one) => [...cell, one])),
    [[]],
  )
}

/** The table of a plan from the cells that have rows; every other cell is zero. */
export function fillCells(
  plan: ClosedQueryPlan,
  cells: CellKeys,
  found: readonly Cell[],
): CellTable {
  const byKey = new Map(found.map((cell) => [JSON.stringify(cell.key), cell]))
  const sum = plan.measure.kind === 'sum' ? 0 : null
  return {
    by: plan.by,
    cells: cells.map((key) => byKey.get(JSON.stringify(key)) ?? { key, count: 0, sum }),
  }
}

function closedKeys({ domain, category, name }: ElementDescription): readonly DomainKey[] {
  if (category === 'locating') throw refused(`${name} locates people`)
  if (domain.kind !== 'closed') throw refused(`${name} has no closed domain`)
  return domain.keys
}

function isProtected(description: RegisterDescription, element: ElementDescription): boolean {
  const open = ['ordinary', 'locating']
  return !open.includes(description.category) || !open.includes(element.category)
}

function checkSum(
  measure: Extract<Measure, { kind: 'sum' }>,
  description: RegisterDescription,
): void {
  const { min, max } = measure
  const { type, category, name } = elementOf(description, measure.element)
  if (type !== 'integer' || category === 'locating') throw refused(`${name} cannot be summed`)
  if (min > max) throw refused('the bounds of the sum are empty')
  const largest = Math.max(Math.abs(min), Math.abs(max)) * description.population.size
  if (largest > Number.MAX_SAFE_INTEGER) throw refused('the sum could pass 2^53')
}

function refuseTwice(values: readonly unknown[]): void {
  if (new Set(values).size < values.length) throw refused('the plan names something twice')
}

function refused(message: string): RegisterError {
  return new RegisterError('SHAPE_REFUSED', message)
}
