import { nobleJoinGroup } from '../../crypto/index.ts'
import type { JoinTier } from './join-tier.ts'
import { nativeJoinGroup } from './native-join-group.ts'
import { sodiumJoinGroup } from './sodium-join-group.ts'

/** All that this machine has, the fastest first; the last is there on every machine. */
export function joinTiers(): readonly [JoinTier, ...JoinTier[]] {
  const pure: JoinTier = { name: 'noble', group: nobleJoinGroup }
  const sodium = sodiumJoinGroup()
  const others: readonly [JoinTier, ...JoinTier[]] =
    sodium === undefined ? [pure] : [{ name: 'sodium', group: sodium }, pure]
  const native = nativeJoinGroup(others[0].group.edwards)
  return native === undefined ? others : [{ name: 'avx2', group: native }, ...others]
}

/** The fastest implementation that this machine has. */
export function bestJoinGroup(): JoinTier {
  return joinTiers()[0]
}
