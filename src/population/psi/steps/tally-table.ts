import { joinInterval } from '../law/index.ts'
import { type JoinResult, type JoinTable, writeMessage } from '../messages/index.ts'
import {
  groupCount,
  type JoinPlan,
  lawOfPart,
  listGroupCount,
  partsOf,
  planHash,
  type Side,
} from '../plan/index.ts'
import { pointTree, treeRoot, visitShared } from '../points/index.ts'
import type { TalliedList } from './tally-lists.ts'

/** The group of every place of a list. */
function groupsOf(lengths: readonly number[]): Uint16Array {
  const groups = new Uint16Array(lengths.reduce((sum, one) => sum + one, 0))
  let from = 0
  lengths.forEach((length, group) => {
    groups.fill(group, from, from + length)
    from += length
  })
  return groups
}

/**
 * How many points each left group shares with each right group, part by part, dummies of both holders included. Tokens of
 * two parts differ, so lists share nothing across parts; what a holder makes alike all the same is not counted.
 */
export function countCells(
  plan: JoinPlan,
  { left, right }: Readonly<Record<Side, TalliedList>>,
): number[][][] {
  const [rows, columns] = [groupCount(plan, 'left'), groupCount(plan, 'right')]
  const all = new Uint32Array(listGroupCount(plan, 'left') * listGroupCount(plan, 'right'))
  const [lefts, rights] = [groupsOf(left.lengths), groupsOf(right.lengths)]
  const width = listGroupCount(plan, 'right')
  visitShared(left.ordered, right.ordered, (one, other) => {
    const cell = (lefts[one] ?? 0) * width + (rights[other] ?? 0)
    all[cell] = (all[cell] ?? 0) + 1
  })
  return partsOf(plan).map((_, part) =>
    Array.from({ length: rows }, (_row, i) =>
      Array.from(
        { length: columns },
        (_column, j) => all[(part * rows + i) * width + part * columns + j] ?? 0,
      ),
    ),
  )
}

/** M6: the counts less what dummies add in the middle, with the interval of each part. */
export function resultBytes(
  plan: JoinPlan,
  lists: Readonly<Record<Side, TalliedList>>,
): Uint8Array {
  const counted = countCells(plan, lists)
  const tables = partsOf(plan).map(({ tau }, at) =>
    (counted[at] ?? []).map((row) => row.map((count) => count - tau)),
  )
  const remasked = (side: Side): Uint8Array => treeRoot(pointTree(lists[side].ordered.points))
  return tableBytes(plan, {
    tables,
    roots: { left: lists.left.root, right: lists.right.root },
    remasked: { left: remasked('left'), right: remasked('right') },
  })
}

/** What M6 says beside its plan. */
export interface ToldTables extends Pick<JoinResult, 'roots' | 'remasked'> {
  /** Of each part of the plan: a row for each left group, a number for each right one. */
  readonly tables: readonly JoinTable['cells'][]
}

/** The bytes of M6, which follow from plan, numbers and roots alone. */
export function tableBytes(plan: JoinPlan, { tables, roots, remasked }: ToldTables): Uint8Array {
  const parts = partsOf(plan).map((part, at) => {
    const { halfWidth, levelPpm } = joinInterval(lawOfPart(part))
    return { cells: tables[at] ?? [], halfWidth, levelPpm }
  })
  return writeMessage({
    v: 1,
    kind: 'join.result',
    planHash: planHash(plan),
    parts,
    roots,
    remasked,
  })
}
