import type {
  EntryRow,
  LogReader,
  LogTransaction,
  StoredHead,
  StoredTile,
} from '../../log/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { Database, SqlRow } from './open-database.ts'

function headOf(row: SqlRow): StoredHead {
  return {
    checkpoint: textOf(row, 'checkpoint'),
    size: integerOf(row, 'size'),
    timeMs: integerOf(row, 'time_ms'),
  }
}

/** The head row of a state store or a head store. */
export function readHead(db: Database): StoredHead | undefined {
  const row = db.get('SELECT checkpoint, size, time_ms FROM head')
  return row === undefined ? undefined : headOf(row)
}

function entryOf(row: SqlRow): EntryRow {
  return {
    index: integerOf(row, 'idx'),
    leaf: bytesOf(row, 'leaf'),
    sealed: optional(row, 'sealed', bytesOf) ?? new Uint8Array(),
    timeMs: integerOf(row, 'time_ms'),
  }
}

/** Reads of the log tables through one connection. */
export function sqliteLogReader(db: Database): LogReader {
  return {
    head: () => Promise.resolve(readHead(db)),
    readEntries: (first, count) =>
      Promise.resolve(
        db
          .all(
            'SELECT idx, leaf, sealed, time_ms FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx',
            first,
            first + count,
          )
          .map(entryOf),
      ),
    readLeaves: (first, count) =>
      Promise.resolve(
        db
          .all(
            'SELECT leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx',
            first,
            first + count,
          )
          .map((row) => bytesOf(row, 'leaf')),
      ),
    readTile(level, index) {
      const row = db.get('SELECT bytes FROM tile WHERE level = ? AND idx = ?', level, index)
      return Promise.resolve(row === undefined ? undefined : bytesOf(row, 'bytes'))
    },
  }
}

function insertEntries(db: Database, rows: readonly EntryRow[]): void {
  for (const row of rows) {
    db.run(
      'INSERT INTO entry (idx, leaf, sealed, time_ms) VALUES (?, ?, ?, ?)',
      row.index,
      row.leaf,
      row.sealed,
      row.timeMs,
    )
  }
}

function saveTiles(db: Database, tiles: readonly StoredTile[]): void {
  for (const tile of tiles) {
    db.run(
      'INSERT INTO tile (level, idx, bytes) VALUES (?, ?, ?)',
      tile.level,
      tile.index,
      tile.bytes,
    )
  }
}

function swapHead(
  db: Database,
  previous: string | undefined,
  next: StoredHead,
): 'swapped' | 'conflict' {
  const { changes } =
    previous === undefined
      ? db.run(
          'INSERT OR IGNORE INTO head (id, checkpoint, size, time_ms) VALUES (0, ?, ?, ?)',
          next.checkpoint,
          next.size,
          next.timeMs,
        )
      : db.run(
          'UPDATE head SET checkpoint = ?, size = ?, time_ms = ? WHERE checkpoint = ?',
          next.checkpoint,
          next.size,
          next.timeMs,
          previous,
        )
  return changes === 1 ? 'swapped' : 'conflict'
}

/** Reads and writes of the log tables within the connection's open transaction. */
export function sqliteLogTransaction(db: Database): LogTransaction {
  return {
    ...sqliteLogReader(db),
    insertEntries: async (rows) => insertEntries(db, rows),
    saveTiles: async (tiles) => saveTiles(db, tiles),
    swapHead: async (previous, next) => swapHead(db, previous, next),
  }
}
