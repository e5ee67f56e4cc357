import { concatBytes } from '../../../bytes/index.ts'
import {
  type JoinGroup,
  type MaskedRows,
  packedAt,
  packedCount,
  POINT_BYTES,
  rowLeaf,
  rowSalt,
} from '../../../crypto/index.ts'
import type { Randomness } from '../../../ports/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { JoinError } from '../join-error.ts'
import {
  type JoinPlan,
  leastSize,
  listGroupCount,
  partCells,
  type Side,
  slotCount,
  slotsOfGroup,
  sumOf,
} from '../plan/index.ts'
import { drawOrder, hasRepeated, type ListTree, orderedPoints } from '../points/index.ts'
import type { HolderNoise } from './draw-noise.ts'
import type { Dummies, HolderSecrets } from './holder-state.ts'

/**
 * Padded sizes of all groups of the own list.
 *
 * @throws {@link JoinError} `ROWS_REFUSED` for rows that the plan has no room for, and for others than the plan's
 */
export function paddedSizes(
  plan: JoinPlan,
  side: Side,
  { rows, noise }: { readonly rows: MaskedRows; readonly noise: HolderNoise },
): number[] {
  checkRows(plan, side, rows)
  const { padding } = plan
  const sizes = rows.counts.map((count, at) =>
    padding.kind === 'capacity'
      ? (padding[side][at] ?? 0)
      : Math.max(leastSize(plan, side, at), count + (noise.padding[at] ?? 0)),
  )
  const hasRoom = rows.counts.every((count, at) => count <= (sizes[at] ?? 0))
  if (!hasRoom || sumOf(sizes) > plan.maxRows)
    throw new JoinError('ROWS_REFUSED', 'the plan has no room for so many rows')
  return sizes
}

function checkRows(plan: JoinPlan, side: Side, rows: MaskedRows): void {
  if (rows.counts.length !== listGroupCount(plan, side))
    throw new JoinError('ROWS_REFUSED', 'rows must come in as many groups as the plan has')
  const total = sumOf(rows.counts)
  const isWhole =
    rows.points.length === POINT_BYTES * total &&
    rows.leaves.length === POINT_BYTES * total &&
    rows.slots.length === rows.stride * total
  if (!isWhole) throw new JoinError('ROWS_REFUSED', 'rows must be whole')
  if (hasRepeated(orderedPoints(rows.points)))
    throw new JoinError('ROWS_REFUSED', 'a person has two rows')
}

/** Fresh dummies, of which the noise says how many a cell uses, and chance which. */
export function makeDummies(plan: JoinPlan, noise: HolderNoise, randomness: Randomness): Dummies {
  const draws = new UniformDraws(randomness)
  const count = slotCount(plan)
  const isUsed = new Uint8Array(count)
  partCells(plan).forEach(({ part, firstSlot }, cell) => {
    for (const slot of drawOrder(draws, part.tau).subarray(0, noise.used[cell] ?? 0))
      isUsed[firstSlot + slot] = 1
  })
  return { s: randomness.bytes(32 * count), unused: randomness.bytes(32 * count), isUsed }
}

/** What a list is made of. */
export interface ListParts {
  readonly group: JoinGroup
  readonly randomness: Randomness
  readonly dummies: Dummies
  readonly rows: MaskedRows
  readonly sizes: readonly number[]
  /** Where the list's points are put, packed. */
  readonly points: Uint8Array
}

/**
 * Puts the points of M2 where they belong: in each group, in a random order, masked rows, pads and all dummies of its cells.
 * Gives what stands at each place.
 */
export function fillOwnList(
  plan: JoinPlan,
  side: Side,
  parts: ListParts,
): Pick<HolderSecrets, 'blanks' | 'order'> {
  const { counts } = parts.rows
  const total = sumOf(counts)
  const blanks = blankScalars(plan, side, parts)
  const ownPoints = blanks.map((scalars) => parts.group.base(scalars))
  const order = new Uint32Array(packedCount(parts.points))
  const draws = new UniformDraws(parts.randomness)
  let [row, blank, place] = [0, total, 0]
  counts.forEach((count, group) => {
    const made = ownPoints[group] ?? new Uint8Array(0)
    for (const one of drawOrder(draws, count + packedCount(made))) {
      const isRow = one < count
      order[place] = isRow ? row + one : blank + one - count
      const point = isRow ? packedAt(parts.rows.points, row + one) : packedAt(made, one - count)
      parts.points.set(point, POINT_BYTES * place)
      place += 1
    }
    row += count
    blank += packedCount(made)
  })
  return { order, blanks: concatBytes(...blanks) }
}

/** Scalars of the pads and of the dummies of each group. */
function blankScalars(
  plan: JoinPlan,
  side: Side,
  { randomness, dummies, rows, sizes }: ListParts,
): Uint8Array[] {
  return rows.counts.map((count, group) => {
    const pads = (sizes[group] ?? 0) - count
    const slots = slotsOfGroup(plan, side, group)
    const scalars = new Uint8Array(POINT_BYTES * (pads + slots.length))
    scalars.set(randomness.bytes(POINT_BYTES * pads))
    slots.forEach((slot, at) => scalars.set(packedAt(dummies.s, slot), POINT_BYTES * (pads + at)))
    return scalars
  })
}

/** What the tree under the input root is made of, beside the list: the own secrets. */
export interface InputLeaves extends Pick<HolderSecrets, 'order' | 'saltKey'> {
  /** Of the rows, packed; a number below their count is a row's, and not a blank's. */
  readonly leaves: Uint8Array
}

/** The tree under the input root, in the order of the list. */
export function inputTree(
  { order, leaves, saltKey }: InputLeaves,
  points: Uint8Array,
  lengths: readonly number[],
): ListTree {
  const rows = packedCount(leaves)
  const groups = new Uint16Array(packedCount(points))
  let from = 0
  lengths.forEach((length, group) => {
    groups.fill(group, from, from + length)
    from += length
  })
  const leaf = (place: number): Uint8Array => {
    const number = order[place] ?? 0
    if (number < rows) return packedAt(leaves, number)
    const salt = rowSalt(saltKey, number)
    const content = packedAt(points, place)
    return rowLeaf({ salt, isRow: false, group: groups[place] ?? 0, content })
  }
  return { size: order.length, leaf }
}

/** The entry under the dummy root of one slot. */
export function dummyEntry(s: Uint8Array, unused: Uint8Array, isUsed: boolean): Uint8Array {
  return concatBytes(s, unused, Uint8Array.of(isUsed ? 1 : 0))
}

/** The entries under the dummy root, slot by slot. */
export function dummyEntries({ s, unused, isUsed }: Dummies): Uint8Array[] {
  return Array.from(isUsed, (used, at) =>
    dummyEntry(packedAt(s, at), packedAt(unused, at), used === 1),
  )
}
