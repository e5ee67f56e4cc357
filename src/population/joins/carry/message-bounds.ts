import { type JoinPlan, partsOf } from '../../psi/index.ts'
import type { RunLeg } from '../run/index.ts'

/** Bytes of a list before its points, and of a point. */
const headBytes = 49
const pointBytes = 32
/** Most bytes of a message of control: sizes of a thousand groups, or 64 openings with their paths. */
export const controlBytes = 524_288
/** What one opened dummy takes in an audit's answer. */
const openedDummyBytes = 256

/** Most points of the slots that a holder's dummies stand in, and the peer's appended ones. */
function slots(plan: JoinPlan): number {
  const cells = plan.left.groups.length * plan.right.groups.length
  return partsOf(plan).reduce((sum, { tau }) => sum + cells * tau, 0)
}

/** The most bytes that a message of a plan may have. */
export function mostBytesOf(leg: RunLeg, plan: JoinPlan): number {
  switch (leg) {
    case 'M2':
      return headBytes + pointBytes * (plan.maxRows + slots(plan))
    case 'M3':
      return headBytes + pointBytes * (plan.maxRows + 2 * slots(plan))
    case 'M7':
      return controlBytes + openedDummyBytes * slots(plan)
    case 'M1':
    case 'M4':
    case 'M5':
    case 'M6':
    case 'ABORT':
      return controlBytes
  }
}
