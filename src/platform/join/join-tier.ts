import type { JoinGroup, JoinTierName } from '../../crypto/index.ts'

/** One implementation of the join's group. */
export interface JoinTier {
  readonly name: JoinTierName
  readonly group: JoinGroup
}
