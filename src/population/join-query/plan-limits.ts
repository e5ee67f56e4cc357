import { type JoinPlanContent, mostDummies, slotCount } from '../psi/index.ts'
import type { QueryRefusal } from '../query/index.ts'
import { shapeRefused } from './join-terms.ts'

/**
 * The least that a question may spend, in millionths of epsilon: below it a table is noise alone, its lists are long, and the
 * year's budget would pay for more of them than a holder can compute.
 */
export const leastJoinMicroEpsilon = 10_000

/** Most points of a list that a plan gives, as the peer has masked it again: padded rows, and the dummies of both holders. */
export function listPoints(plan: JoinPlanContent): number {
  return plan.maxRows + 2 * slotCount(plan)
}

/** Why a plan could not be audited, or `undefined`: all dummies of a side go into one answer, which has an end. */
export function auditRefusal(plan: JoinPlanContent): QueryRefusal | undefined {
  const dummies = slotCount(plan)
  return dummies <= mostDummies
    ? undefined
    : shapeRefused(
        'microEpsilon',
        `an audit has room for ${mostDummies} dummies of a register, and this table needs ${dummies}: spend more epsilon, or ask for fewer cells or levels`,
      )
}
