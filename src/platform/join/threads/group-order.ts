import type { JoinTier } from '../join-tier.ts'

/** What a thread is started with. */
export interface GroupThreadStart {
  readonly tier: JoinTier['name']
  /** One number, 1 once the thread takes orders. */
  readonly ready: SharedArrayBuffer
}

/** One operation of a group on all that is packed in `input`; both secret scalars and points may be in there. */
export type GroupOperation =
  | { readonly kind: 'hash'; readonly identifiers: readonly Uint8Array[]; readonly dst: Uint8Array }
  | { readonly kind: 'mask'; readonly scalar: Uint8Array; readonly input: Uint8Array }
  | { readonly kind: 'base'; readonly input: Uint8Array }
  | { readonly kind: 'share'; readonly point: Uint8Array; readonly input: Uint8Array }
  | { readonly kind: 'check'; readonly input: Uint8Array }

/** A part of an operation for one thread. The arrays are views of memory that the threads share. */
export interface GroupOrder {
  readonly operation: GroupOperation
  /** Where the part's points go; for a check, nothing. */
  readonly output: Uint8Array
  /** Place of this thread in `found`. */
  readonly place: number
  /** For a check: the first point off the curve in this part, or −1. */
  readonly found: Int32Array
  /** How many threads are not done; how many have failed. */
  readonly open: Int32Array
}
