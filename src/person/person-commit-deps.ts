import type { TimeLock } from '../agreement/index.ts'
import type { RecordKeys } from '../log/index.ts'
import type { Aead, Randomness } from '../ports/index.ts'
import type { RetentionRule } from './erasure/index.ts'
import type { KnownAgreement } from './question-facts.ts'

/** What committing person questions needs besides the transaction. */
export interface PersonCommitDeps {
  readonly organisation: string
  readonly randomness: Randomness
  readonly aead: Aead
  /** Seals what is kept of the organisation's own questions. */
  readonly recordKeys: RecordKeys
  /** The agreements that this organisation is party to, signatures checked. */
  readonly agreements: readonly KnownAgreement[]
  readonly timeLock: TimeLock
  /** How long records stay at least, beside what agreements say. */
  readonly retention?: RetentionRule
  /** Most denials of one consumer's questions that become entries in a day; {@link denialEntriesPerDay} unless told. */
  readonly denialEntriesPerDay?: number
}

/** So many refusals are no mistake of officials any more, and an entry of each would fill the log. */
export const denialEntriesPerDay: number = 5_000

/** Milliseconds for which an answer and its key are kept for retries. */
export const keptForMs: number = 15 * 60_000
