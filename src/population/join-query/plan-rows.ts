import {
  type JoinPlanContent,
  paddingLaws,
  partsOf,
  peerOf,
  type Side,
  sides,
} from '../psi/index.ts'
import type { JoinTerms } from './join-terms.ts'

/** What of a register's public size a plan has room for: sizes are estimates, and a quarter more may be there. */
const roomFor = (size: number): number => Math.ceil((size * 5) / 4)

/** The padded rows that one side may need: a person in every part, and the smallest list of each group. */
export function sideRows(
  plan: JoinPlanContent,
  side: Side,
  { description }: Pick<JoinTerms, 'description'>,
): number {
  const groups = plan[side].groups.length
  const others = plan[peerOf(side)].groups.length
  const padding = paddingLaws(plan) ?? []
  return partsOf(plan).reduce(
    (rows, { levels, tau }, at) =>
      rows +
      roomFor(description.population.size) * levels +
      groups * (4 * others * tau + (padding[at]?.tau ?? 0)),
    0,
  )
}

/** The padded rows that a plan has room for, by the public sizes of both registers. */
export function planRows(
  plan: JoinPlanContent,
  terms: Readonly<Record<Side, Pick<JoinTerms, 'description'>>>,
): number {
  return Math.max(...sides.map((side) => sideRows(plan, side, terms[side])))
}
