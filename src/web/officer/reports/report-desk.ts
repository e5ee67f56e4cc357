import type { ReportFile, ReportKind, VerifiedReport } from '../../../oversight/index.ts'

/** A report that an officer wants of their own organisation. */
export interface WantedReport {
  readonly report: ReportKind
  /** Log time of the first entry that counts, milliseconds since the epoch. */
  readonly fromMs: number
  /** Exclusive. */
  readonly untilMs: number
  /** The one agreement that it is about; `null` for all. */
  readonly agreement: { readonly id: string; readonly version: number } | null
}

/** A report as the gateway has made it, and what its evidence comes to when it is computed again. */
export interface MadeReport {
  readonly file: ReportFile
  readonly verified: VerifiedReport
}

/** A refusal with the gateway's code: an expected outcome. */
export interface ReportRefused {
  readonly code: string
}

/** What came of asking for a report. */
export type ReportOutcome = MadeReport | ReportRefused

/** What an officer's pages ask of their own gateway about reports. Nothing of it is about a person; each report is an entry. */
export interface OfficerReports {
  /** Rejects where the gateway is away, or what it gave does not hold. */
  make(wanted: WantedReport): Promise<ReportOutcome>
}

/** Whether a report was refused. */
export function isReportRefused(outcome: ReportOutcome): outcome is ReportRefused {
  return 'code' in outcome
}

/** A report that is being made, or was: kept for the visit alone. */
export interface ReportRun {
  readonly wanted: WantedReport
  readonly startedAtMs: number
  outcome: ReportOutcome | undefined
  /** What it failed with, in brackets so that `undefined` is a failure too. */
  failure: { readonly cause: unknown } | undefined
}
