import { type DummyLaw, smallestTau } from '../law/index.ts'
import type { JoinPlanContent, Side } from './join-plan.ts'

/** The two sides. */
export const sides: readonly Side[] = ['left', 'right']

/** The other holder. */
export function peerOf(side: Side): Side {
  return side === 'left' ? 'right' : 'left'
}

/** How many groups a holder has. */
export function groupCount(plan: JoinPlanContent, side: Side): number {
  return plan[side].groups.length
}

/** How many cells the table has. */
export function cellCount(plan: JoinPlanContent): number {
  return groupCount(plan, 'left') * groupCount(plan, 'right')
}

/** Own dummies in each group of a holder's list, and as many points that the peer appends to it. */
export function slotsOf(plan: JoinPlanContent, owner: Side): number {
  return groupCount(plan, peerOf(owner)) * plan.tau
}

/** The cells that a holder's group takes part in, as i · J + j, ascending. */
export function cellsOfGroup(plan: JoinPlanContent, side: Side, group: number): number[] {
  const right = groupCount(plan, 'right')
  return side === 'left'
    ? Array.from({ length: right }, (_, j) => group * right + j)
    : Array.from({ length: groupCount(plan, 'left') }, (_, i) => i * right + group)
}

/** The law of used dummies. */
export function cellLaw({ cellMicroEpsilon, tau }: JoinPlanContent): DummyLaw {
  return { microEpsilon: cellMicroEpsilon, tau }
}

/** The law of added rows; `undefined` where sizes are public capacities. */
export function paddingLaw({ padding, deltaExponent }: JoinPlanContent): DummyLaw | undefined {
  if (padding.kind === 'capacity') return undefined
  const { microEpsilon } = padding
  return { microEpsilon, tau: smallestTau(microEpsilon, deltaExponent) }
}

/** A list that is sent: as its owner blinded it, or as the peer masked it again. */
export type ListKind = 'blinded' | 'remasked'

/** How many points each group of a list has, by the owner's padded sizes. */
export function groupLengths(
  plan: JoinPlanContent,
  list: { readonly kind: ListKind; readonly owner: Side; readonly sizes: readonly number[] },
): readonly number[] {
  const added = slotsOf(plan, list.owner) * (list.kind === 'blinded' ? 1 : 2)
  return list.sizes.map((size) => size + added)
}

/** The sum of whole numbers. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0)
}

/** The group that a place of a list is in. */
export function groupAt(lengths: readonly number[], place: number): number {
  let end = 0
  return lengths.findIndex((length) => {
    end += length
    return place < end
  })
}
