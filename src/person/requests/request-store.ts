import type { EntryPlace } from '../../log/index.ts'
import type { RequestKind, RequestState, RequestStep } from './request-kinds.ts'

/** A request as the organisation lists it: nothing in it names anybody. */
export interface RequestRow {
  /** From 1, without a gap. */
  readonly number: number
  /** 16 bytes, base64url: filed twice, it is one request. */
  readonly id: string
  readonly kind: RequestKind
  /** The subject's handle; never shown. */
  readonly subjectHandle: string
  readonly filedAtMs: number
  readonly dueMs: number
  readonly state: RequestState
  /** Log time of the decision; `null` before one. */
  readonly decidedAtMs: number | null
}

/** One step of a request: its entry, and its text where it has one. */
export interface RequestStepRow {
  readonly number: number
  readonly step: RequestStep
  readonly place: EntryPlace
  readonly atMs: number
  /** Salt and text, sealed; `undefined` for a step without a text, or once it is erased. */
  readonly sealed: Uint8Array | undefined
}

/** How far the word of a correction to one recipient is. */
export type NoticeState =
  | 'waiting'
  /** The recipient's receipt is kept. */
  | 'received'
  /** The recipient knows the exchange no more. */
  | 'unknown'

/** The word of a correction to one organisation that had the data, about one exchange. */
export interface CorrectionNoticeRow {
  /** The request that was granted. */
  readonly number: number
  readonly consumer: string
  readonly exchangeId: string
  /** Those that were answered in this exchange. */
  readonly elements: readonly string[]
  /** Log time of the decision. */
  readonly correctedAtMs: number
  /** Until when the exchange is withheld from the person; `null` where it is not. */
  readonly hiddenUntilMs: number | null
  readonly state: NoticeState
  /** Canonical bytes of the receipt; `undefined` before it. */
  readonly receipt: Uint8Array | undefined
  /** The entry `correction.told`; `undefined` before it. */
  readonly told: EntryPlace | undefined
  /** Log time of that entry. */
  readonly settledAtMs: number | null
}

/** A correction that this organisation has received, about an exchange in which it asked. */
export interface CorrectionRow {
  readonly provider: string
  readonly exchangeId: string
  /** SHA-256 of the message, base64. */
  readonly digest: string
  readonly elements: readonly string[]
  readonly correctedAtMs: number
  /** The entry `correction.received`. */
  readonly place: EntryPlace
  /** Of that entry, base64. */
  readonly commitment: string
  readonly atMs: number
}

/** Most requests that one read lists, and most notices that one round sends. */
export const mostRequestsRead = 500

/** What is read of requests and corrections. */
export interface RequestReader {
  request(number: number): Promise<RequestRow | undefined>
  requestById(id: string): Promise<RequestRow | undefined>
  /** Requests of one subject, the oldest first. */
  requestsOf(subjectHandle: string): Promise<readonly RequestRow[]>
  /** Open requests by due date, then decided ones, the newest first; at most {@link mostRequestsRead}. */
  requests(): Promise<readonly RequestRow[]>
  requestCount(): Promise<number>
  /** Steps of one request in the order of the log. */
  requestSteps(number: number): Promise<readonly RequestStepRow[]>
  /** Notices of one request in a fixed order. */
  correctionNotices(number: number): Promise<readonly CorrectionNoticeRow[]>
  /** Notices without an outcome, the oldest first, at most {@link mostRequestsRead}. */
  waitingNotices(): Promise<readonly CorrectionNoticeRow[]>
  /** Corrections received about one exchange, the oldest first. */
  corrections(exchangeId: string): Promise<readonly CorrectionRow[]>
}

/** What is written about them, in the transaction that holds the entry. */
export interface RequestTransaction extends RequestReader {
  /** @throws a failure of the store for a number or an id that is taken */
  saveRequest(row: RequestRow): Promise<void>
  /** Sets state and clock of a request. */
  moveRequest(row: Pick<RequestRow, 'number' | 'state' | 'dueMs' | 'decidedAtMs'>): Promise<void>
  saveRequestStep(row: RequestStepRow): Promise<void>
  /** @throws a failure of the store for a second notice of one request about one exchange */
  saveCorrectionNotice(row: CorrectionNoticeRow): Promise<void>
  /** Sets what came of a notice. */
  settleCorrectionNotice(row: CorrectionNoticeRow): Promise<void>
  /** @throws a failure of the store for a message that was received before */
  saveCorrection(row: CorrectionRow): Promise<void>
}
