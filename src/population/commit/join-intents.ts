import type { EntryPlace } from '../../log/index.ts'
import type { LoggedEntry } from '../../protocol/index.ts'
import type { BudgetSpent, Cost, JoinEnd, JoinMessageRow, JoinRow } from '../ledger/index.ts'
import type { RefusalCode } from '../query/index.ts'
import type { EntryParties, PopulationParties } from './population-intents.ts'

/** Who a join's entries are about: `query` is the plan's hash. `provider` is the holder, also in the tally's entries. */
export interface JoinParties extends PopulationParties {
  readonly provider: string
}

/** The same of an inspector, who has no agreement on what it audits. */
export type AnyJoinParties = EntryParties & Pick<JoinParties, 'provider'>

/** Begins a plan, for good: charged at a holder before any row is read. */
export interface BeginJoinIntent {
  readonly type: 'join-begin'
  readonly parties: AnyJoinParties
  readonly join: Pick<JoinRow, 'planHash' | 'qid' | 'role' | 'analyst' | 'plan' | 'signatures'>
  /** What a holder pays, under its agreement; `null` at the others. */
  readonly charge: {
    readonly population: string
    readonly cost: Cost
    /** What the agreement allows in a year, in millionths of epsilon. */
    readonly agreed: number
  } | null
}

/** The plan is begun, or was before, or there is too little left. */
export type BeginJoinCommitted =
  | {
      readonly type: 'join-begin'
      /** `known`: the same plan, begun before; nothing was charged now. */
      readonly state: 'begun' | 'known'
      readonly row: JoinRow
    }
  | {
      readonly type: 'join-begin'
      readonly state: 'refused'
      readonly code: RefusalCode
      /** Which account is short; only of `BUDGET_SPENT`. */
      readonly spent: BudgetSpent | undefined
      readonly entry: LoggedEntry
    }

/** Makes a message an entry: before it is sent, and before it is processed. */
export interface JoinMessageIntent {
  readonly type: 'join-message'
  readonly parties: AnyJoinParties
  readonly message: Pick<JoinMessageRow, 'planHash' | 'direction' | 'party' | 'leg' | 'digest'>
  /** The key that another holder's M1 shows, hex; else `null`. */
  readonly key: string | null
}

/** The message is an entry. */
export interface JoinMessageCommitted {
  readonly type: 'join-message'
  /** `known`: it was before. */
  readonly state: 'new' | 'known'
  readonly place: EntryPlace
  /** Base64. */
  readonly commitment: string
  /** Whether the key was seen in no other plan; `true` without one. */
  readonly isKeyFresh: boolean
}

/** The other end has a message, or it was processed here. Leaves no entry. */
export interface SettleJoinIntent {
  readonly type: 'join-settle'
  readonly message: Pick<JoinMessageRow, 'planHash' | 'direction' | 'party' | 'digest'>
}

/** It is written. */
export interface SettleJoinCommitted {
  readonly type: 'join-settle'
}

/** What an audit makes public: an inspector what it found, a holder how much it has opened. In numbers alone. */
export interface JoinAuditAct {
  readonly kind: 'join.audited' | 'join.opened'
  readonly qid: string
  /** Of the finding or the answer, base64. */
  readonly digest: string
  readonly body: Readonly<Record<string, number | boolean | null>>
}

/** Makes the refusal of an inspector's message an entry. */
export interface RefuseAuditIntent {
  readonly type: 'join-refuse'
  readonly parties: AnyJoinParties
  readonly code: string
  /** Of the message, base64. */
  readonly digest: string
}

/** The refusal is durable. */
export interface RefuseAuditCommitted {
  readonly type: 'join-refuse'
}

/** Ends a run: with its result, stopped, or, later, with all of it destroyed. */
export interface EndJoinIntent {
  readonly type: 'join-end'
  readonly parties: AnyJoinParties
  readonly planHash: string
  readonly end: Omit<JoinEnd, 'atMs'>
  /** Of the result, base64; `null` without one. */
  readonly resultDigest: string | null
  /** What is made public with the end: of an audit alone. */
  readonly audit?: JoinAuditAct | undefined
}

/** The end is durable, with its entry. */
export interface EndJoinCommitted {
  readonly type: 'join-end'
}

/** All that can be committed for joins. */
export type JoinIntent =
  BeginJoinIntent | JoinMessageIntent | SettleJoinIntent | EndJoinIntent | RefuseAuditIntent

/** The result that belongs to each kind of {@link JoinIntent}. */
export type JoinCommitted =
  | BeginJoinCommitted
  | JoinMessageCommitted
  | SettleJoinCommitted
  | EndJoinCommitted
  | RefuseAuditCommitted
