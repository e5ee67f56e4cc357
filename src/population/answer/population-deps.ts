import type { TableAgreement } from '../../agreement/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { Clock, Randomness, Timers } from '../../ports/index.ts'
import type { ProblemCode, SignatureKey } from '../../protocol/index.ts'
import type { AnsweringRegister } from '../../register/index.ts'
import type { PopulationCommitted, PopulationIntent } from '../commit/index.ts'
import type { LedgerReader } from '../ledger/index.ts'
import type { RefusalCode } from '../query/index.ts'

/** The organisation's only writer, as population questions use it. Resolves only once what it wrote is on disk. */
export interface PopulationWriter {
  commit(intent: PopulationIntent): Promise<PopulationCommitted>
}

/** An agreement on tables, signatures checked, with what counts about it now. */
export interface KnownPopulationAgreement {
  readonly agreement: TableAgreement
  /** Base64 of 32 bytes. */
  readonly digest: string
  /** Whether an inspector's countersignature is by a key that counts now. */
  readonly countersigned: boolean
}

/** Who may ask, as this organisation knows it. */
export interface AskingOrganisation {
  readonly id: string
  /** Public keys of its gateway by key id, 32 bytes each. */
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
}

/** What serving population questions needs from outside. */
export interface PopulationDeps {
  readonly organisation: string
  /** What peers sign as `@authority`. */
  readonly authority: string
  readonly key: SignatureKey
  readonly clock: Clock
  readonly timers: Timers
  readonly randomness: Randomness
  readonly ed25519: Ed25519
  readonly reader: LedgerReader
  readonly writer: PopulationWriter
  /** By the names that agreements give. */
  readonly registers: ReadonlyMap<string, AnsweringRegister>
  readonly agreementOf: (id: string, version: number) => KnownPopulationAgreement | undefined
  /** Why nothing is asked under an agreement now, by the log; `undefined` where it is active. */
  readonly refusalNow: (known: KnownPopulationAgreement) => Promise<RefusalCode | undefined>
  /** Counts what leaves no entry, by code. */
  readonly countNoise: (code: ProblemCode) => void
  /** Whether the log is fit for an answer now. */
  readonly mayAnswer: () => boolean
  /** Whether a gateway key still counts; asked again before an answer leaves. */
  readonly isKeyCurrent: (keyId: string) => boolean
}
