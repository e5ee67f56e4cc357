import type { AbuseKind } from '../../web/index.ts'
import type { CheatAttempt } from '../cheat-attempt.ts'
import type { AbuseWorld } from './abuse-world.ts'
import { replayAddresses } from './replay-addresses.ts'
import { replayCopied } from './replay-copied.ts'
import { replayShared } from './replay-shared.ts'
import { replaySold } from './replay-sold.ts'
import { replayVictim } from './replay-victim.ts'
import { replayYears } from './replay-years.ts'

export type { AbuseWorld } from './abuse-world.ts'

const replays: Readonly<Record<AbuseKind, (world: AbuseWorld) => Promise<CheatAttempt>>> = {
  addresses: replayAddresses,
  victim: replayVictim,
  years: replayYears,
  sold: replaySold,
  copied: replayCopied,
  shared: replayShared,
}

/** Does to the running demo what was done in a documented case. */
export function replayAbuse(kind: AbuseKind, world: AbuseWorld): Promise<CheatAttempt> {
  return replays[kind](world)
}
