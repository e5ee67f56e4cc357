/** Names of what does not fit between two logs. */
export const gapKinds = [
  'MISSING_AT_CONSUMER',
  'MISSING_AT_PROVIDER',
  'MISSING_AT_PARTY',
  'OUTCOME_DIFFERS',
  'DIGEST_DIFFERS',
  'ENTRY_REPEATED',
  'UNOPENED',
  'ANSWER_REFUSED',
  'TIME_APART',
  'UNANSWERED',
] as const

/** One of {@link gapKinds}. */
export type GapKind = (typeof gapKinds)[number]

/** What would stand in the log that has the gap, or stands there and differs. */
export type GapStep =
  'asked' | 'outcome' | 'received' | 'reserved' | 'begun' | 'message' | 'released' | 'exchange'

/** Kinds that no fault and no outage of an honest gateway explains. */
export const evidenceKinds: ReadonlySet<GapKind> = new Set([
  'MISSING_AT_CONSUMER',
  'MISSING_AT_PROVIDER',
  'MISSING_AT_PARTY',
  'OUTCOME_DIFFERS',
  'DIGEST_DIFFERS',
  'ENTRY_REPEATED',
  'UNOPENED',
])

/** An entry that stands: in which log, at which number. */
export interface NamedEntry {
  readonly organisation: string
  readonly log: string
  readonly entry: number
}

/** One gap, without whom it is about. */
export interface Gap {
  readonly kind: GapKind
  /** The organisation in whose log something is missing or differs. */
  readonly at: string
  readonly step: GapStep
  /** The join's message, where one is missing. */
  readonly leg: string | null
  /** The entries that show it. */
  readonly entries: readonly NamedEntry[]
  /** The exchange, under a key of this run that nobody keeps: 11 characters of base64url; empty for an entry that is not opened. */
  readonly handle: string
  /** Log time of the newest entry that shows it, milliseconds since the epoch; `null` where it is not opened. */
  readonly timeMs: number | null
}
