import type { JoinAgreement } from '../../agreement/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { Clock, HttpClient, Randomness, Timers } from '../../ports/index.ts'
import type { ProblemCode, SignatureKey } from '../../protocol/index.ts'
import type { Register } from '../../register/index.ts'
import type { AskingOrganisation, PopulationWriter } from '../answer/index.ts'
import type { LedgerReader } from '../ledger/index.ts'
import type { RefusalCode } from '../query/index.ts'
import type { JoinMachine, JoinRuns } from './run/index.ts'

/** Another organisation's gateway: it is sent to, and verified when it sends. */
export interface JoinPeer extends AskingOrganisation {
  /** Without a slash at the end. */
  readonly url: string
  /** What it expects as `@authority`. */
  readonly authority: string
}

/** An agreement on joins, signatures checked. */
export interface KnownJoinAgreement {
  readonly agreement: JoinAgreement
  /** Base64 of 32 bytes. */
  readonly digest: string
  /** Whether an inspector's countersignature is by a key that counts now. */
  readonly countersigned: boolean
}

/** What carrying joins needs from outside, in whatever role. */
export interface JoinContext {
  readonly organisation: string
  /** What peers sign as `@authority`. */
  readonly authority: string
  readonly key: SignatureKey
  readonly clock: Clock
  readonly timers: Timers
  readonly randomness: Randomness
  readonly ed25519: Ed25519
  readonly http: HttpClient
  readonly reader: LedgerReader
  readonly writer: PopulationWriter
  readonly runs: JoinRuns
  readonly machine: JoinMachine
  readonly peers: ReadonlyMap<string, JoinPeer>
  /** By the names that agreements give. */
  readonly registers: ReadonlyMap<string, Register>
  readonly agreementOf: (id: string, version: number) => KnownJoinAgreement | undefined
  /** Why nothing is asked under an agreement now, by the log; `undefined` where it is active. */
  readonly refusalNow: (known: KnownJoinAgreement) => Promise<RefusalCode | undefined>
  /** An inspector's sealing key, 32 bytes, as this organisation has it. */
  readonly sealingKeyOf: (inspector: string) => Uint8Array | undefined
  /** An own analyst's pseudonym towards a holder. */
  readonly pseudonymOf: (holder: string, analyst: string) => string
  /** Most points of a list that this organisation computes with: what a run takes of its memory grows with them. */
  readonly mostPoints: number
  /** Counts what leaves no entry, by code. */
  readonly countNoise: (code: ProblemCode) => void
  /** Whether the log is fit for entries now. */
  readonly mayAnswer: () => boolean
  /** Whether a gateway key still counts; asked again before an answer leaves. */
  readonly isKeyCurrent: (keyId: string) => boolean
  /** Tells the operator of a failure that is tried again; never with personal data. */
  readonly report: (cause: unknown) => void
}
