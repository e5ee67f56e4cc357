import type { Agreement, AgreementState, PopulationAgreement } from '../../agreement/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { Policy } from '../../log/verify/index.ts'
import type { Clock, HttpClient, Randomness } from '../../ports/index.ts'
import type { SignatureKey } from '../../protocol/index.ts'
import type { AnalysisReader } from '../ledger/index.ts'
import type { PopulationWriter } from '../answer/index.ts'

/** A provider as the organisation that asks knows it. */
export interface StatisticsProvider {
  readonly id: string
  /** Without a slash at the end. */
  readonly url: string
  readonly authority: string
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
  /** Its logs, oldest first. */
  readonly origins: readonly string[]
  /** Its log without a quorum: for prompt receipts. */
  readonly receiptPolicy: Policy
}

/** An agreement to ask under. */
export interface AskableAgreement {
  readonly agreement: PopulationAgreement
  readonly digest: string
  readonly state: AgreementState
}

/** What asking about populations needs from outside. */
export interface DeskDeps {
  readonly organisation: string
  readonly key: SignatureKey
  readonly clock: Clock
  readonly randomness: Randomness
  readonly ed25519: Ed25519
  readonly http: HttpClient
  readonly reader: AnalysisReader
  readonly writer: PopulationWriter
  readonly providers: ReadonlyMap<string, StatisticsProvider>
  readonly agreements: () => readonly { readonly agreement: Agreement; readonly digest: string }[]
  /** Where a version stands by the own log. */
  readonly stateHere: (digest: string) => Promise<AgreementState>
  /** An own analyst's pseudonym towards a provider. */
  readonly pseudonymOf: (provider: string, analyst: string) => string
}
