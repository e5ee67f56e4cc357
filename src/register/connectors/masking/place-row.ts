import type { UniformDraws } from '../../../crypto/index.ts'
import { numbersOf } from '../../closed-query-plan.ts'
import { measuredElement } from '../../mask-plan.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { elementOf } from '../../register-description.ts'
import type {
  DomainKey,
  ElementDescription,
  RegisterDescription,
} from '../../register-description.ts'
import type { ReadValue } from '../read-values.ts'
import { roundUnits } from './round-units.ts'

/** Where a row belongs. */
export interface Placed {
  /** Which of the plan's groups. */
  readonly group: number
  /** How many units it has; 0 in a plan without any. */
  readonly units: number
}

interface Dimension {
  readonly type: ElementDescription['type']
  /** The place of each key in its domain. */
  readonly places: ReadonlyMap<unknown, number>
}

/**
 * Says of an engine's rows where they belong: subject, keys of `by`, value. `undefined` for those without one of the keys, or
 * without a value.
 */
export function rowPlacer(
  plan: MaskPlan,
  description: RegisterDescription,
  { readValue, draws }: { readonly readValue: ReadValue; readonly draws: UniformDraws },
): (row: readonly unknown[]) => Placed | undefined {
  const dimensions = plan.by.map((name) => dimensionOf(elementOf(description, name)))
  const cellOf = (row: readonly unknown[]): number | undefined => {
    let cell = 0
    for (const [at, { type, places }] of dimensions.entries()) {
      const place = places.get(readValue(type, row[1 + at]))
      if (place === undefined) return undefined
      cell = cell * places.size + place
    }
    return cell
  }
  const inCell = unitsOrBucket(plan, draws)
  return (row) => {
    const cell = cellOf(row)
    if (cell === undefined) return undefined
    return inCell(cell, readValue('integer', row[1 + dimensions.length]))
  }
}

function dimensionOf({ type, domain }: ElementDescription): Dimension {
  const keys: readonly DomainKey[] = domain.kind === 'closed' ? domain.keys : []
  return { type, places: new Map(keys.map((key, at) => [key, at])) }
}

function unitsOrBucket(
  plan: MaskPlan,
  draws: UniformDraws,
): (cell: number, value: unknown) => Placed | undefined {
  const { measured } = plan
  const bounded = measuredElement(plan)
  if (bounded === undefined) {
    const units = measured?.kind === 'tokens' ? measured.levels : 0
    return (group) => ({ group, units })
  }
  const buckets = bounded.kind === 'buckets' ? numbersOf(bounded) : 1
  return (cell, value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined
    if (bounded.kind === 'tokens') return { group: cell, units: roundUnits(draws, value, bounded) }
    const bucket = Math.floor((value - bounded.min) / bounded.width)
    return { group: cell * buckets + bucket, units: 0 }
  }
}
