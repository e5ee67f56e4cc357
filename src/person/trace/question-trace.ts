import type { EntryPlace } from '../../log/index.ts'

/** On which side of an exchange this organisation stood. */
export type TraceSide = 'provider' | 'consumer'

/**
 * What list-building signals are computed from: one row for each question that is an entry, written
 * in its transaction. Digests and names, never an identifier; dropped after {@link traceDays}.
 */
export interface QuestionTrace {
  readonly place: EntryPlace
  /** Log time. */
  readonly atMs: number
  readonly side: TraceSide
  readonly consumer: string
  readonly provider: string
  /** The first agreement of its line, as caps count it. */
  readonly agreement: string
  /** The official's pseudonym at this provider. */
  readonly official: string
  /** The subject's handle, base64. */
  readonly subject: string
  /** Keyed digest of the case reference, base64. */
  readonly caseHandle: string
  /** The data elements asked for. */
  readonly elements: readonly string[]
  /** Where the question cuts the values of its elements; supplied values as keyed digests. */
  readonly bounds: readonly string[]
  /** See `neighbourDigests`; empty where the scheme has no order. */
  readonly near: readonly string[]
  /** The case source's word; `null` where it gives none. */
  readonly kin: boolean | null
  /** Of the official's questions in 30 days, those without later activity; the case source's word. */
  readonly idle: number | null
}

/** A trace before it has a place and a time. */
export type TraceFacts = Omit<QuestionTrace, 'place' | 'atMs'>

/** Days for which traces are kept: a window of thirty, and slack for runs that come late. */
export const traceDays = 35

/** One official's questions under one agreement on one day of log time, UTC: counts, and nothing else. */
export interface DayCount {
  readonly side: TraceSide
  readonly consumer: string
  readonly agreement: string
  readonly official: string
  /** Days since 1970-01-01. */
  readonly day: number
  readonly asked: number
  /** Subjects whom the agreement had not asked about in the thirty days before. */
  readonly fresh: number
}

/** Days for which day counts are kept. */
export const countDays = 400

/** The day of a time, UTC. */
export function dayOf(ms: number): number {
  return Math.floor(ms / 86_400_000)
}
