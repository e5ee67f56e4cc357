import type { JoinGroup } from '../../../crypto/index.ts'
import type { Clock, Randomness } from '../../../ports/index.ts'
import type { JoinFaultCode } from '../join-error.ts'
import type { Side } from '../plan/index.ts'
import { hasMember } from './read-each.ts'
import type { JoinProgress } from '../points/index.ts'

/** Who takes part in a plan. */
export type JoinParty = Side | 'tally' | 'analyst' | 'inspector'

/** A message to be carried, signed, to each of `to`: kept before it is sent, sent again byte for byte. */
export interface Sent {
  readonly to: readonly JoinParty[]
  /** Its name among what the state has made. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** A message that a state has made; its bytes are read when they are asked for. None where it was not made. */
export function sentFrom<Name extends string>(
  made: Readonly<Partial<Record<Name, Uint8Array>>>,
  name: Name,
  to: readonly JoinParty[],
): readonly Sent[] {
  if (!hasMember(made, name)) return []
  return [
    {
      to,
      name,
      get bytes() {
        return made[name] ?? new Uint8Array(0)
      },
    },
  ]
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
  readonly progress?: JoinProgress | undefined
  /** Gives back the memory of what a step has dropped: called between parts of a step that each have lists of their own. */
  readonly giveBack?: (() => void) | undefined
}

/** What stopped a plan. */
export interface Stopped {
  readonly code: JoinFaultCode
  readonly by: Side | 'tally'
  readonly blames: Side | 'tally' | null
}
