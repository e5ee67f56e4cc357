import { type JoinGroup, nobleJoinGroup } from '../../crypto/index.ts'
import { sodiumJoinGroup } from '../../platform/index.ts'

/** One implementation of the join's group. */
export interface JoinTier {
  readonly name: string
  readonly group: JoinGroup
}

/** All that this machine has, the fastest first. */
export function joinTiers(): readonly JoinTier[] {
  const sodium = sodiumJoinGroup()
  const pure = { name: 'noble', group: nobleJoinGroup }
  return sodium === undefined ? [pure] : [{ name: 'sodium', group: sodium }, pure]
}
