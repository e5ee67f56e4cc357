import type { JoinTierName } from '../../crypto/index.ts'
import type { JoinMachine } from '../../population/index.ts'
import type { JoinErrorCode } from '../../population/psi/index.ts'
import type { PlacedQueue } from './queue/open-parts.ts'

/** Where a join's thread keeps runs: paths only, so that keys are read where they are used. */
export interface JoinFolders {
  readonly path: string
  readonly keyPath: string
  /** How many threads compute the points of a run. */
  readonly threads: number
  /** Which implementation of the group; the fastest of the machine where it is left out. */
  readonly tier?: JoinTierName | undefined
  /** File of the key that an inspector opens sealed tokens with; absent where this organisation audits nothing. */
  readonly sealPath?: string | undefined
  /** Where worker processes take parts, if there are any. */
  readonly queue?: PlacedQueue | undefined
}

/** One call of a {@link JoinMachine}, as it crosses to its thread. */
export type JoinRequest = {
  readonly [Name in keyof JoinMachine]: {
    readonly id: number
    readonly name: Name
    readonly given: Parameters<JoinMachine[Name]>
  }
}[keyof JoinMachine]

/** What a call resolves with. */
export type JoinOrderResult = Awaited<ReturnType<JoinMachine[keyof JoinMachine]>>

/** What comes back: a result, a refusal of a step, or a failure in words. */
export type JoinReply =
  | { readonly id: number; readonly result: JoinOrderResult }
  | { readonly id: number; readonly refused: JoinErrorCode; readonly message: string }
  | { readonly id: number; readonly failed: string }
