import type { Gap, GapKind } from './gap.ts'

/** One log as it was read. */
export interface ReconciledSide {
  readonly organisation: string
  readonly log: string
  /** Entries `first` … `size − 1` were read. */
  readonly first: number
  readonly size: number
  /** Root of the first `size` entries, base64. */
  readonly root: string
  readonly cosignedBy: readonly string[]
  /** Up to when the log is known: the newest cosignature or the export, milliseconds since the epoch. */
  readonly knownUntilMs: number
  /** Records that were opened, and exchanges that were not, of those that should be. */
  readonly opened: number
  readonly unopened: number
  /** Exchanges that the bundle says are erased. */
  readonly erased: number
  /** Opened exchanges that are hidden from their person as about a bystander. */
  readonly bystanders: number
}

/** Exchanges and entries by what they came to. */
export interface ReconciliationCounts {
  /** Both sides have it, and nothing differs. */
  readonly matched: number
  /** Younger than the window, with something missing. */
  readonly pending: number
  /** Refused by the consumer's own case system or log; nothing left. */
  readonly refusedHere: number
  /** Entries of exchanges with organisations whose logs are not here. */
  readonly elsewhere: number
  /** Exchanges of which only repeated messages are in the range. */
  readonly repeats: number
  /** Answers that the consumer did not take, since they came too late or never. */
  readonly lost: number
  /** Gaps that an earlier run had named, and that are closed. */
  readonly closed: number
  readonly gaps: Readonly<Record<GapKind, number>>
}

/** Exchanges of one organisation with another, by what they came to in a run. */
export interface ReconciledPair {
  readonly consumer: string
  readonly provider: string
  readonly matched: number
  readonly pending: number
  /** Gaps that this run has named. */
  readonly gaps: number
}

/** What one run of a reconciliation found. Names organisations, logs and entries, and nobody else. */
export interface ReconciliationReport {
  readonly v: 1
  readonly sides: readonly ReconciledSide[]
  readonly windowMs: number
  readonly toleranceMs: number
  readonly counts: ReconciliationCounts
  /** Of all pairs that had an exchange, by name. */
  readonly pairs: readonly ReconciledPair[]
  /** The first of them, by log time; `counts` has all. */
  readonly gaps: readonly Gap[]
  /** Whether any gap is evidence against an organisation. */
  readonly isEvidence: boolean
}

/** Most gaps that a report names. */
export const mostNamedGaps = 1_000
