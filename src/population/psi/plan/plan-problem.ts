import { questionCeiling } from '../../query/index.ts'
import { smallestTau } from '../law/index.ts'
import { groupsProblem } from './group-keys.ts'
import type { JoinPlanContent, Side } from './join-plan.ts'
import { partNames } from './plan-parts.ts'
import { leastSize, listGroupCount, sumOf } from './plan-shape.ts'

const mostCells = 1000

/** What breaks the rules of plans, in words; `undefined` for nothing. */
export function planProblem(plan: JoinPlanContent): string | undefined {
  return (
    partiesProblem(plan) ??
    groupsProblem(plan, 'left') ??
    groupsProblem(plan, 'right') ??
    epsilonProblem(plan) ??
    sidesProblem(plan, 'left') ??
    sidesProblem(plan, 'right')
  )
}

function partiesProblem({ left, right, tally, inspector }: JoinPlanContent): string | undefined {
  const parties = new Set([left.organisation, right.organisation, tally, inspector])
  if (parties.size < 4)
    return 'left, right, tally and inspector must be four different organisations'
  return left.groups.length * right.groups.length > mostCells
    ? `the table has over ${mostCells} cells`
    : undefined
}

function epsilonProblem(plan: JoinPlanContent): string | undefined {
  const { cellMicroEpsilon, padding } = plan
  const sizes = padding.kind === 'noisy' ? 2 * padding.microEpsilon : 0
  if (cellMicroEpsilon + sizes > questionCeiling)
    return `the cells' epsilon and twice the padding's are above ${questionCeiling} millionths`
  try {
    return tausProblem(plan)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return cause.message
  }
}

function tausProblem({
  cellMicroEpsilon,
  padding,
  deltaExponent,
  taus,
  stat,
}: JoinPlanContent): string | undefined {
  const parts = partNames({ stat })
  const share = (of: number): number => Math.floor(of / parts.length)
  const wanted = parts.map(({ levels }) =>
    smallestTau(share(cellMicroEpsilon), deltaExponent, levels),
  )
  if (padding.kind === 'noisy')
    for (const { levels } of parts) smallestTau(share(padding.microEpsilon), deltaExponent, levels)
  return wanted.length === taus.length && wanted.every((one, at) => one === taus[at])
    ? undefined
    : `taus must be ${wanted.join(', ')} for this epsilon and delta`
}

function sidesProblem(plan: JoinPlanContent, side: Side): string | undefined {
  const least = Array.from({ length: listGroupCount(plan, side) }, (_, group) =>
    leastSize(plan, side, group),
  )
  if (sumOf(least) > plan.maxRows)
    return `maxRows has no room for the smallest lists, of ${sumOf(least)} slots`
  if (plan.padding.kind === 'noisy') return undefined
  const capacities = plan.padding[side]
  if (capacities.length !== least.length)
    return `padding.${side} must have a capacity for each group of its list`
  if (capacities.some((one, at) => one < (least[at] ?? 0)))
    return `padding.${side} must be ${least.join(', ')} at least`
  return sumOf(capacities) > plan.maxRows ? `padding.${side} is above maxRows` : undefined
}
