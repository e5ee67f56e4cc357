import type { EntryPlace } from '../log/index.ts'

/** A directory record that was accepted, with the entry that says so. Public. */
export interface DirectoryRow {
  readonly organisation: string
  readonly version: number
  /** Canonical bytes, as they were signed. */
  readonly record: Uint8Array
  /** Log time of the entry. */
  readonly atMs: number
  readonly place: EntryPlace
}

/** What is read of accepted directory records. */
export interface DirectoryReader {
  /** Every accepted record of every organisation, the own among them, in the order of acceptance. */
  directoryRecords(): Promise<readonly DirectoryRow[]>
}

/** What is written of them, in the transaction that holds their entry. */
export interface DirectoryTransaction extends DirectoryReader {
  /** A second record of one organisation and version is a fault. */
  saveDirectoryRecord(row: DirectoryRow): Promise<void>
}
