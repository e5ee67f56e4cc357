import type { EntryPlace } from '../../log/index.ts'
import type {
  ErasedExchange,
  ErasureReader,
  ErasureRow,
  ErasureTransaction,
  ReconciliationRow,
} from '../../person/index.ts'
import { integerOf, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database } from './open-database.ts'
import { StorageError } from './storage-error.ts'

function readErasure(db: Database, logs: LogTable, place: EntryPlace): EntryPlace | undefined {
  const position = logs.positionOf(place)
  // A later range never begins inside an earlier one, so the innermost is the earliest.
  const row = db.get(
    'SELECT by_idx FROM erasure WHERE first <= ? AND last >= ? ORDER BY first DESC LIMIT 1',
    position,
    position,
  )
  return row === undefined ? undefined : logs.placeOf(integerOf(row, 'by_idx'))
}

function readReconciled(db: Database, logs: LogTable, place: EntryPlace, peer: string): boolean {
  const position = logs.positionOf(place)
  const row = db.get(
    'SELECT 1 FROM reconciliation WHERE peer = ? AND first <= ? AND last >= ? AND by_idx > ? LIMIT 1',
    peer,
    position,
    position,
    position,
  )
  return row !== undefined
}

function readHasRecords(db: Database, fromMs: number, untilMs: number): boolean {
  const row = db.get(
    "SELECT 1 FROM entry WHERE time_ms >= ? AND time_ms < ? AND sealed IS NOT NULL AND substr(leaf, 2, 1) = x'01' LIMIT 1",
    fromMs,
    untilMs,
  )
  return row !== undefined
}

/** Reads of what was erased, through one connection. */
export function sqliteErasureReader(db: Database, logs: LogTable): ErasureReader {
  return {
    erasureOf: async (place) => readErasure(db, logs, place),
    isReconciled: async (place, peer) => readReconciled(db, logs, place, peer),
    hasRecords: async (fromMs, untilMs) => readHasRecords(db, fromMs, untilMs),
    destroyedMonths: async () =>
      db.all('SELECT month FROM destroyed_month ORDER BY month').map((row) => textOf(row, 'month')),
  }
}

function eraseRecord(db: Database, logs: LogTable, exchange: ErasedExchange): void {
  const { place, consumer, exchangeId } = exchange
  const position = logs.positionOf(place)
  const { changes } = db.run(
    'UPDATE entry SET sealed = NULL WHERE idx = ? AND sealed IS NOT NULL',
    position,
  )
  if (changes !== 1) throw new StorageError('STORE_FAILED', 'There is no record to erase.')
  db.run(
    "UPDATE exchange SET question_digest = '' WHERE consumer = ? AND exchange_id = ? AND idx = ?",
    consumer,
    exchangeId,
    position,
  )
  for (const table of ['answer', 'answer_key', 'sealed_identity'])
    db.run(`DELETE FROM ${table} WHERE idx = ?`, position)
  db.run(
    'DELETE FROM ask WHERE exchange_id = ? AND (asked_idx = ? OR received_idx = ?)',
    exchangeId,
    position,
    position,
  )
}

function writeErasure(db: Database, logs: LogTable, row: ErasureRow): void {
  const { origin, first, last, by } = row
  db.run(
    'INSERT INTO erasure (first, last, by_idx) VALUES (?, ?, ?)',
    logs.positionOf({ origin, index: first }),
    logs.positionOf({ origin, index: last }),
    logs.positionOf(by),
  )
}

function writeReconciliation(db: Database, logs: LogTable, row: ReconciliationRow): void {
  const { origin, peer, first, last, by } = row
  db.run(
    'INSERT INTO reconciliation (by_idx, peer, first, last) VALUES (?, ?, ?, ?)',
    logs.positionOf(by),
    peer,
    logs.positionOf({ origin, index: first }),
    logs.positionOf({ origin, index: last }),
  )
}

/** Writes of erasures within the connection's open transaction. */
export function sqliteErasureTransaction(db: Database, logs: LogTable): ErasureTransaction {
  return {
    ...sqliteErasureReader(db, logs),
    eraseRecord: async (exchange) => eraseRecord(db, logs, exchange),
    saveErasure: async (row) => writeErasure(db, logs, row),
    saveReconciliation: async (row) => writeReconciliation(db, logs, row),
    saveDestroyedMonth: async (month, by) =>
      void db.run(
        'INSERT INTO destroyed_month (month, by_idx) VALUES (?, ?)',
        month,
        logs.positionOf(by),
      ),
  }
}
