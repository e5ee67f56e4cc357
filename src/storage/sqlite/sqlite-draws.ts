import type { EntryPlace } from '../../log/index.ts'
import type { DrawReader, DrawRow, DrawTransaction } from '../../person/index.ts'
import { integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'

function drawOf(row: SqlRow, logs: LogTable): DrawRow {
  const placeOf = (column: string): EntryPlace | undefined => {
    const position = optional(row, column, integerOf)
    return position === undefined ? undefined : logs.placeOf(position)
  }
  return {
    committed: logs.placeOf(integerOf(row, 'idx')),
    commitment: textOf(row, 'commitment'),
    fixed: placeOf('fixed_idx'),
    revealed: placeOf('revealed_idx'),
  }
}

/** Reads of draws, through one connection. */
export function sqliteDrawReader(db: Database, logs: LogTable): DrawReader {
  return {
    async draw(committed) {
      const row = db.get('SELECT * FROM draw WHERE idx = ?', logs.positionOf(committed))
      return row === undefined ? undefined : drawOf(row, logs)
    },
    drawsToFix: async () =>
      db
        .all('SELECT * FROM draw WHERE fixed_idx IS NULL ORDER BY idx')
        .map((row) => drawOf(row, logs)),
  }
}

/** Writes of them within the connection's open transaction. */
export function sqliteDrawTransaction(db: Database, logs: LogTable): DrawTransaction {
  const steps = {
    fixed: 'UPDATE draw SET fixed_idx = ? WHERE idx = ?',
    revealed: 'UPDATE draw SET revealed_idx = ? WHERE idx = ?',
  }
  return {
    ...sqliteDrawReader(db, logs),
    saveDraw: async (committed, commitment) =>
      void db.run(
        'INSERT INTO draw (idx, commitment) VALUES (?, ?)',
        logs.positionOf(committed),
        commitment,
      ),
    saveDrawStep: async (committed, step, at) =>
      void db.run(steps[step], logs.positionOf(at), logs.positionOf(committed)),
  }
}
