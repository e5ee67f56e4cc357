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
import type { Database, SqlRow, SqlValue } from './open-database.ts'
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

/** Where entries stand in the table: those of a closed log end where the next begins. */
function placesOf(span: LogSpan, first: number, count: number): readonly [number, number] {
  const from = span.first + first
  return [from, Math.min(from + count, span.end)]
}

const entriesSql =
  'SELECT idx, leaf, sealed, time_ms FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx'
const leavesSql = 'SELECT leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx'

function leafOf(leaf: SqlValue): Uint8Array {
  return bytesOf({ leaf }, 'leaf')
}

const nowhere: LogSpan = { number: -1, origin: '', first: 0, end: 0 }

function readerOf(db: Database, spanNow: () => LogSpan | undefined): LogReader {
  const span = (): LogSpan => spanNow() ?? nowhere
  return {
    head: async () => readHead(db, span().number),
    readEntries: async (first, count) => {
      const log = span()
      return db
        .all(entriesSql, ...placesOf(log, first, count))
        .map((row) => entryOf(row, log.first))
    },
    readLeaves: async (first, count) =>
      db.column(leavesSql, ...placesOf(span(), first, count)).map(leafOf),
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

/** Rows in one statement: enough that a call's own cost is small beside theirs. */
const rowsInStatement = 32

function insertSql(rows: number): string {
  const places = Array.from({ length: rows }, () => '(?, ?, ?, ?)').join(', ')
  return `INSERT INTO entry (idx, leaf, sealed, time_ms) VALUES ${places}`
}

const insertMany = insertSql(rowsInStatement)
const insertOne = insertSql(1)

function insertEntries(db: Database, rows: readonly EntryRow[], { first }: LogSpan): void {
  const valuesOf = ({ index, leaf, sealed, timeMs }: EntryRow): readonly SqlValue[] => [
    first + index,
    leaf,
    sealed,
    timeMs,
  ]
  const whole = rows.length - (rows.length % rowsInStatement)
  for (let at = 0; at < whole; at += rowsInStatement) {
    db.run(insertMany, ...rows.slice(at, at + rowsInStatement).flatMap(valuesOf))
  }
  for (const row of rows.slice(whole)) db.run(insertOne, ...valuesOf(row))
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
