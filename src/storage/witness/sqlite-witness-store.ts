import { DatabaseSync } from 'node:sqlite'
import type { BatchWitnessStore, WitnessSwap } from '../../witness/index.ts'
import { StorageError } from '../sqlite/index.ts'

const SCHEMA_VERSION = 1

const SCHEMA = `
CREATE TABLE checkpoints (
  origin TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${SCHEMA_VERSION};
`

const LATEST = 'SELECT size, note FROM checkpoints WHERE origin = ?'
const INSERT = `INSERT INTO checkpoints (origin, size, note) VALUES (?, ?, ?)
ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note
WHERE checkpoints.size = 0`
const UPDATE = 'UPDATE checkpoints SET size = ?, note = ? WHERE origin = ? AND size = ?'

/** What may happen at opening. */
export interface SqliteWitnessStoreOptions {
  /** Make a new, empty store where there is none. An existing one is opened as it is. */
  readonly create: boolean
}

/**
 * A witness's memory in a SQLite file, write-ahead logged, with an fsync at every commit; both are
 * read back and asserted. Several processes may share the file: the swap is one statement.
 *
 * @throws {@link StorageError} `STORE_MISSING`, `STORE_NOT_DURABLE`, `STORE_SCHEMA_UNKNOWN`;
 * operations reject with `STORE_FAILED`
 */
export function openWitnessStore(
  path: string,
  { create }: SqliteWitnessStoreOptions,
): BatchWitnessStore & Disposable {
  const connection = connect(path)
  try {
    prepareSchema(connection, create)
  } catch (cause) {
    connection.close()
    throw cause
  }
  return storeOn(connection)
}

function connect(path: string): DatabaseSync {
  const connection = new DatabaseSync(path)
  connection.exec('PRAGMA busy_timeout = 5000')
  connection.exec('PRAGMA journal_mode = WAL')
  connection.exec('PRAGMA synchronous = FULL')
  const journal = connection.prepare('PRAGMA journal_mode').get()?.['journal_mode']
  const synchronous = connection.prepare('PRAGMA synchronous').get()?.['synchronous']
  if (journal === 'wal' && synchronous === 2) return connection
  connection.close()
  throw new StorageError(
    'STORE_NOT_DURABLE',
    'The store of the witness must run with journal_mode=wal and synchronous=FULL.',
  )
}

function prepareSchema(connection: DatabaseSync, create: boolean): void {
  const version = connection.prepare('PRAGMA user_version').get()?.['user_version']
  if (version === SCHEMA_VERSION) return
  if (version !== 0) {
    throw new StorageError(
      'STORE_SCHEMA_UNKNOWN',
      'The store of the witness is of another version.',
    )
  }
  if (!create) throw new StorageError('STORE_MISSING', 'There is no store of a witness there.')
  connection.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`)
}

function storeOn(connection: DatabaseSync): BatchWitnessStore & Disposable {
  const latest = connection.prepare(LATEST)
  const insert = connection.prepare(INSERT)
  const update = connection.prepare(UPDATE)
  function swapOne({ origin, previousSize, next }: WitnessSwap): 'swapped' | 'conflict' {
    const { size, note } = next
    const { changes } =
      previousSize === 0
        ? insert.run(origin, size, note)
        : update.run(size, note, origin, previousSize)
    return Number(changes) === 1 ? 'swapped' : 'conflict'
  }
  return {
    latest: (origin) =>
      attempt(() => {
        const row = latest.get(origin)
        return row && { size: Number(row['size']), note: String(row['note']) }
      }),
    swap: (origin, previousSize, next) => attempt(() => swapOne({ origin, previousSize, next })),
    swapAll: (swaps) => attempt(() => inTransaction(connection, () => swaps.map(swapOne))),
    [Symbol.dispose]: () => connection.close(),
  }
}

/** All of it or nothing, with one fsync at the end. */
function inTransaction<Result>(connection: DatabaseSync, work: () => Result): Result {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    connection.exec('COMMIT')
    return result
  } catch (cause) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw cause
  }
}

/** Runs statements; one alone is its own transaction. What it wrote is on disk when it returns. */
function attempt<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    try {
      resolve(work())
    } catch (cause) {
      reject(new StorageError('STORE_FAILED', 'The store of the witness failed.', { cause }))
    }
  })
}
