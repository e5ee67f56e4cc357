import type { AgreementState, JoinAgreement } from '../../agreement/index.ts'
import type { DeskDeps } from '../ask/index.ts'
import type { SignerKeysAt } from '../join-release/index.ts'
import type { JoinPlan, Side } from '../psi/index.ts'
import type { JoinReader } from '../ledger/index.ts'

/** One message of a run that is in the tally's log. */
export interface JoinLeg {
  readonly kind: 'M1' | 'M2' | 'M3' | 'M4' | 'M5' | 'M6' | 'M7'
  /** Whose it is; `null` of the tally's own. */
  readonly side: Side | null
  /** Log time. */
  readonly atMs: number
}

/** How far a run is. */
export interface JoinStanding {
  /** 32 hex digits. */
  readonly qid: string
  readonly legs: readonly JoinLeg[]
  /** X25519 multiplications that are done, as far as the tally can tell, and those of the whole run. */
  readonly done: number
  readonly total: number
}

/** What came of proposing a plan to both holders. */
export type JoinBegun =
  | { readonly state: 'begun'; readonly qid: string }
  | {
      readonly state: 'refused'
      /** The organisation that refuses. */
      readonly by: string
      readonly code: string
      readonly path: string
      readonly message: string
    }

/** The part of a gateway that runs joins as their tally. */
export interface JoinCarrier {
  /** Has both holders agree to a plan, begins it, and carries its messages from then on. */
  run(plan: JoinPlan, analyst: string): Promise<JoinBegun>
  /** `undefined` for a plan that was never begun. */
  standing(qid: string): Promise<JoinStanding | undefined>
}

/** What asking over two registers needs from outside. */
export interface JoinDeskDeps extends Omit<DeskDeps, 'reader' | 'writer'> {
  readonly runs: JoinCarrier
  /** Kept runs of this organisation. */
  readonly joins: Pick<JoinReader, 'joins' | 'joinsSince' | 'joinByQid' | 'joinMessages'>
  /** Whose gateway keys were whose, by the accepted directory records; the own among them. */
  readonly keysAt: SignerKeysAt
  /** Whether an inspector's countersignature of an agreement is by a key that counts now. */
  readonly countersigned: (agreement: JoinAgreement) => boolean
}

/** One agreement of a pair, where it stands. */
export interface AskableSide {
  readonly agreement: JoinAgreement
  readonly digest: string
  readonly state: AgreementState
}

/** Two agreements that name each other: what a question over two registers is asked under. */
export interface AskableJoin {
  readonly left: AskableSide
  readonly right: AskableSide
  readonly keyspace: string
  readonly inspector: string
}
