import { type DummyLaw, smallestTau } from '../law/index.ts'
import type { JoinPlanContent } from './join-plan.ts'

/** What a part of a plan counts: people, or units of which a person has several. */
export type PartName = 'people' | 'units'

/** A part of a plan: lists' groups, cells and a law of its own. */
export interface JoinPart {
  readonly name: PartName
  /** Of how many units one person may be; 1 of people. */
  readonly levels: number
  /** Millionths of epsilon of its cells. */
  readonly microEpsilon: number
  /** Of the law of its dummies. */
  readonly tau: number
}

/** The names and levels of the parts that a statistic counts in, in their order. */
export function partNames({
  stat,
}: Pick<JoinPlanContent, 'stat'>): readonly Pick<JoinPart, 'name' | 'levels'>[] {
  const people = { name: 'people', levels: 1 } as const
  switch (stat.kind) {
    case 'count':
    case 'quantiles':
      return [people]
    case 'sum':
      return [{ name: 'units', levels: stat.levels }]
    case 'mean':
      return [people, { name: 'units', levels: stat.levels }]
  }
}

/** The parts of a plan, in their order. */
export function partsOf(plan: JoinPlanContent): readonly JoinPart[] {
  const names = partNames(plan)
  const microEpsilon = Math.floor(plan.cellMicroEpsilon / names.length)
  return names.map((part, at) => ({ ...part, microEpsilon, tau: plan.taus[at] ?? 0 }))
}

/**
 * The taus that a plan must have, part by part: the smallest that its deltas allow.
 *
 * @throws RangeError for an epsilon that is too small for any
 */
export function tausOf(
  plan: Pick<JoinPlanContent, 'stat' | 'cellMicroEpsilon' | 'deltaExponent'>,
): readonly number[] {
  const names = partNames(plan)
  const microEpsilon = Math.floor(plan.cellMicroEpsilon / names.length)
  return names.map(({ levels }) => smallestTau(microEpsilon, plan.deltaExponent, levels))
}

/** The law of a part's used dummies. */
export function lawOfPart({ levels, microEpsilon, tau }: JoinPart): DummyLaw {
  return { microEpsilon, sensitivity: levels, tau }
}
