import type { CountedUse } from '../agreement/index.ts'
import type { EntryPlace, LogsReader, LogTransaction } from '../log/index.ts'
import type { DrawReader, DrawTransaction } from './audit-draw/index.ts'
import type { AgreementReader, AgreementTransaction } from './agreement-store.ts'
import type { ChainReader, ChainTransaction } from './chain-store.ts'
import type { DirectoryReader, DirectoryTransaction } from './directory-store.ts'
import type { ErasureReader, ErasureTransaction } from './erasure-store.ts'
import type { IdentityReader, IdentityTransaction } from './identity/index.ts'
import type { RequestReader, RequestTransaction } from './requests/index.ts'
import type { SafeguardReader, SafeguardTransaction } from './safeguards/index.ts'
import type { TraceReader, TraceTransaction } from './trace/index.ts'

/**
 * What the caps of one question are counted on. Subject and case are keyed digests: the store of
 * counters names nobody.
 */
export interface CapAxes {
  readonly consumer: string
  /** The first agreement of its line (`capScope`): a renewal goes on counting. */
  readonly agreement: string
  readonly official: string
  /** Keyed digest of consumer and case reference, 32 bytes, base64. */
  readonly caseHandle: string
  /** Keyed digest of the subject's identifier, 32 bytes, base64. */
  readonly subjectHandle: string
  /** Where the question cuts the values of each element (`thresholdBound`); supplied values as keyed digests. */
  readonly bounds: readonly string[]
  /** Whether it compares where someone can be found. */
  readonly locating: boolean
  /** Whether it is asked under an agreement of the kind `emergency`. */
  readonly emergency: boolean
}

/** A question that was answered or denied before, under its consumer and `exchangeId`. */
export interface StoredExchange {
  readonly consumer: string
  readonly exchangeId: string
  /** SHA-256 of the question without receipt and checkpoint, base64: tells a retry from a conflict. */
  readonly questionDigest: string
  readonly place: EntryPlace
  readonly status: number
  /** The answer as it was sent, sealed under a key of its own; gone 15 minutes after. */
  readonly sealedBody: Uint8Array | undefined
  readonly createdAtMs: number
}

/** An answer as it was sent, sealed under a key of its own, with that key. */
export interface KeptAnswer {
  readonly consumer: string
  readonly exchangeId: string
  readonly sealedBody: Uint8Array
  readonly key: Uint8Array
  readonly createdAtMs: number
}

/** What is kept of a question that this organisation asked, from "asked" to "received". */
export interface AskRow {
  readonly exchangeId: string
  /** The caller's own key for its request; the same key never asks twice. */
  readonly idempotencyKey: string
  /** SHA-256 of the caller's request, base64. */
  readonly requestDigest: string
  readonly provider: string
  /** The question without its receipt, sealed: what is re-sent, with the checkpoint that it named. */
  readonly sealedQuestion: Uint8Array | undefined
  readonly state: 'asked' | 'received' | 'failed'
  readonly asked: EntryPlace
  readonly received: EntryPlace | undefined
  /** The outcome as the caller got it, sealed; gone 15 minutes after. */
  readonly sealedOutcome: Uint8Array | undefined
  /** The provider's checkpoint in the answer's receipt, until it is witnessed. */
  readonly provisional: string | undefined
  readonly witnessedAtMs: number | undefined
  /** When its receipt gave an alarm, if it did: a fork, or no witness in time. */
  readonly alarmedAtMs: number | undefined
  readonly createdAtMs: number
}

/** The newest checkpoint of a peer's log that this organisation has verified. */
export interface PeerHead {
  readonly origin: string
  readonly checkpoint: string
  readonly size: number
}

/** Most rows that one read of asks returns; what is left comes in a later round. */
export const mostAsksRead = 200

/** What person questions read of the state store. */
export interface ExchangeReader
  extends
    LogsReader,
    ChainReader,
    ErasureReader,
    DirectoryReader,
    SafeguardReader,
    TraceReader,
    DrawReader,
    AgreementReader,
    IdentityReader,
    RequestReader {
  exchange(consumer: string, exchangeId: string): Promise<StoredExchange | undefined>
  /** The key that opens a stored answer, or `undefined` once it was destroyed. */
  answerKey(consumer: string, exchangeId: string): Promise<Uint8Array | undefined>
  capUse(axes: CapAxes, nowMs: number): Promise<CountedUse>
  /** Denials of a consumer's questions that became entries, in a day of log time. */
  denials(consumer: string, nowMs: number): Promise<number>
  /** Whether the consent of this digest, base64, has opened an answer. */
  isConsentSpent(digest: string): Promise<boolean>
  ask(exchangeId: string): Promise<AskRow | undefined>
  askByIdempotencyKey(key: string): Promise<AskRow | undefined>
  /**
   * Asks in `state`, oldest first, at most {@link mostAsksRead}; `provisional` are received ones whose
   * receipt is not witnessed, those without an alarm first.
   */
  asksIn(state: AskRow['state'] | 'provisional'): Promise<readonly AskRow[]>
  peerHead(origin: string): Promise<PeerHead | undefined>
}

/** What is found about a nonce. */
export type NonceUse = 'fresh' | 'replayed' | 'noise'

/** What person questions write, in the transaction that holds their entry. */
export interface ExchangeTransaction
  extends
    ExchangeReader,
    LogTransaction,
    ChainTransaction,
    ErasureTransaction,
    DirectoryTransaction,
    SafeguardTransaction,
    TraceTransaction,
    DrawTransaction,
    AgreementTransaction,
    IdentityTransaction,
    RequestTransaction {
  /**
   * Whether this key has used this nonce before; remembered until `expiresAtMs`. `replayed` is said once,
   * and `noise` from then on: what is played for ever makes one entry.
   */
  useNonce(keyId: string, nonce: string, expiresAtMs: number): Promise<NonceUse>
  /** Spends a consent; remembered until `expiresAtMs`, when nobody takes it any more. */
  spendConsent(digest: string, expiresAtMs: number): Promise<void>
  /** Counts one question: on every axis, or on the official's alone where the subject is no valid one. */
  charge(axes: CapAxes, nowMs: number, counted: 'all' | 'official'): Promise<void>
  /** Counts the entry of a denial. */
  countDenial(consumer: string, nowMs: number): Promise<void>
  /** Claims a consumer's exchange id; its answer follows within the same transaction. */
  saveExchange(exchange: Omit<StoredExchange, 'sealedBody'>): Promise<void>
  /** Keeps the answer that belongs to a saved exchange and, apart from it, the key that opens it. */
  saveAnswer(exchange: KeptAnswer): Promise<void>
  saveAsk(row: AskRow): Promise<void>
  savePeerHead(head: PeerHead): Promise<void>
  /** Destroys answers, their keys and outcomes made before `beforeMs`, and spent nonces before `nowMs`. */
  purge(beforeMs: number, nowMs: number): Promise<void>
}
