import type { DirectoryReader, DirectoryRow, DirectoryTransaction } from '../../person/index.ts'
import { bytesOf, integerOf, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database } from './open-database.ts'

function readRecords(db: Database, logs: LogTable): readonly DirectoryRow[] {
  return db
    .all('SELECT organisation, version, record, at_ms, idx FROM directory_record ORDER BY idx')
    .map((row) => ({
      organisation: textOf(row, 'organisation'),
      version: integerOf(row, 'version'),
      record: bytesOf(row, 'record'),
      atMs: integerOf(row, 'at_ms'),
      place: logs.placeOf(integerOf(row, 'idx')),
    }))
}

function writeRecord(db: Database, logs: LogTable, row: DirectoryRow): void {
  db.run(
    'INSERT INTO directory_record (organisation, version, record, at_ms, idx) VALUES (?, ?, ?, ?, ?)',
    row.organisation,
    row.version,
    row.record,
    row.atMs,
    logs.positionOf(row.place),
  )
}

/** Reads of accepted directory records, through one connection. */
export function sqliteDirectoryReader(db: Database, logs: LogTable): DirectoryReader {
  return { directoryRecords: async () => readRecords(db, logs) }
}

/** Writes of them within the connection's open transaction. */
export function sqliteDirectoryTransaction(db: Database, logs: LogTable): DirectoryTransaction {
  return {
    ...sqliteDirectoryReader(db, logs),
    saveDirectoryRecord: async (row) => writeRecord(db, logs, row),
  }
}
