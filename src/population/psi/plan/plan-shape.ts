import { type DummyLaw, smallestTau } from '../law/index.ts'
import type { JoinPlanContent, Side } from './join-plan.ts'
import { type JoinPart, lawOfPart, partsOf } from './plan-parts.ts'

/** The two sides. */
export const sides: readonly Side[] = ['left', 'right']

/** The other holder. */
export function peerOf(side: Side): Side {
  return side === 'left' ? 'right' : 'left'
}

/** How many groups a holder has, in the table. */
export function groupCount(plan: JoinPlanContent, side: Side): number {
  return plan[side].groups.length
}

/** How many groups a holder's list has: all of them in each part. */
export function listGroupCount(plan: JoinPlanContent, side: Side): number {
  return groupCount(plan, side) * plan.taus.length
}

/** How many cells the table has, in one part. */
export function cellCount(plan: JoinPlanContent): number {
  return groupCount(plan, 'left') * groupCount(plan, 'right')
}

/** One cell of one part, and where its slots begin among all of a holder's. */
export interface PartCell {
  readonly part: JoinPart
  readonly firstSlot: number
}

/** All cells, part after part, i · J + j within one. */
export function partCells(plan: JoinPlanContent): readonly PartCell[] {
  let firstSlot = 0
  return partsOf(plan).flatMap((part) =>
    Array.from({ length: cellCount(plan) }, () => {
      const cell = { part, firstSlot }
      firstSlot += part.tau
      return cell
    }),
  )
}

/** Own dummies of a holder, all cells together. */
export function slotCount(plan: JoinPlanContent): number {
  return partsOf(plan).reduce((sum, { tau }) => sum + cellCount(plan) * tau, 0)
}

/** The part that a group of a list belongs to. */
function partOfGroup(plan: JoinPlanContent, side: Side, listGroup: number): JoinPart {
  const part = partsOf(plan)[Math.floor(listGroup / groupCount(plan, side))]
  if (part === undefined) throw new RangeError('the list has no such group')
  return part
}

/** Own dummies in a group of a holder's list, and as many points that the peer appends to it. */
export function slotsOf(plan: JoinPlanContent, owner: Side, listGroup: number): number {
  return groupCount(plan, peerOf(owner)) * partOfGroup(plan, owner, listGroup).tau
}

/** The least padded size of a group of a list: the dilution rule. */
export function leastSize(plan: JoinPlanContent, owner: Side, listGroup: number): number {
  return 4 * slotsOf(plan, owner, listGroup)
}

/** The slots of the cells that a group of a holder's list takes part in, ascending. */
export function slotsOfGroup(plan: JoinPlanContent, side: Side, listGroup: number): number[] {
  const cells = partCells(plan)
  const [own, right] = [groupCount(plan, side), groupCount(plan, 'right')]
  const [part, group] = [Math.floor(listGroup / own), listGroup % own]
  const peers = groupCount(plan, peerOf(side))
  return Array.from({ length: peers }, (_, other) => {
    const cell = side === 'left' ? group * right + other : other * right + group
    return cells[part * cellCount(plan) + cell]
  }).flatMap((cell) =>
    Array.from({ length: cell?.part.tau ?? 0 }, (_, at) => (cell?.firstSlot ?? 0) + at),
  )
}

/** The law of rows added to each group of a list, part by part; `undefined` where sizes are public capacities. */
export function paddingLaws(plan: JoinPlanContent): readonly DummyLaw[] | undefined {
  const { padding, deltaExponent } = plan
  if (padding.kind === 'capacity') return undefined
  const parts = partsOf(plan)
  const microEpsilon = Math.floor(padding.microEpsilon / parts.length)
  return parts.map(({ levels: sensitivity }) => ({
    microEpsilon,
    sensitivity,
    tau: smallestTau(microEpsilon, deltaExponent, sensitivity),
  }))
}

/** The law of used dummies, part by part. */
export function cellLaws(plan: JoinPlanContent): readonly DummyLaw[] {
  return partsOf(plan).map((part) => lawOfPart(part))
}

/** A list that is sent: as its owner blinded it, or as the peer masked it again. */
export type ListKind = 'blinded' | 'remasked'

/** How many points each group of a list has, by the owner's padded sizes. */
export function groupLengths(
  plan: JoinPlanContent,
  list: { readonly kind: ListKind; readonly owner: Side; readonly sizes: readonly number[] },
): readonly number[] {
  const times = list.kind === 'blinded' ? 1 : 2
  return list.sizes.map((size, group) => size + times * slotsOf(plan, list.owner, group))
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
