import type { JoinGroup } from '../../../crypto/index.ts'
import type { Clock, Randomness } from '../../../ports/index.ts'
import type { JoinFaultCode } from '../join-error.ts'
import type { Side } from '../plan/index.ts'
import type { JoinProgress } from '../points/index.ts'

/** Who takes part in a plan. */
export type JoinParty = Side | 'tally' | 'analyst' | 'inspector'

/** A message to be carried, signed, to each of `to`: kept before it is sent, sent again byte for byte. */
export interface Sent {
  readonly to: readonly JoinParty[]
  readonly bytes: Uint8Array
}

/** A message whose sender the carrier has verified. */
export interface Received {
  readonly from: JoinParty
  readonly bytes: Uint8Array
}

/** What an organisation remembers across all plans, durably before it answers. */
export interface JoinMemory {
  /** Whether this plan (its hash, hex) is begun here for the first time. Once only. */
  claimPlan(planHash: string): boolean
  /** Whether this key of another holder (hex) has been seen in no other plan. */
  claimKey(key: string, planHash: string): boolean
}

/** What the steps of a join take from outside. */
export interface JoinDeps {
  readonly group: JoinGroup
  readonly randomness: Randomness
  /** Log time. */
  readonly clock: Clock
  readonly memory: JoinMemory
  /** Hears of the multiplications of a step that has many. */
  readonly progress?: JoinProgress
}

/** What stopped a plan. */
export interface Stopped {
  readonly code: JoinFaultCode
  readonly by: Side | 'tally'
  readonly blames: Side | 'tally' | null
}
