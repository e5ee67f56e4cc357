import type { RequestKind, RequestOutcome, RequestState } from '../../person/index.ts'

/** A request as the officer's list shows it: nobody is named. */
export interface RequestLine {
  readonly number: number
  readonly kind: RequestKind
  readonly filedAtMs: number
  readonly dueMs: number
  readonly state: RequestState
  readonly decidedAtMs: number | null
}

/** The word of a correction to one organisation that had the data. */
export interface RequestNotice {
  readonly consumer: string
  readonly elements: readonly string[]
  readonly state: 'waiting' | 'received' | 'unknown'
  /** When its receipt came. */
  readonly settledAtMs: number | null
  /** The entry of the receipt. */
  readonly entryIndex: number | null
}

/** One request with all its steps. For the person whose it is, and the data protection officer. */
export interface RequestView extends RequestLine {
  readonly organisation: string
  readonly entryIndex: number
  /** The entry that it is about. */
  readonly about: { readonly origin: string; readonly entryIndex: number } | null
  readonly elements: readonly string[]
  /** `null` once it is erased, as are reason and answer. */
  readonly text: string | null
  /** When the officer has opened it, oldest first. */
  readonly openedAtMs: readonly number[]
  readonly extension: { readonly atMs: number; readonly reason: string | null } | null
  readonly decision: {
    readonly outcome: RequestOutcome
    readonly law: string | null
    readonly answer: string | null
    readonly elements: readonly string[]
    readonly restricts: boolean
  } | null
  readonly notices: readonly RequestNotice[]
}

/** What a person wants of one organisation. */
export interface RequestWish {
  /** 16 random bytes, base64url: sent twice it is one request. */
  readonly id: string
  readonly kind: RequestKind
  /** An entry of that organisation's own log; `null` for a request about none. */
  readonly about: { readonly origin: string; readonly entryIndex: number } | null
  readonly elements: readonly string[]
  readonly text: string
}

/** A refusal with the gateway's code: an expected outcome. */
export interface RequestRefusedHere {
  readonly code: string
}

/** What the person's pages ask of every organisation's gateway, about the person alone. */
export interface PersonRequests {
  file(
    personId: string,
    organisation: string,
    wish: RequestWish,
  ): Promise<RequestLine | RequestRefusedHere>
  /** At all organisations, the newest first. */
  own(personId: string): Promise<readonly RequestView[]>
}

/** An opened request, with whom it is from. */
export interface OpenedView extends RequestView {
  readonly subject: { readonly scheme: string; readonly value: string } | null
}

/** What the data protection officer decides. */
export interface RequestDecision {
  readonly outcome: RequestOutcome
  readonly law: string | null
  readonly answer: string
  readonly restricts: boolean
}

/** What the officer's pages ask of their own gateway. Opening, extending and deciding are entries. */
export interface OfficerRequests {
  list(): Promise<readonly RequestLine[]>
  open(number: number): Promise<OpenedView | RequestRefusedHere>
  extend(number: number, reason: string): Promise<RequestRefusedHere | 'done'>
  decide(number: number, decision: RequestDecision): Promise<RequestRefusedHere | 'done'>
}

/** Whether a call was refused. */
export function isRefusedHere(outcome: object | string): outcome is RequestRefusedHere {
  return typeof outcome === 'object' && 'code' in outcome
}

/** What a form's text area says: lines as the gateway takes them, without the spaces around. */
export function writtenText(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').replaceAll('\r\n', '\n').trim()
}
