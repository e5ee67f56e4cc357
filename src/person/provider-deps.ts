import type { ElementCategory, AboutPersons, ConsentIssuer, TimeLock } from '../agreement/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { Policy } from '../log/verify/index.ts'
import type { Clock, Randomness, Timers } from '../ports/index.ts'
import type { CaseTokenClaims, SignatureKey, TokenState } from '../protocol/index.ts'
import type { AnsweringRegister } from '../register/index.ts'
import type { ExchangeReader } from './exchange-store.ts'
import type { KnownAgreement } from './question-facts.ts'
import type { SubjectHandles } from './subject-handles.ts'
import type { PersonWriter } from './writer.ts'

/** A consumer as its provider knows it. */
export interface KnownConsumer {
  readonly id: string
  /** Public keys of its gateway by key id, 32 bytes each. */
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
  /** Its log, without a quorum: for the receipts it has just made. */
  readonly receiptPolicy: Policy
  /** Pseudonyms of its officials that were enrolled by an entry. */
  readonly officials: ReadonlySet<string>
}

/** A register with what decisions need of its description. */
export interface ProviderRegister {
  readonly register: AnsweringRegister
  readonly scheme: string
  /** By the register's element name; membership included. */
  readonly categories: Readonly<Record<string, ElementCategory>>
  /** Publicly expected number of people in it. */
  readonly populationSize: number
}

/** Reads a case token against the case source that the agreement names. */
export type ReadCaseToken = (
  token: string,
  issuer: { readonly name: string; readonly publicKey: Uint8Array },
  nowMs: number,
) => Promise<TokenState<CaseTokenClaims>>

/** Runs a few reads of the store close together; they must wait for nothing but the store. */
export type ReadTogether = <T>(reads: () => Promise<T>) => Promise<T>

/** What answering questions needs from outside. */
export interface ProviderDeps {
  readonly organisation: string
  /** What peers sign as `@authority`; from configuration, never from a Host field. */
  readonly authority: string
  readonly key: SignatureKey
  readonly clock: Clock
  readonly timers: Timers
  readonly randomness: Randomness
  readonly ed25519: Ed25519
  readonly reader: ExchangeReader
  /** Gathers the reads of questions that arrive together. Left out: each reads by itself. */
  readonly readTogether?: ReadTogether
  readonly writer: PersonWriter
  readonly handleKey: Uint8Array
  readonly subjects: SubjectHandles
  readonly agreements: readonly KnownAgreement[]
  /** As in `StandingDeps`; caps are counted along it. */
  readonly lineage?: readonly KnownAgreement[]
  readonly timeLock: TimeLock
  readonly consumers: ReadonlyMap<string, KnownConsumer>
  readonly registers: ReadonlyMap<string, ProviderRegister>
  readonly readCaseToken: ReadCaseToken
  /** Counts what leaves no entry, by code. */
  readonly countNoise: (code: string) => void
  /** Whether this peer may send a request now; asked once it has proved who it is. Left out: always. */
  readonly mayAsk?: (consumer: string) => boolean
  /** Whether a gateway key still counts; asked again before an answer leaves. Left out: it does. */
  readonly isKeyCurrent?: (keyId: string) => boolean
  /** Whether an inspector's countersignature is by a key that counts now. Left out: it is as when it was taken up. */
  readonly isCountersigned?: (agreement: AboutPersons) => boolean
  /** Whether consents by this key of an issuer count now; asked at every question. Left out: as the agreement says. */
  readonly isConsentKey?: (issuer: ConsentIssuer) => boolean
  /** Whether the log is fit for an answer now; asked before anything is looked up. Left out: always. */
  readonly mayAnswer?: () => boolean
}
