import type { AnalysisReader, AnalysisTransaction } from './analysis-store.ts'
import type { JoinReader, JoinTransaction } from './join-store.ts'
import type { EntryPlace } from '../../log/index.ts'
import type { Budget } from './budget.ts'
import type { Charge, Spent } from './charge.ts'

/** A year of one population, opened by an entry. */
export interface BudgetRow {
  readonly population: string
  readonly budget: Budget
  readonly place: EntryPlace
}

/** One charge with what is not public of it. */
export interface ChargeRow {
  readonly population: string
  readonly charge: Charge
  /** Commitment of its `population.reserved`, base64. */
  readonly reservation: string
  /** Pseudonym of the analyst who asked. */
  readonly analyst: string
  /** Of the entry `budget.charged`. */
  readonly place: EntryPlace
}

/** A query over one snapshot, from its reservation on. There is one of each. */
export interface ReleaseRow {
  /** Digest of the canonical query, base64. */
  readonly query: string
  readonly snapshot: string
  /** Base64: what `population.released` cites. */
  readonly reservation: string
  readonly reserved: EntryPlace
  /** Of the budget when it was reserved, in millionths of epsilon. */
  readonly spentBefore: number
  readonly spentAfter: number
  /** The canonical release; `undefined` until it is durable. Public to whoever may ask the query. */
  readonly release: Uint8Array | undefined
  readonly released: EntryPlace | undefined
}

/** What is read of the ledgers, of the questions that this organisation asked others, and of joins. */
export interface LedgerReader extends AnalysisReader, JoinReader {
  /** The newest budget of a population. */
  budgetOf(population: string): Promise<BudgetRow | undefined>
  /** What has been spent in the year that began at `fromMs`. */
  spentOf(population: string, fromMs: number): Promise<Spent>
  /** Millionths of epsilon spent in that year under an agreement, by one analyst or by all. */
  spentUnder(
    population: string,
    fromMs: number,
    of: { readonly agreement: string; readonly analyst?: string },
  ): Promise<number>
  /** Every budget and charge of a population, in the order of the log: what its ledger adds up from. */
  ledgerOf(population: string): Promise<readonly (BudgetRow | ChargeRow)[]>
  releaseOf(query: string, snapshot: string): Promise<ReleaseRow | undefined>
}

/** What is written of them, in the transaction that holds the entries. */
export interface LedgerTransaction extends LedgerReader, AnalysisTransaction, JoinTransaction {
  saveBudget(row: BudgetRow): Promise<void>
  saveCharge(row: ChargeRow): Promise<void>
  /** A second reservation of one query and snapshot is a fault. */
  saveReservation(row: Omit<ReleaseRow, 'release' | 'released'>): Promise<void>
  /** Keeps what is released for a reservation; a second release of one is a fault. */
  saveRelease(
    at: Pick<ReleaseRow, 'query' | 'snapshot'>,
    kept: { readonly release: Uint8Array; readonly released: EntryPlace },
  ): Promise<void>
}
