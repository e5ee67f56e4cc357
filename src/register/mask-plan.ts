import * as z from 'zod'

import { cellCeiling, layOutCells, numbersOf } from './closed-query-plan.ts'
import type { Bounded, ClosedQueryPlan } from './closed-query-plan.ts'
import type { DomainKey, RegisterDescription } from './register-description.ts'
import { RegisterError } from './register-error.ts'

/** What a row of a join stands for besides its person. */
export type MaskMeasure =
  /** The bucket of its value, the last key of its group. */
  | (Bounded & { readonly kind: 'buckets'; readonly width: number })
  /** As many units as its value has of `levels`, rounded up or down by chance. */
  | (Bounded & { readonly kind: 'tokens'; readonly levels: number })
  /** All units: the value is in the other register. */
  | { readonly kind: 'tokens'; readonly levels: number }

/** What one holder's rows are made of for a join (`spec/join.md`, parts). */
export type MaskPart = 'people' | 'units'

/**
 * A holder's side of a plan for a join, by the names of its register: which rows, in which groups, and under which secrets
 * they are masked. It selects by declared keys alone, and what comes back names nobody.
 */
export interface MaskPlan {
  readonly v: 1
  /** 32 bytes. */
  readonly planHash: Uint8Array
  /** Only rows whose element has one of these declared keys. */
  readonly where: ClosedQueryPlan['where']
  /** The elements whose keys a group has, slowest first. */
  readonly by: readonly string[]
  /** All lists of their keys, in the order of the domains, the last one fastest; with the number of the bucket behind. */
  readonly groups: readonly (readonly DomainKey[])[]
  readonly measured: MaskMeasure | null
  readonly parts: readonly MaskPart[]
  /** Most rows of all parts together. */
  readonly maxRows: number
  /** The holder's key of this plan, 32 bytes, secret. */
  readonly scalar: Uint8Array
  /** Of the salts, 32 bytes, secret. */
  readonly saltKey: Uint8Array
  /** The inspector's sealing key, 32 bytes. */
  readonly inspectorKey: Uint8Array
}

/** Most units of a row. */
export const levelCeiling = 16
/** Most rows that a plan has room for. */
export const maskRowCeiling = 100_000_000

const name = z.string().max(63)
const key = z.union([z.boolean(), z.int(), z.string().max(100)])
const bytes32 = z.instanceof(Uint8Array).refine(({ length }) => length === 32)
const bounded = { element: name, min: z.int(), max: z.int() }
const levels = z.int().min(1).max(levelCeiling)

const measure: z.ZodType<MaskMeasure> = z.union([
  z.strictObject({ kind: z.literal('buckets'), ...bounded, width: z.int().min(1) }),
  z.strictObject({ kind: z.literal('tokens'), ...bounded, levels }),
  z.strictObject({ kind: z.literal('tokens'), levels }),
])

/** The closed schema of a {@link MaskPlan}. */
export const maskPlanSchema: z.ZodType<MaskPlan> = z.strictObject({
  v: z.literal(1),
  planHash: bytes32,
  where: z
    .array(z.strictObject({ element: name, keys: z.array(key).min(1).max(cellCeiling) }))
    .max(8),
  by: z.array(name).max(4),
  groups: z.array(z.array(key).max(5)).min(1).max(cellCeiling),
  measured: measure.nullable(),
  parts: z
    .array(z.enum(['people', 'units']))
    .min(1)
    .max(2),
  maxRows: z.int().min(1).max(maskRowCeiling),
  scalar: bytes32,
  saltKey: bytes32,
  inspectorKey: bytes32,
})

/** The measured element of a plan with its bounds, or `undefined`: this register measures nothing. */
export function measuredElement({ measured }: MaskPlan): (MaskMeasure & Bounded) | undefined {
  return measured !== null && 'element' in measured ? measured : undefined
}

/**
 * Holds a plan against the register's description, by the rules of {@link layOutCells} and the plan's own: groups are all
 * those of the domains, parts those of the measure. Everything it refuses follows from the plan and the public description.
 *
 * @throws {@link RegisterError} `ELEMENT_UNKNOWN`, `SHAPE_REFUSED`
 */
export function checkMaskPlan(plan: MaskPlan, description: RegisterDescription): void {
  if (!maskPlanSchema.safeParse(plan).success) throw refused('this is no plan for masked rows')
  const cells = layOutCells(countedPlan(plan), description)
  const buckets = bucketsOf(plan)
  const groups =
    buckets === undefined
      ? cells
      : cells.flatMap((cell) => Array.from({ length: buckets }, (_, at) => [...cell, at]))
  if (groups.length > cellCeiling) throw refused(`there are more than ${cellCeiling} groups`)
  if (JSON.stringify(groups) !== JSON.stringify(plan.groups))
    throw refused('the groups are not those of the elements and their domains')
  checkParts(plan)
}

/** The table whose cells are the groups. */
function countedPlan(plan: MaskPlan): ClosedQueryPlan {
  const { v, where, by } = plan
  const measured = measuredElement(plan)
  if (measured === undefined) return { v, where, by, measure: { kind: 'count' } }
  if (measured.kind === 'buckets') return { v, where, by, measure: measured }
  const { element, min, max } = measured
  return { v, where, by, measure: { kind: 'sum', element, min, max } }
}

function bucketsOf({ measured }: MaskPlan): number | undefined {
  return measured?.kind === 'buckets' ? numbersOf(measured) : undefined
}

function checkParts(plan: MaskPlan): void {
  const { measured, parts } = plan
  const allowed = measured?.kind === 'tokens' ? ['units', 'people,units'] : ['people']
  if (!allowed.includes(parts.join(','))) throw refused('these are not the parts of the measure')
  const bounds = measuredElement(plan)
  if (bounds?.kind !== 'tokens') return
  const { min, max, levels: units } = bounds
  if (min >= max || !Number.isSafeInteger((max - min) * units))
    throw refused('the bounds of the measure leave nothing to round, or more than 2^53')
}

function refused(message: string): RegisterError {
  return new RegisterError('SHAPE_REFUSED', message)
}
