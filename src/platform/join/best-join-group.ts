import { nobleJoinGroup } from '../../crypto/index.ts'
import { loadNativeParts } from '../native-parts.ts'
import { PlatformError } from '../platform-error.ts'
import type { JoinTier } from './join-tier.ts'
import { nativeJoinGroup } from './native-join-group.ts'
import { sodiumJoinGroup } from './sodium-join-group.ts'

/** All that this machine has, the fastest first; the last is there on every machine. */
export function joinTiers(): readonly [JoinTier, ...JoinTier[]] {
  const pure: JoinTier = { name: 'noble', group: nobleJoinGroup }
  const sodium = sodiumJoinGroup()
  let tiers: readonly [JoinTier, ...JoinTier[]] =
    sodium === undefined ? [pure] : [{ name: 'sodium', group: sodium }, pure]
  const [{ group }] = tiers
  const parts = loadNativeParts()
  for (const name of ['avx2', 'avx512'] as const) {
    const native = nativeJoinGroup(group.edwards, parts[name])
    if (native !== undefined) tiers = [{ name, group: native }, ...tiers]
  }
  return tiers
}

/** The fastest implementation that this machine has. */
export function bestJoinGroup(): JoinTier {
  return joinTiers()[0]
}

/**
 * The implementation of that name; the fastest where none is named.
 *
 * @throws {@link PlatformError} `JOIN_TIER_MISSING` with the names of those that this machine has
 */
export function joinGroupOf(name: JoinTier['name'] | undefined): JoinTier {
  const tiers = joinTiers()
  const found = name === undefined ? tiers[0] : tiers.find((tier) => tier.name === name)
  if (found !== undefined) return found
  const names = tiers.map((tier) => tier.name).join(', ')
  throw new PlatformError('JOIN_TIER_MISSING', `This machine has no ${name}; it has ${names}.`)
}
