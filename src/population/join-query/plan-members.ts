import type { DomainKey } from '../../register/index.ts'
import type { JoinHolder, JoinStat, Padding, Side } from '../psi/index.ts'
import { type Bounds, boundsOf, knownElement, type PopulationQuery } from '../query/index.ts'
import { type GroupKeys, groupsOf, joinGrid, withBuckets } from './join-groups.ts'
import type { JoinQuestion } from './join-question.ts'
import type { JoinTerms } from './join-terms.ts'
import { sideQuery } from './side-query.ts'

/** How a question's epsilon is divided: a fifth pads each list, and what is left is for the cells. */
export function epsilonParts(microEpsilon: number): {
  readonly cellMicroEpsilon: number
  readonly padding: Extract<Padding, { kind: 'noisy' }>
} {
  const each = Math.floor(microEpsilon / 5)
  return {
    cellMicroEpsilon: microEpsilon - 2 * each,
    padding: { kind: 'noisy', microEpsilon: each },
  }
}

function boundsIn(query: PopulationQuery, terms: JoinTerms): Bounds | undefined {
  if (query.measure.kind === 'count') return undefined
  const known = knownElement(query.measure.element, query, terms)
  return known === undefined ? undefined : boundsOf(known.described)
}

/**
 * The statistic of a plan, by the documents of the holder of the measured element. `undefined` where it has no bounds, or
 * where the table has too many cells for buckets.
 */
export function statOf(
  question: JoinQuestion,
  terms: JoinTerms,
  cells: number,
): JoinStat | undefined {
  const { measure } = question
  if (measure.kind === 'count') return { kind: 'count' }
  const bounds = boundsIn(sideQuery(question, measure.side), terms)
  if (bounds === undefined) return undefined
  const { min, max } = bounds
  if (measure.kind !== 'quantiles') return { ...measure, min, max }
  const grid = joinGrid(bounds, cells)
  return grid === undefined ? undefined : { ...measure, min, max, width: grid.width }
}

/** The groups of one side of a plan. */
export function planGroups(
  question: JoinQuestion,
  {
    side,
    terms,
    stat,
  }: { readonly side: Side; readonly terms: JoinTerms; readonly stat: JoinStat },
): readonly GroupKeys[] {
  const groups = groupsOf(sideQuery(question, side), terms)
  if (stat.kind !== 'quantiles' || stat.side !== side) return groups
  return withBuckets(groups, Math.ceil((stat.max - stat.min + 1) / stat.width))
}

/** One side of a plan. */
export function planSide(
  question: JoinQuestion,
  shape: { readonly side: Side; readonly terms: JoinTerms; readonly stat: JoinStat },
): JoinHolder {
  const { agreement, version, register, where, by } = question[shape.side]
  return {
    organisation: shape.terms.agreement.provider,
    agreement: { id: agreement, version },
    register,
    where,
    by: [...by],
    groups: planGroups(question, shape).map((keys): DomainKey[] => [...keys]),
  }
}
