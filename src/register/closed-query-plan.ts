import * as z from 'zod'

import { elementOf } from './register-description.ts'
import type { DomainKey, ElementDescription, RegisterDescription } from './register-description.ts'
import { RegisterError } from './register-error.ts'

/** An integer element whose values are clamped to bounds before anything is counted. */
export interface Bounded {
  readonly element: string
  readonly min: number
  readonly max: number
}

/** What is counted in each cell. */
export type Measure =
  | { readonly kind: 'count' }
  /** The sum of the values; no value adds 0. */
  | (Bounded & { readonly kind: 'sum' })
  /**
   * Of those with a value: how many, the sum of the distances from {@link middleOf} the bounds, and the sum of their
   * squares.
   */
  | (Bounded & { readonly kind: 'moments' })
  /** How many have a value in each bucket of this width, from `min` on; the last one may be narrower. */
  | (Bounded & { readonly kind: 'buckets'; readonly width: number })

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
  /** As many as {@link numbersOf} the measure: count, sum, the three moments, or one of each bucket. */
  readonly numbers: readonly number[]
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
/** Most buckets of a grid. */
export const bucketCeiling = 64

/** The whole number in the middle of bounds: what the moments of values are taken around. */
export function middleOf({ min, max }: Pick<Bounded, 'min' | 'max'>): number {
  return Math.floor((min + max) / 2)
}

/** How many numbers each cell of a measure has. */
export function numbersOf(measure: Measure): number {
  switch (measure.kind) {
    case 'count':
    case 'sum':
      return 1
    case 'moments':
      return 3
    case 'buckets':
      return Math.ceil((measure.max - measure.min + 1) / measure.width)
  }
}

const name = z.string().max(63)
const key = z.union([z.boolean(), z.int(), z.string().max(100)])
const bounded = { element: name, min: z.int(), max: z.int() }

/** The closed schema of a {@link ClosedQueryPlan}. */
export const closedQueryPlanSchema: z.ZodType<ClosedQueryPlan> = z.strictObject({
  v: z.literal(1),
  where: z
    .array(z.strictObject({ element: name, keys: z.array(key).min(1).max(cellCeiling) }))
    .max(8),
  by: z.array(name).max(4),
  measure: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('count') }),
    z.strictObject({ kind: z.literal('sum'), ...bounded }),
    z.strictObject({ kind: z.literal('moments'), ...bounded }),
    z.strictObject({ kind: z.literal('buckets'), ...bounded, width: z.int().min(1) }),
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
 * more than {@link bucketCeiling} buckets, or a number that could pass 2^53
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
  if (measure.kind !== 'count') checkMeasure(measure, description)
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
  const numbers = Array.from({ length: numbersOf(plan.measure) }, () => 0)
  return {
    by: plan.by,
    cells: cells.map((key) => byKey.get(JSON.stringify(key)) ?? { key, numbers }),
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

function checkMeasure(
  measure: Exclude<Measure, { kind: 'count' }>,
  description: RegisterDescription,
): void {
  const { min, max } = measure
  const { type, category, name } = elementOf(description, measure.element)
  if (type !== 'integer' || category === 'locating') throw refused(`${name} cannot be measured`)
  if (min > max) throw refused('the bounds of the measure are empty')
  if (measure.kind === 'buckets' && numbersOf(measure) > bucketCeiling)
    throw refused(`the grid has more than ${bucketCeiling} buckets`)
  if (largestOf(measure) * description.population.size > Number.MAX_SAFE_INTEGER)
    throw refused('a number could pass 2^53')
}

/** By how much one row can change a number. */
function largestOf(measure: Exclude<Measure, { kind: 'count' }>): number {
  const { min, max, kind } = measure
  if (kind === 'buckets') return 1
  if (kind === 'sum') return Math.max(Math.abs(min), Math.abs(max))
  return Math.max(max - middleOf(measure), middleOf(measure) - min) ** 2
}

function refuseTwice(values: readonly unknown[]): void {
  if (new Set(values).size < values.length) throw refused('the plan names something twice')
}

function refused(message: string): RegisterError {
  return new RegisterError('SHAPE_REFUSED', message)
}
