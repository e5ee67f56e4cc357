import type {
  EntryRow,
  LogReader,
  LogsReader,
  LogTransaction,
  StoredHead,
  StoredTile,
} from '../../log/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogSpan, LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

function headOf(row: SqlRow): StoredHead {
  return {
    checkpoint: textOf(row, 'checkpoint'),
    size: integerOf(row, 'size'),
    timeMs: integerOf(row, 'time_ms'),
  }
}

/** The head of one log of a state store, or of a head store, which has number 0 only. */
export function readHead(db: Database, log: number): StoredHead | undefined {
  const row = db.get('SELECT checkpoint, size, time_ms FROM head WHERE log = ?', log)
  return row === undefined ? undefined : headOf(row)
}

function entryOf(row: SqlRow, first: number): EntryRow {
  return {
    index: integerOf(row, 'idx') - first,
    leaf: bytesOf(row, 'leaf'),
    sealed: optional(row, 'sealed', bytesOf) ?? new Uint8Array(),
    timeMs: integerOf(row, 'time_ms'),
  }
}

/** Rows of one log: a closed one ends where the next begins. */
function rowsOf(
  db: Database,
  columns: string,
  span: LogSpan,
  range: { readonly first: number; readonly count: number },
): readonly SqlRow[] {
  const from = span.first + range.first
  return db.all(
    `SELECT ${columns} FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx`,
    from,
    Math.min(from + range.count, span.end),
  )
}

const nowhere: LogSpan = { number: -1, origin: '', first: 0, end: 0 }

function readerOf(db: Database, spanNow: () => LogSpan | undefined): LogReader {
  const span = (): LogSpan => spanNow() ?? nowhere
  return {
    head: async () => readHead(db, span().number),
    readEntries: async (first, count) => {
      const log = span()
      return rowsOf(db, 'idx, leaf, sealed, time_ms', log, { first, count }).map((row) =>
        entryOf(row, log.first),
      )
    },
    readLeaves: async (first, count) =>
      rowsOf(db, 'leaf', span(), { first, count }).map((row) => bytesOf(row, 'leaf')),
    async readTile(level, index) {
      const row = db.get(
        'SELECT bytes FROM tile WHERE log = ? AND level = ? AND idx = ?',
        span().number,
        level,
        index,
      )
      return row === undefined ? undefined : bytesOf(row, 'bytes')
    },
  }
}

/** Reads of the logs through one connection. */
export function sqliteLogReader(db: Database, table: LogTable): LogsReader {
  return {
    ...readerOf(db, () => table.newest()),
    logs: async () => table.spans().map(({ origin }) => origin),
    logOf: (origin) => readerOf(db, () => table.spanOf(origin)),
  }
}

function insertEntries(db: Database, rows: readonly EntryRow[], { first }: LogSpan): void {
  for (const row of rows) {
    db.run(
      'INSERT INTO entry (idx, leaf, sealed, time_ms) VALUES (?, ?, ?, ?)',
      first + row.index,
      row.leaf,
      row.sealed,
      row.timeMs,
    )
  }
}

function saveTiles(db: Database, tiles: readonly StoredTile[], { number }: LogSpan): void {
  for (const tile of tiles) {
    db.run(
      'INSERT INTO tile (log, level, idx, bytes) VALUES (?, ?, ?, ?)',
      number,
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
  { number }: LogSpan,
): 'swapped' | 'conflict' {
  const { checkpoint, size, timeMs } = next
  const { changes } =
    previous === undefined
      ? db.run(
          'INSERT OR IGNORE INTO head (log, checkpoint, size, time_ms) VALUES (?, ?, ?, ?)',
          number,
          checkpoint,
          size,
          timeMs,
        )
      : db.run(
          'UPDATE head SET checkpoint = ?, size = ?, time_ms = ? WHERE log = ? AND checkpoint = ?',
          checkpoint,
          size,
          timeMs,
          number,
          previous,
        )
  return changes === 1 ? 'swapped' : 'conflict'
}

/** Reads and writes of the newest log within the connection's open transaction. */
export function sqliteLogTransaction(db: Database, table: LogTable): LogTransaction {
  const newest = (): LogSpan => {
    const span = table.newest()
    if (span === undefined) throw new StorageError('STORE_FAILED', 'There is no log in the store.')
    return span
  }
  return {
    ...sqliteLogReader(db, table),
    openLog: async (origin) => table.open(origin),
    insertEntries: async (rows) => insertEntries(db, rows, newest()),
    saveTiles: async (tiles) => saveTiles(db, tiles, newest()),
    swapHead: async (previous, next) => swapHead(db, previous, next, newest()),
  }
}
