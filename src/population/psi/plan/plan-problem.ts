import { smallestTau } from '../law/index.ts'
import { questionCeiling } from '../../query/index.ts'
import type { JoinPlanContent, Side } from './join-plan.ts'
import { groupCount, slotsOf } from './plan-shape.ts'

const mostCells = 1000

/** The first rule that a plan breaks, in words; `undefined` when it keeps them all. */
export function planProblem(plan: JoinPlanContent): string | undefined {
  return (
    partiesProblem(plan) ??
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

/** A person in both registers is charged the padding of both. */
function epsilonProblem(plan: JoinPlanContent): string | undefined {
  const { cellMicroEpsilon, padding, deltaExponent, tau } = plan
  const sizes = padding.kind === 'noisy' ? 2 * padding.microEpsilon : 0
  if (cellMicroEpsilon + sizes > questionCeiling)
    return `the cells' epsilon and twice the padding's are above ${questionCeiling} millionths`
  try {
    const wanted = smallestTau(cellMicroEpsilon, deltaExponent)
    if (padding.kind === 'noisy') smallestTau(padding.microEpsilon, deltaExponent)
    return wanted === tau ? undefined : `tau must be ${wanted} for this epsilon and delta`
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return cause.message
  }
}

function sidesProblem(plan: JoinPlanContent, side: Side): string | undefined {
  const least = 4 * slotsOf(plan, side)
  if (groupCount(plan, side) * least > plan.maxRows)
    return `maxRows has no room for the smallest lists, of ${least} slots a group`
  if (plan.padding.kind === 'noisy') return undefined
  const capacities = plan.padding[side]
  if (capacities.length !== groupCount(plan, side))
    return `padding.${side} must have a capacity for each group`
  if (capacities.some((one) => one < least))
    return `padding.${side} must be ${least} at least for each group`
  return capacities.reduce((sum, one) => sum + one, 0) > plan.maxRows
    ? `padding.${side} is above maxRows`
    : undefined
}
