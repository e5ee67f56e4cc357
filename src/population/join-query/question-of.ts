import { planCost, type JoinPlanContent, type JoinStat, type Side } from '../psi/index.ts'
import type { JoinMeasure, JoinQuestion, JoinQuestionSide } from './join-question.ts'

function measureOf(stat: JoinStat): JoinMeasure {
  switch (stat.kind) {
    case 'count':
      return { kind: 'count' }
    case 'sum':
    case 'mean': {
      const { kind, side, element, levels } = stat
      return { kind, side, element, levels }
    }
    case 'quantiles': {
      const { kind, side, element, ppm } = stat
      return { kind, side, element, ppm }
    }
  }
}

function sideOf(plan: JoinPlanContent, side: Side): JoinQuestionSide {
  const { agreement, register, where, by } = plan[side]
  return { agreement: agreement.id, version: agreement.version, register, where, by }
}

/** The question that a plan answers. */
export function questionOf(plan: JoinPlanContent): JoinQuestion {
  return {
    v: 1,
    left: sideOf(plan, 'left'),
    right: sideOf(plan, 'right'),
    measure: measureOf(plan.stat),
    microEpsilon: planCost(plan).microEpsilon,
    deltaExponent: plan.deltaExponent,
  }
}
