import type { EntryPlace } from '../../log/index.ts'

/** What a person may find of a signal: nothing wrong, something wrong, or nothing either way. */
export const signalVerdicts = ['explained', 'misuse', 'unclear'] as const

/** One of {@link signalVerdicts}. */
export type SignalVerdict = (typeof signalVerdicts)[number]

/** What a person made of a signal. */
export interface SignalDecision {
  readonly verdict: SignalVerdict
  /** The caller's name in the configuration. */
  readonly by: string
  readonly place: EntryPlace
  readonly atMs: number
}

/** A signal that a run has raised: the document, which is for the organisation and the inspector, and the secret that opens its entry's digest. */
export interface SignalRow {
  /** 8 random bytes, base64url. */
  readonly id: string
  /** Digest of what it is about: the same thing is not raised twice while it is open. */
  readonly topic: string
  /** Where `signal.raised` stands. */
  readonly place: EntryPlace
  readonly atMs: number
  /** Canonical JSON, see `spec/signals.md`. */
  readonly document: Uint8Array
  /** 32 bytes. */
  readonly r: Uint8Array
  readonly decision: SignalDecision | undefined
}
