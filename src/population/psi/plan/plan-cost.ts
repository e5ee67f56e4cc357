import { deltaUnits } from '../../ledger/index.ts'
import type { JoinPlanContent } from './join-plan.ts'

/**
 * What a plan costs each holder's ledger: epsilon of the cells and twice that of the sizes, in millionths, and a delta, in
 * 10^−15, for the cells and for both sides' sizes of each part. A person may be in both registers.
 */
export function planCost({ cellMicroEpsilon, padding, deltaExponent, taus }: JoinPlanContent): {
  readonly microEpsilon: number
  readonly deltaUnits: number
} {
  const isNoisy = padding.kind === 'noisy'
  return {
    microEpsilon: cellMicroEpsilon + (isNoisy ? 2 * padding.microEpsilon : 0),
    deltaUnits: deltaUnits(deltaExponent) * taus.length * (isNoisy ? 3 : 1),
  }
}
