import type { JsonObject } from '../../bytes/index.ts'
import type { DayCount } from './question-trace.ts'
import type { SignalVerdict } from './signal-row.ts'

/** A signal that a run found, ready to become an entry. */
export interface RaisedSignal {
  readonly id: string
  readonly topic: string
  readonly document: Uint8Array
  readonly r: Uint8Array
  /** Digest of the document under `r`, base64: what the entry commits to. */
  readonly digest: string
  /** What the entry says in public. */
  readonly body: JsonObject
}

/** What a run of the detectors leaves: signals, the counts of days that are over, and which traces may go. */
export interface SignalsIntent {
  readonly type: 'signals'
  readonly raised: readonly RaisedSignal[]
  readonly counts: readonly DayCount[]
  readonly dropBeforeMs: number
  readonly dropBeforeDay: number
}

/** The run is durable. */
export interface SignalsCommitted {
  readonly type: 'signals'
  /** Indices of the entries `signal.raised`; what is open already is not raised again. */
  readonly entries: readonly number[]
}

/** A person's word on a signal. */
export interface DecideSignalIntent {
  readonly type: 'decide-signal'
  readonly id: string
  readonly verdict: SignalVerdict
  readonly by: string
}

/** The decision is an entry, or there is nothing to decide. */
export type SignalDecided =
  | { readonly type: 'decide-signal'; readonly state: 'decided'; readonly index: number }
  | { readonly type: 'decide-signal'; readonly state: 'unknown' | 'decided-before' }
