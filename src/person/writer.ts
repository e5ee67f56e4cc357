import type { AgreementActKind, Denial } from '../agreement/index.ts'
import type { ExchangeRecord, GovernanceRecord } from '../log/index.ts'
import type { DrawCommitted, DrawIntent } from './audit-draw/index.ts'
import type { AgreementDocument, WitnessedHead } from './agreement-store.ts'
import type { DirectoryRow } from './directory-store.ts'
import type { EraseCommitted, EraseIntent, KeysCommitted, KeysIntent } from './erasure/index.ts'
import type { ReconciliationRow } from './erasure-store.ts'
import type { CapAxes, PeerHead } from './exchange-store.ts'
import type { IdentityCommitted, IdentityIntent } from './identity/index.ts'
import type { QuestionFacts } from './question-facts.ts'
import type { CorrectionCommitted, CorrectionIntent } from './corrections/index.ts'
import type { RequestCommitted, RequestIntent } from './requests/index.ts'
import type { SafeguardCommitted, SafeguardIntent } from './safeguards/index.ts'
import type {
  DecideSignalIntent,
  SignalDecided,
  SignalsCommitted,
  SignalsIntent,
  TraceFacts,
} from './trace/index.ts'
import type { AskedReceipt, PersonQuestion, QuestionResult } from '../protocol/index.ts'

/** The look-up that was made before the commit, if the first decision allowed one. */
export type LookUpOutcome =
  /** The first decision denied it; that denial stands even if the live one would permit. */
  | { readonly state: 'not-made'; readonly denial: Denial }
  | { readonly state: 'unavailable' }
  | { readonly state: 'done'; readonly results: readonly QuestionResult[] }
  /** An answer to this exchange is kept; nothing was looked up again. */
  | { readonly state: 'kept' }

/** A verified question, ready to be decided again and committed. */
export interface QuestionIntent {
  readonly type: 'question'
  readonly question: PersonQuestion
  readonly consumer: string
  readonly questionDigest: string
  readonly nonce: { readonly keyId: string; readonly value: string; readonly expiresAtMs: number }
  readonly facts: QuestionFacts
  readonly axes: CapAxes
  /** The consent, where one was sent that is good: to be spent with the answer. */
  readonly consent: { readonly digest: string; readonly expiresAtMs: number } | undefined
  /** Commitment of the consumer's "asked" entry, base64, when its receipt held. */
  readonly askedCommitment: string | undefined
  /** The head of the consumer's log that the receipt was under: what is remembered of that log. */
  readonly consumerHead: PeerHead | undefined
  /** The subject's handle in the chain of withheld entries; set where the agreement may withhold. */
  readonly withheldHandle: string | undefined
  /** What signals are computed from; left out, the question is not seen by them. */
  readonly trace?: TraceFacts
  /** Whether the person appears in another person's case; its entries are marked. */
  readonly bystander?: boolean
  readonly lookUp: LookUpOutcome
}

/** What the provider sends back: the exact bytes, the same for every delivery. */
export interface QuestionCommitted {
  readonly type: 'question'
  readonly status: number
  readonly body: Uint8Array
  readonly redelivered: boolean
  /** Set when the refusal is no entry: what it is counted as. */
  readonly noise?: 'REPLAYED' | 'QUOTA_EXCEEDED'
}

/** The consumer's "asked": written before the question leaves. */
export interface AskedIntent {
  readonly type: 'asked'
  readonly exchangeId: string
  readonly idempotencyKey: string
  readonly requestDigest: string
  readonly provider: string
  readonly providerOrigins: readonly string[]
  readonly subjectHandle: string
  /** The question without its receipt, `lastSeenCheckpoint` null, canonical; kept sealed. */
  readonly questionCore: Uint8Array
  readonly reference: string
  /** What signals are computed from; left out, the question is not seen by them. */
  readonly trace?: TraceFacts
  /** As of a {@link QuestionIntent}. */
  readonly bystander?: boolean
  /** The official's identity, sealed for two holders, where this organisation seals it. */
  readonly sealedOfficial?: Uint8Array | undefined
  readonly record: AskedRecordPart
}

/** The part of an exchange record that the consumer knows when it asks. */
export type AskedRecordPart = Pick<
  ExchangeRecord,
  | 'exchangeId'
  | 'consumer'
  | 'provider'
  | 'agreement'
  | 'purpose'
  | 'legalBasis'
  | 'elements'
  | 'official'
  | 'notice'
  | 'noticeUntilMs'
  | 'questionDigest'
>

/** "asked" is durable, or this caller's request was asked before. */
export type AskedCommitted =
  | {
      readonly type: 'asked'
      readonly state: 'new'
      readonly index: number
      readonly commitment: string
      readonly receipt: AskedReceipt
      readonly lastSeenCheckpoint: string | null
    }
  | {
      readonly type: 'asked'
      readonly state: 'known'
      readonly exchangeId: string
      readonly sameRequest: boolean
    }
  /** The caller's exchange id stands for another question of this organisation. */
  | { readonly type: 'asked'; readonly state: 'taken' }

/** The consumer's "received": written before the answer goes to the caller. */
export interface ReceivedIntent {
  readonly type: 'received'
  readonly exchangeId: string
  readonly subjectHandle: string
  readonly record: AskedRecordPart &
    Pick<ExchangeRecord, 'outcome' | 'code' | 'cap' | 'resultDigest' | 'peer'>
  readonly state: 'received' | 'failed'
  readonly outcome: Uint8Array
  /** The provider's newest verified checkpoint; absent when nothing was verified. */
  readonly providerHead:
    { readonly origin: string; readonly checkpoint: string; readonly size: number } | undefined
}

/** "received" is durable. */
export interface ReceivedCommitted {
  readonly type: 'received'
  /** `known`: another outcome of this exchange was received before, and is the one that counts. */
  readonly state: 'new' | 'known'
  readonly index: number
}

/** The consumer's own case system refused: an entry here, and nothing leaves. */
export interface RefusedIntent {
  readonly type: 'refused'
  readonly subjectHandle: string
  readonly reference: string
  /** As of a {@link QuestionIntent}. */
  readonly bystander?: boolean
  /** As of an {@link AskedIntent}. */
  readonly sealedOfficial?: Uint8Array | undefined
  readonly record: AskedRecordPart & { readonly code: string }
}

/** The refusal is durable. */
export interface RefusedCommitted {
  readonly type: 'refused'
  readonly index: number
}

/** What was found out about a provisional receipt. Writes an entry for an alarm only. */
export interface SettledIntent {
  readonly type: 'settled'
  readonly exchangeId: string
  readonly standing: ReceiptStanding
}

/** What became of a provisional receipt; `forked` and `overdue` are an entry, once. */
export type ReceiptStanding =
  | { readonly state: 'witnessed'; readonly atMs: number }
  /** The provider's log has two roots of one size: the outcome is not handed out again. */
  | { readonly state: 'forked'; readonly origin: string }
  /** No witnessed checkpoint has covered it in time; it may still come. */
  | { readonly state: 'overdue'; readonly origin: string }

/** Done. */
export interface SettledCommitted {
  readonly type: 'settled'
}

/** Destroys what is kept no longer, although nobody asks. Writes no entry. */
export interface PurgeIntent {
  readonly type: 'purge'
}

/** Done. */
export interface PurgeCommitted {
  readonly type: 'purge'
}

/** What a quorum of witnesses has cosigned, by their clocks: time locks are counted by it. Writes no entry. */
export interface WitnessedIntent {
  readonly type: 'witnessed'
  readonly head: WitnessedHead
}

/** Done. */
export interface WitnessedCommitted {
  readonly type: 'witnessed'
}

/** An act of the organisation itself: an entry that is published with its opening. */
export interface GovernanceIntent {
  readonly type: 'governance'
  readonly kind: GovernanceRecord['kind']
  readonly name: string | null
  readonly digest: string | null
  readonly body: GovernanceRecord['body']
  /** Set when the act changes what an agreement may do. */
  readonly agreement:
    { readonly digest: string; readonly event: AgreementActKind; readonly by: string } | undefined
  /** Set when an agreement or an act upon one is taken up: the document, as it was signed. */
  readonly document?: Omit<AgreementDocument, 'place'>
  /** Set when the act says that a reconciliation with `peer` is signed, of entries that stand. */
  readonly reconciliation?: Omit<ReconciliationRow, 'by'>
  /** Set when the act accepts a directory record, which counts from this entry on. */
  readonly directory?: Pick<DirectoryRow, 'organisation' | 'version' | 'record'>
}

/** The act is durable and takes effect from here. */
export interface GovernanceCommitted {
  readonly type: 'governance'
  readonly index: number
  /** Log time of the entry. */
  readonly timeMs: number
}

/** The end of an epoch: its map is computed, its root becomes an entry. */
export interface EpochIntent {
  readonly type: 'epoch'
  /** The number that it must have: one more than the newest closed one. */
  readonly number: number
  /** The log that the map was computed for; `size` counts its entries. */
  readonly origin: string
  readonly size: number
  /** Base64, 32 bytes, each. */
  readonly root: string
  readonly vrfKey: string
  readonly salt: Uint8Array
  readonly periodMs: number
}

/** The epoch is durable, or something else was closed or begun since its map was computed. */
export interface EpochCommitted {
  readonly type: 'epoch'
  readonly state: 'closed' | 'overtaken'
}

/** All that can be committed for person questions. */
export type PersonIntent =
  | QuestionIntent
  | AskedIntent
  | ReceivedIntent
  | RefusedIntent
  | SettledIntent
  | PurgeIntent
  | WitnessedIntent
  | GovernanceIntent
  | EpochIntent
  | EraseIntent
  | KeysIntent
  | SafeguardIntent
  | SignalsIntent
  | DecideSignalIntent
  | DrawIntent
  | IdentityIntent
  | RequestIntent
  | CorrectionIntent

/** The result that belongs to each kind of intent. */
export type PersonCommitted =
  | QuestionCommitted
  | AskedCommitted
  | ReceivedCommitted
  | RefusedCommitted
  | SettledCommitted
  | PurgeCommitted
  | WitnessedCommitted
  | GovernanceCommitted
  | EpochCommitted
  | EraseCommitted
  | KeysCommitted
  | SafeguardCommitted
  | SignalsCommitted
  | SignalDecided
  | DrawCommitted
  | IdentityCommitted
  | RequestCommitted
  | CorrectionCommitted

/** The organisation's only writer. Each call resolves only once what it wrote is on disk. */
export interface PersonWriter {
  commit(intent: PersonIntent): Promise<PersonCommitted>
}
