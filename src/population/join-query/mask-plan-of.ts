import type { MaskMeasure, MaskPlan } from '../../register/index.ts'
import { type JoinPlan, partsOf, planHash, type Side } from '../psi/index.ts'
import { knownElement } from '../query/index.ts'
import type { JoinTerms } from './join-terms.ts'

/** The secrets that rows are masked under; `spec/join.md`, sealed tokens. */
export type MaskSecrets = Pick<MaskPlan, 'scalar' | 'saltKey' | 'inspectorKey'>

/** What this side asks of its register for one plan. */
interface Asked {
  readonly plan: JoinPlan
  readonly side: Side
  readonly terms: JoinTerms
}

function sourceOf(name: string, { plan, side, terms }: Asked): string {
  const known = knownElement(name, { registers: [plan[side].register] }, terms)
  if (known === undefined) throw new TypeError('a plan that is refused asks for no rows')
  return known.described.name
}

function measureOf(asked: Asked): MaskMeasure | null {
  const { stat } = asked.plan
  if (stat.kind === 'count') return null
  const isOwn = stat.side === asked.side
  if (stat.kind === 'quantiles') {
    if (!isOwn) return null
    const { min, max, width } = stat
    return { kind: 'buckets', element: sourceOf(stat.element, asked), min, max, width }
  }
  const { min, max, levels } = stat
  const units = { kind: 'tokens', levels } as const
  return isOwn ? { ...units, element: sourceOf(stat.element, asked), min, max } : units
}

/**
 * The rows that a holder's register is asked to mask: its side of the plan in the register's own names.
 *
 * @throws TypeError for a plan that `refusePlan` refuses
 */
export function maskPlanOf(asked: Asked, secrets: MaskSecrets): MaskPlan {
  const { plan, side } = asked
  const { where, by, groups } = plan[side]
  return {
    v: 1,
    planHash: planHash(plan),
    where: Object.entries(where).map(([name, keys]) => ({
      element: sourceOf(name, asked),
      keys: [...keys],
    })),
    by: by.map((name) => sourceOf(name, asked)),
    groups,
    measured: measureOf(asked),
    parts: partsOf(plan).map(({ name }) => name),
    maxRows: plan.maxRows,
    ...secrets,
  }
}
