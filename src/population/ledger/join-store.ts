import type { EntryPlace } from '../../log/index.ts'

/** Which party of a plan this organisation is: an inspector's run is its audit of one. */
export type JoinRole = 'left' | 'right' | 'tally' | 'inspector'

/** A plan that was begun here, once. It names no person. */
export interface JoinRow {
  /** Hex. */
  readonly planHash: string
  /** 32 hex digits. */
  readonly qid: string
  readonly role: JoinRole
  /** The analyst's pseudonym at a holder, the analyst at the tally, who has the audit made at the inspector. */
  readonly analyst: string
  /** Canonical bytes. */
  readonly plan: Uint8Array
  /** Canonical bytes of the three parties' signatures. */
  readonly signatures: Uint8Array
  /** Commitment of `population.reserved`, base64; `null` at tally and inspector, who charge nothing. */
  readonly reservation: string | null
  readonly place: EntryPlace
  /** Log time. */
  readonly begunMs: number
  readonly end: JoinEnd | undefined
}

/** How a run ended. */
export interface JoinEnd {
  /** `destroyed`: keys, lists and scalars are gone as well. */
  readonly state: 'done' | 'stopped' | 'destroyed'
  /** Why it stopped; `null` with a result. */
  readonly code: string | null
  /** M6, canonical; an inspector's finding. */
  readonly result: Uint8Array | undefined
  /** The abort that stopped it, canonical: its own or another's. */
  readonly abort: Uint8Array | undefined
  /** Log time. */
  readonly atMs: number
}

/** One message of a run that was made an entry. */
export interface JoinMessageRow {
  readonly planHash: string
  readonly direction: 'sent' | 'received'
  /** The other end: `left`, `right`, `tally`, `analyst` or `inspector`. */
  readonly party: string
  /** `M1` … `M7` or `ABORT`. */
  readonly leg: string
  /** Base64, as its entry has it. */
  readonly digest: string
  /** Of its entry, base64. */
  readonly commitment: string
  readonly place: EntryPlace
  /** Log time. */
  readonly atMs: number
  /** Sent: the other end has it. Received: it was processed. */
  readonly isSettled: boolean
}

/** What names one message of a run. */
export type JoinMessageName = Pick<JoinMessageRow, 'planHash' | 'direction' | 'party' | 'digest'>

/** What is read of joins. */
export interface JoinReader {
  join(planHash: string): Promise<JoinRow | undefined>
  joinByQid(qid: string): Promise<JoinRow | undefined>
  /** Runs without an end, in the order of the log. */
  openJoins(): Promise<readonly JoinRow[]>
  /** Runs that are open, or have a result and are not destroyed, however many: in the order of the log. */
  keptJoins(): Promise<readonly JoinRow[]>
  /** The newest first, at most {@link mostJoins}: to be shown. What is owed to a run is never decided by these. */
  joins(): Promise<readonly JoinRow[]>
  /** All that were begun at this log time or later, however many: the newest first. */
  joinsSince(begunMs: number): Promise<readonly JoinRow[]>
  /** In the order of the log. */
  joinMessages(planHash: string): Promise<readonly JoinMessageRow[]>
  joinMessage(name: JoinMessageName): Promise<JoinMessageRow | undefined>
}

/** Most rows of one read of joins. */
export const mostJoins = 200

/** What is written of them, in the transaction that holds the entries. */
export interface JoinTransaction extends JoinReader {
  /** A second run of one plan is a fault, and so is a second plan of one number. */
  saveJoin(row: Omit<JoinRow, 'end'>): Promise<void>
  /** Writes how a run ended, or that what was left of it is destroyed. */
  endJoin(planHash: string, end: JoinEnd): Promise<void>
  /** A second row of one message is a fault. */
  saveJoinMessage(row: JoinMessageRow): Promise<void>
  settleJoinMessage(name: JoinMessageName): Promise<void>
  /** Whether another holder's key (hex) was seen in no other plan; remembers it. */
  claimJoinKey(key: string, planHash: string): Promise<boolean>
}
