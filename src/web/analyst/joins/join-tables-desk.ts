import type {
  DraftJoin,
  JoinAsked,
  JoinListed,
  JoinOffer,
  JoinPair,
  JoinPreviewReport,
  JoinReleaseFile,
  JoinView,
} from '../../../population/index.ts'
import type { AskableTables } from '../population-desk.ts'

/** Two agreements that name each other: under both, a table over two registers may be asked for. */
export interface AskablePair {
  readonly left: AskableTables
  readonly right: AskableTables
  /** The scheme of identifiers that both registers have. */
  readonly keyspace: string
  /** Organisation id of who may audit. */
  readonly inspector: string
}

/** What an inspector's log has public of an audit of one run, in numbers alone. */
export interface PublicAudit {
  /** Whether nothing was found. */
  readonly holds: boolean
  /** How much was found of whom. */
  readonly findings: Readonly<Record<'left' | 'right' | 'tally', number>>
  /** Log time of the inspector. */
  readonly atMs: number
  /** Of the entry in the inspector's log. */
  readonly index: number
}

/**
 * All that an analyst's pages ask of their gateway about tables over two registers. Nothing of it is about a person.
 * Expected refusals are values; a `PopulationError` is told in words, any other rejection is an error page.
 */
export interface JoinTablesDesk {
  pairs(): Promise<readonly AskablePair[]>
  /** What both holders let be asked, and what is left with each. Spends nothing. */
  offer(pair: JoinPair, analyst: string): Promise<JoinOffer>
  /** What a question would cost and give. Spends nothing. */
  preview(draft: DraftJoin, analyst: string): Promise<JoinPreviewReport>
  /** Has both holders agree, and begins. Both are charged from then on. */
  ask(draft: DraftJoin, analyst: string): Promise<JoinAsked>
  /** What an analyst has asked, newest first. */
  results(analyst: string): Promise<readonly JoinListed[]>
  /** How far a run of this organisation is, or what came of it. @throws PopulationError `RESULT_UNKNOWN` */
  result(qid: string): Promise<JoinView>
  /** `undefined` where the inspector has made nothing public of the run. */
  audit(qid: string, inspector: string): Promise<PublicAudit | undefined>
  /** The rows of a release as a Parquet file. */
  parquet(file: JoinReleaseFile): Promise<Uint8Array>
}
