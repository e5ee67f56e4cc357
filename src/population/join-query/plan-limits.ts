import { type JoinPlanContent, mostDummies, slotCount } from '../psi/index.ts'
import type { QueryRefusal } from '../query/index.ts'
import { shapeRefused } from './join-terms.ts'

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
