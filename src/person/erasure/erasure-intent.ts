import type { RecordMonth } from '../../log/index.ts'
import type { ErasureReason, ErasureRefusal, ErasureSelection } from './erasure-act.ts'

/** Erases the records that are meant, as far as the law of retention lets it: all of them, or none. */
export interface EraseIntent {
  readonly type: 'erase'
  readonly selection: ErasureSelection
  readonly reason: ErasureReason
}

/** What became of it; once this is known, what was erased is gone from the store's files. */
export type EraseCommitted = { readonly type: 'erase' } & (
  | { readonly state: 'refused'; readonly refusal: ErasureRefusal }
  /** Another erasure is in the same batch: try again. */
  | { readonly state: 'busy' }
  | {
      readonly state: 'done'
      readonly log: string
      /** Index of `record.erased` in the newest log; `null` when there was nothing to erase here. */
      readonly entry: number | null
      readonly erased: number
      readonly next: { readonly log: string; readonly index: number } | null
    }
)

/** Destroys the keys of months before one of which no record is left. */
export interface KeysIntent {
  readonly type: 'destroy-keys'
  readonly before: RecordMonth
  /** Months that have a key. */
  readonly present: readonly string[]
}

/** The months whose keys are destroyed, and the entry that says so. */
export interface KeysCommitted {
  readonly type: 'destroy-keys'
  readonly entry: number | null
  readonly months: readonly RecordMonth[]
}
