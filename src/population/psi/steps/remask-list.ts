import { concatBytes } from '../../../bytes/index.ts'
import { type JoinGroup, packedAt, packedCount } from '../../../crypto/index.ts'
import type { Randomness } from '../../../ports/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { cellsOfGroup, type JoinPlan, type Side } from '../plan/index.ts'
import { drawOrder } from '../points/index.ts'
import type { Dummies } from './holder-state.ts'

/** What the list of M3 is made of. */
export interface RemaskParts {
  readonly group: JoinGroup
  readonly randomness: Randomness
  /** All points of the owner's list, masked once more, in its order. */
  readonly masked: Uint8Array
  /** Points of each group in it. */
  readonly lengths: readonly number[]
  /** The owner's key. */
  readonly key: Uint8Array
  /** Those of the one who masks. */
  readonly dummies: Dummies
}

/** The list of M3, and where each place of the owner's list went. */
export interface Remasked {
  readonly points: Uint8Array
  readonly outputs: readonly number[]
}

/** Adds the points of own dummies to each group of the peer's masked list, and puts the group in a random order. */
export function remaskList(plan: JoinPlan, owner: Side, parts: RemaskParts): Remasked {
  const draws = new UniformDraws(parts.randomness)
  const outputs: number[] = []
  const lists: Uint8Array[] = []
  let [from, written] = [0, 0]
  parts.lengths.forEach((length, group) => {
    const appended = parts.group.share(
      appendedScalars(plan, owner, { group, dummies: parts.dummies }),
      parts.key,
    )
    const points = concatBytes(parts.masked.subarray(32 * from, 32 * (from + length)), appended)
    const order = drawOrder(draws, packedCount(points))
    const packed = new Uint8Array(points.length)
    order.forEach((place, at) => {
      packed.set(packedAt(points, place), 32 * at)
      if (place < length) outputs[from + place] = written + at
    })
    lists.push(packed)
    from += length
    written += order.length
  })
  return { points: concatBytes(...lists), outputs }
}

/** For each slot of the group's cells: s where the dummy is used, else the scalar that matches nothing. */
export function appendedScalars(
  plan: JoinPlan,
  owner: Side,
  { group, dummies }: { readonly group: number; readonly dummies: Dummies },
): Uint8Array {
  const slots = cellsOfGroup(plan, owner, group).flatMap((cell) =>
    Array.from({ length: plan.tau }, (_, slot) => cell * plan.tau + slot),
  )
  return concatBytes(
    ...slots.map((slot) => packedAt(dummies.isUsed[slot] === 1 ? dummies.s : dummies.unused, slot)),
  )
}
