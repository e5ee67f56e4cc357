import type { MaskedRows } from '../../../crypto/index.ts'
import type {
  GivenUpCode,
  HolderKeys,
  HolderNoise,
  JoinErrorCode,
  JoinParty,
  Side,
  Stopped,
} from '../../psi/index.ts'

/** Which message of a run: M1 to M7 of `spec/join.md`, or an abort. */
export type RunLeg = (typeof runLegs)[number]

/** All of them. */
export const runLegs = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'ABORT'] as const

/** A message that a run has for others, in a file of the run. */
export interface Outgoing {
  readonly leg: RunLeg
  readonly to: readonly JoinParty[]
  /** Its name among the run's files. */
  readonly file: string
  /** Of the message's bytes: what entries name. */
  readonly sha256: Uint8Array
  readonly length: number
  readonly isList: boolean
}

/** How much a holder has opened in an audit. */
export interface OpenedCount {
  readonly places: number
  /** `null` where none were asked for. */
  readonly dummies: number | null
}

/** Where a run stands after a step. Everything in it is on disk. */
export interface RunStanding {
  /** All messages that it has, in their order. */
  readonly outbox: readonly Outgoing[]
  readonly stopped: Stopped | undefined
  /** The abort that stopped it, its own or another's. */
  readonly abort: Uint8Array | undefined
  /** M6, made or taken; an inspector's finding. */
  readonly result: Uint8Array | undefined
  /** Log time from which an audit waits no more for what is missing; absent of other runs. */
  readonly dueMs?: number | undefined
  /** What a holder has opened to an inspector. */
  readonly opened?: OpenedCount | undefined
}

/** What became of a message that was processed. */
export interface Processed {
  readonly standing: RunStanding
  /** Why it changed nothing; `undefined` where it did, or had before. */
  readonly refused: JoinErrorCode | undefined
}

/** What a holder draws before its register is read. */
export interface Drawn {
  readonly noise: HolderNoise
  /** Secret; they go into the register's process as well. */
  readonly keys: HolderKeys
}

/** What an inspector audits, and how long it waits. */
export interface Auditing {
  /** Canonical bytes. */
  readonly plan: Uint8Array
  readonly dummiesOf: Side | null
  readonly patienceMs: number
}

/** A message that was kept among the run's files and made an entry. */
export interface KeptMessage {
  readonly from: JoinParty
  readonly file: string
  /** Whether another holder's key in it was seen in no other plan; `true` where it shows none. */
  readonly isKeyFresh: boolean
}

/** What a holder begins a run with. */
export interface RunBeginning extends Drawn {
  /** Canonical bytes. */
  readonly plan: Uint8Array
  readonly side: Side
  readonly rows: MaskedRows
}

/** Who gives a run up, and why. */
export interface GivingUp {
  readonly plan: Uint8Array
  readonly by: Side | 'tally'
  readonly code: GivenUpCode
}

/**
 * Carries out the steps of runs, which take long: away from the thread that answers questions. A call resolves once the run's
 * state is on disk, and only then is anything sent. Runs are named by their plan's hash in hex; calls about one run are not
 * made at the same time. Rejects with `JoinError` for what a step refuses of its own.
 */
export interface JoinMachine {
  draw(plan: Uint8Array, side: Side): Promise<Drawn>
  /** Begins a run as a holder. One that has begun is as it was. */
  begin(run: string, beginning: RunBeginning): Promise<RunStanding>
  /** Begins a run as its tally. One that has begun is as it was. */
  beginTally(run: string, plan: Uint8Array): Promise<RunStanding>
  /** Begins the audit of a run as its inspector. One that has begun is as it was. */
  beginAudit(run: string, auditing: Auditing): Promise<RunStanding>
  /** Where a run stands; `undefined` before it has begun. An audit goes on where it has waited for long enough. */
  standing(run: string): Promise<RunStanding | undefined>
  receive(run: string, message: KeptMessage): Promise<Processed>
  giveUp(run: string, giving: GivingUp): Promise<RunStanding>
}
