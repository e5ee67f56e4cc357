import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { StorageError } from './storage-error.ts'

/** A value as SQLite takes and returns it. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** One row as SQLite returns it. */
export type SqlRow = Record<string, SqlValue>

/** A connection with its prepared statements kept. */
export interface Database {
  run(sql: string, ...values: SQLInputValue[]): { readonly changes: number }
  get(sql: string, ...values: SQLInputValue[]): SqlRow | undefined
  all(sql: string, ...values: SQLInputValue[]): SqlRow[]
  /** The first column of each row: for many rows of one value, an object each would cost the most. */
  column(sql: string, ...values: SQLInputValue[]): SqlValue[]
  /** Several statements without parameters. */
  script(sql: string): void
  close(): void
}

/** How a database file is opened. */
export interface DatabaseOptions {
  /** `create`: must not exist. `write`, `read`: must exist; a log never comes into being by a typo. */
  readonly mode: 'create' | 'write' | 'read'
}

/**
 * Reads back what every writing connection relies on: commits that are on disk, and deletions that are
 * overwritten with zeros.
 *
 * @throws {@link StorageError} `STORE_NOT_DURABLE`
 */
export function requireSettings(connection: DatabaseSync): void {
  const read = (name: string): unknown => connection.prepare(`PRAGMA ${name}`).get()?.[name]
  const [journal, synchronous] = [read('journal_mode'), read('synchronous')]
  const secureDelete = read('secure_delete')
  if (journal === 'wal' && synchronous === 2 && secureDelete === 1) return
  throw new StorageError(
    'STORE_NOT_DURABLE',
    `The store must run with journal_mode=wal, synchronous=FULL (2) and secure_delete=ON (1); found ${String(journal)}, ${String(synchronous)} and ${String(secureDelete)}.`,
  )
}

function configure(connection: DatabaseSync, mode: DatabaseOptions['mode']): void {
  connection.exec('PRAGMA busy_timeout = 5000')
  if (mode === 'read') return
  connection.exec('PRAGMA journal_mode = WAL')
  connection.exec('PRAGMA synchronous = FULL')
  connection.exec('PRAGMA secure_delete = ON')
  connection.exec('PRAGMA wal_autocheckpoint = 4000')
  // KiB. With less, a batch's own pages do not fit, and each is written and read several times.
  connection.exec('PRAGMA cache_size = -16384')
  connection.exec('PRAGMA temp_store = MEMORY')
  requireSettings(connection)
}

/** What the statement returns once its rows are arrays; the declared type knows objects alone. */
function firstOfEach(rows: readonly unknown[]): SqlValue[] {
  return rows.map((row) => (row as readonly SqlValue[])[0] ?? null)
}

/** Prepares each statement once. */
function statementsOf(
  connection: DatabaseSync,
  shape: 'objects' | 'arrays',
): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>()
  return (sql) => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const made = connection.prepare(sql)
    if (shape === 'arrays') made.setReturnArrays(true)
    statements.set(sql, made)
    return made
  }
}

function wrap(connection: DatabaseSync): Database {
  const prepared = statementsOf(connection, 'objects')
  const listed = statementsOf(connection, 'arrays')
  return {
    run: (sql, ...values) => ({ changes: Number(prepared(sql).run(...values).changes) }),
    get: (sql, ...values) => prepared(sql).get(...values),
    all: (sql, ...values) => prepared(sql).all(...values),
    column: (sql, ...values) => firstOfEach(listed(sql).all(...values)),
    script: (sql) => connection.exec(sql),
    close: () => connection.close(),
  }
}

/**
 * Opens a SQLite file, write-ahead logged and with an fsync at every commit; both are read back
 * and asserted.
 *
 * @throws {@link StorageError} `STORE_MISSING` when the file should exist and does not (or the
 * reverse), `STORE_NOT_DURABLE` when SQLite did not accept the settings.
 */
export function openDatabase(path: string, options: DatabaseOptions): Database {
  const exists = existsSync(path)
  if (options.mode === 'create' && exists) {
    throw new StorageError('STORE_MISSING', 'A store stands there already; it is not overwritten.')
  }
  if (options.mode !== 'create' && !exists) {
    throw new StorageError(
      'STORE_MISSING',
      'There is no store at the configured path; create it with "cloison init".',
    )
  }
  // The owner's alone from the first byte on; SQLite gives its side files the same mode.
  if (options.mode === 'create' && path !== ':memory:') closeSync(openSync(path, 'wx', 0o600))
  const connection = new DatabaseSync(path, { readOnly: options.mode === 'read' })
  configure(connection, options.mode)
  return wrap(connection)
}
