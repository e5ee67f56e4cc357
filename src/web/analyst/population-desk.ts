import type {
  Analysis,
  DraftQuery,
  KeptAnalysis,
  PopulationAnswer,
  PreviewAnswer,
  ReleaseFile,
} from '../../population/index.ts'

/** An agreement that an organisation may ask for tables under. */
export interface AskableTables {
  readonly id: string
  readonly version: number
  /** Organisation id of whose register it is. */
  readonly provider: string
  /** Where it stands, as `active`. */
  readonly state: string
}

/**
 * All that an analyst's pages ask of the gateway behind them. Nothing of it is about a person. Expected refusals are
 * values; a `PopulationError` is told in words, any other rejection is an error page.
 */
export interface PopulationDesk {
  agreements(): Promise<readonly AskableTables[]>
  /** What can be asked and what is left; of a query also what it would cost and give. Spends nothing. */
  preview(agreement: string, analyst: string, draft: DraftQuery | null): Promise<PreviewAnswer>
  /** Asks, or asks again for what is pending. */
  ask(analysis: Analysis): Promise<PopulationAnswer>
  /** What an analyst has asked, newest first. */
  results(analyst: string): Promise<readonly KeptAnalysis[]>
  /** The rows of a release as a Parquet file. */
  parquet(file: ReleaseFile): Promise<Uint8Array>
}
