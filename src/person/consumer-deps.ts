import type { AgreementState } from '../agreement/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { RecordKeys } from '../log/index.ts'
import type { MlDsa44, Policy } from '../log/verify/index.ts'
import type { Aead, Clock, HttpClient, Randomness, Timers } from '../ports/index.ts'
import type { SignatureKey, SubjectReference } from '../protocol/index.ts'
import type { ExchangeReader } from './exchange-store.ts'
import type { IdentitySealing } from './identity/index.ts'
import type { KnownConsentIssuer } from './obtain-consent.ts'
import type { KnownAgreement } from './question-facts.ts'
import type { SubjectHandles } from './subject-handles.ts'
import type { PersonWriter } from './writer.ts'

/** A provider as its consumer knows it. */
export interface KnownProvider {
  readonly id: string
  /** Without a slash at the end. */
  readonly url: string
  readonly authority: string
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
  /** Its logs, oldest first: a receipt under a later one ends the earlier ones. */
  readonly origins: readonly string[]
  /** Its log without a quorum: for prompt receipts, which stay provisional. */
  readonly receiptPolicy: Policy
  /**
   * Its log with the quorum of witnesses that makes a receipt final: witnesses of the two parties of
   * the exchange do not count in it.
   */
  readonly quorumPolicy: Policy
}

/** What the consumer's case system said. */
export type CaseGrant =
  | { readonly state: 'granted'; readonly token: string }
  | {
      readonly state: 'refused'
      readonly code: 'CASE_REQUIRED' | 'CASE_CLOSED' | 'OFFICIAL_NOT_ASSIGNED' | 'SUBJECT_NOT_PARTY'
    }

/** What the case system is asked to vouch for. */
export interface CaseClaim {
  readonly reference: string
  readonly official: string
  readonly officialPseudonym: string
  readonly subject: SubjectReference
  readonly purpose: string
  readonly provider: string
}

/** The consumer's case system, which holds its own key. */
export interface CaseSource {
  /** Rejects with `PersonError` `CASE_SOURCE_UNAVAILABLE`. */
  grant(claim: CaseClaim): Promise<CaseGrant>
}

/** What asking needs from outside. */
export interface ConsumerDeps {
  readonly organisation: string
  readonly key: SignatureKey
  readonly clock: Clock
  readonly timers: Timers
  readonly randomness: Randomness
  readonly ed25519: Ed25519
  /** For providers whose witnesses cosign with ML-DSA-44 as well. */
  readonly mlDsa44?: MlDsa44
  readonly aead: Aead
  readonly http: HttpClient
  readonly reader: ExchangeReader
  readonly writer: PersonWriter
  readonly subjects: SubjectHandles
  readonly recordKeys: RecordKeys
  readonly pseudonymKey: Uint8Array
  readonly agreements: readonly KnownAgreement[]
  /** Where a version stands by the own log. Left out: the newest version is asked under, and the provider judges. */
  readonly stateHere?: (known: KnownAgreement) => Promise<AgreementState>
  readonly providers: ReadonlyMap<string, KnownProvider>
  readonly cases: CaseSource
  /** For whom officials' identities are sealed. Left out: they are not. */
  readonly sealing?: IdentitySealing | undefined
  /** Issuers of consent that this organisation can reach. Left out: none. */
  readonly consentIssuers?: readonly KnownConsentIssuer[]
}
