import type { EntryPlace } from '../../log/index.ts'

/** What an organisation has of a question about a population that it asked. It names no person. */
export interface AnalysisRow {
  readonly exchangeId: string
  readonly provider: string
  readonly agreement: { readonly id: string; readonly version: number }
  /** The analyst's pseudonym towards the provider. */
  readonly analyst: string
  /** Canonical bytes of the query. */
  readonly query: Uint8Array
  /** `null` for a release, or why it was refused. */
  readonly code: string | null
  /** The provider's answer, canonical, checked when it came. */
  readonly answer: Uint8Array
  readonly place: EntryPlace
  /** Log time of the entry. */
  readonly atMs: number
}

/** Most rows that one read of analyses returns. */
export const mostAnalyses = 200

/** What is read of own questions about populations. */
export interface AnalysisReader {
  analysis(exchangeId: string): Promise<AnalysisRow | undefined>
  /** The newest first, at most {@link mostAnalyses}, of one analyst by the pseudonyms towards each provider. */
  analysesOf(analysts: readonly string[]): Promise<readonly AnalysisRow[]>
}

/** What is written of them, in the transaction that holds the entry. */
export interface AnalysisTransaction extends AnalysisReader {
  /** A second row of one exchange is a fault. */
  saveAnalysis(row: AnalysisRow): Promise<void>
}
