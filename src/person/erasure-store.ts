import type { EntryPlace } from '../log/index.ts'

/** Entries `first` to `last` of one log, both included. */
export interface EntryRange {
  readonly origin: string
  readonly first: number
  readonly last: number
}

/** A range whose records were erased, with the entry `record.erased` that says so. */
export interface ErasureRow extends EntryRange {
  readonly by: EntryPlace
}

/** A range that a signed reconciliation with `peer` covers, with the entry that says so. */
export interface ReconciliationRow extends EntryRange {
  readonly peer: string
  readonly by: EntryPlace
}

/** The one exchange whose record is erased, as the record named it. */
export interface ErasedExchange {
  readonly place: EntryPlace
  readonly consumer: string
  readonly exchangeId: string
}

/** What erasures read of the state store. */
export interface ErasureReader {
  /** The entry `record.erased` under which the record at a place was erased, the earliest if several hold it. */
  erasureOf(place: EntryPlace): Promise<EntryPlace | undefined>
  /** Whether a signed reconciliation with `peer` covers the entry. */
  isReconciled(place: EntryPlace, peer: string): Promise<boolean>
  /** Whether an exchange entry of this time, from `fromMs` and before `untilMs`, still has its record. */
  hasRecords(fromMs: number, untilMs: number): Promise<boolean>
  /** Months, as `2026-11`, whose keys an entry says are destroyed. */
  destroyedMonths(): Promise<readonly string[]>
}

/** What erasures write, in the transaction that holds their entry. */
export interface ErasureTransaction extends ErasureReader {
  /**
   * Removes the record of an exchange with all that tells of it besides the leaf and the chain: the
   * digest under which a retry of it was known, the kept question of this organisation, and the sealed
   * identity of its official.
   */
  eraseRecord(exchange: ErasedExchange): Promise<void>
  saveErasure(row: ErasureRow): Promise<void>
  saveReconciliation(row: ReconciliationRow): Promise<void>
  saveDestroyedMonth(month: string, by: EntryPlace): Promise<void>
}
