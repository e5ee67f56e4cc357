import { type JoinGroup, packedAt, packedCount, POINT_BYTES } from '../../../crypto/index.ts'
import type { Randomness } from '../../../ports/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { type JoinPlan, type Side, slotsOfGroup } from '../plan/index.ts'
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
  /** Where the list's points are put, packed. */
  readonly points: Uint8Array
}

/**
 * Adds the points of own dummies to each group of the peer's masked list, and puts the group in a random order. Gives where
 * each place of the owner's list went.
 */
export function fillRemasked(plan: JoinPlan, owner: Side, parts: RemaskParts): Uint32Array {
  const draws = new UniformDraws(parts.randomness)
  const outputs = new Uint32Array(packedCount(parts.masked))
  let [from, written] = [0, 0]
  parts.lengths.forEach((length, group) => {
    const appended = parts.group.share(
      appendedScalars(plan, owner, { group, dummies: parts.dummies }),
      parts.key,
    )
    const order = drawOrder(draws, length + packedCount(appended))
    order.forEach((place, at) => {
      const isOwner = place < length
      const point = isOwner
        ? packedAt(parts.masked, from + place)
        : packedAt(appended, place - length)
      parts.points.set(point, POINT_BYTES * (written + at))
      if (isOwner) outputs[from + place] = written + at
    })
    from += length
    written += order.length
  })
  return outputs
}

/** For each slot of the group's cells: s where the dummy is used, else the scalar that matches nothing. */
export function appendedScalars(
  plan: JoinPlan,
  owner: Side,
  { group, dummies }: { readonly group: number; readonly dummies: Dummies },
): Uint8Array {
  const slots = slotsOfGroup(plan, owner, group)
  const scalars = new Uint8Array(POINT_BYTES * slots.length)
  slots.forEach((slot, at) => {
    const from = dummies.isUsed[slot] === 1 ? dummies.s : dummies.unused
    scalars.set(packedAt(from, slot), POINT_BYTES * at)
  })
  return scalars
}
