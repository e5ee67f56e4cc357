import type { DomainKey } from '../../register/index.ts'
import { type JoinPlan, partsOf, type Side } from '../psi/index.ts'
import type { ReleasedCell } from '../release/index.ts'
import { bucketsOf } from './join-numbers.ts'

/** A table of whole numbers: a row for each left group, a column for each right one. */
export type GroupTable = readonly (readonly number[])[]

/** Where the numbers of a cell stand in the tables of the plan's groups. */
interface CellPlace {
  readonly key: readonly DomainKey[]
  readonly places: readonly (readonly [left: number, right: number])[]
}

interface Stride {
  readonly keys: readonly DomainKey[]
  readonly groups: readonly number[]
}

/** A side's groups without buckets, each with its places in the plan. */
function stridesOf(plan: JoinPlan, side: Side): readonly Stride[] {
  const { groups } = plan[side]
  const isDivided = plan.stat.kind === 'quantiles' && plan.stat.side === side
  const each = isDivided ? bucketsOf(plan) : 1
  return Array.from({ length: groups.length / each }, (_, at) => ({
    keys: (groups[at * each] ?? []).slice(0, plan[side].by.length),
    groups: Array.from({ length: each }, (_bucket, of) => at * each + of),
  }))
}

/** The cells of a plan's table: left groups slowest, buckets inside. */
export function cellPlaces(plan: JoinPlan): readonly CellPlace[] {
  const right = stridesOf(plan, 'right')
  return stridesOf(plan, 'left').flatMap((row) =>
    right.map((column) => ({
      key: [...row.keys, ...column.keys],
      places: row.groups.flatMap((i) => column.groups.map((j) => [i, j] as const)),
    })),
  )
}

/** The tables of a release's parts again, as {@link joinCells} had them. */
export function groupTables(plan: JoinPlan, cells: readonly ReleasedCell[]): readonly GroupTable[] {
  const places = cellPlaces(plan)
  return partsOf(plan).map((_, part) => {
    const table = plan.left.groups.map(() => plan.right.groups.map(() => Number.NaN))
    places.forEach(({ places: inCell }, at) => {
      const numbers = cells[at]?.numbers ?? []
      inCell.forEach(([i, j], of) => {
        const row = table[i]
        if (row !== undefined) row[j] = numbers[part * inCell.length + of] ?? Number.NaN
      })
    })
    return table
  })
}

/** The cells of a release from the tables of its parts, in the order of the parts. */
export function joinCells(plan: JoinPlan, tables: readonly GroupTable[]): readonly ReleasedCell[] {
  return cellPlaces(plan).map(({ key, places }) => ({
    key,
    numbers: tables.flatMap((table) => places.map(([i, j]) => table[i]?.[j] ?? Number.NaN)),
  }))
}
