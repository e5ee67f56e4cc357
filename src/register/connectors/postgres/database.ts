import { readFile } from 'node:fs/promises'
import type driver from 'pg'

import { RegisterError } from '../../register-error.ts'

/** A result row, one value a column. */
export type DatabaseRow = readonly unknown[]

/** A few connections of one role, each read-only and with a bound on the time of every statement. */
export interface Database extends AsyncDisposable {
  /** Runs a prepared statement; `name` is kept for the life of a connection. */
  rows(
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
  ): Promise<readonly DatabaseRow[]>
  /**
   * Runs a statement that opens the cursor `cursor`, and reads it a block at a time, in a transaction of its own. Each block is
   * under the bound on statements.
   */
  blocks(
    statement: { readonly text: string; readonly cursor: string },
    values: readonly unknown[],
  ): AsyncIterable<readonly DatabaseRow[]>
}

/** Rows of a block. */
const blockRows = 8_192

/** How a {@link Database} is used. */
export interface DatabaseBounds {
  readonly connections: number
  readonly statementMs: number
}

const connectMs = 2000

function unavailable(message: string): RegisterError {
  return new RegisterError('UNAVAILABLE', message)
}

async function loadDriver(): Promise<typeof driver> {
  try {
    return (await import('pg')).default
  } catch {
    throw unavailable('the driver is not installed; install it with: npm install pg')
  }
}

async function readDsn(path: string): Promise<string> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trimEnd()
  if (/^postgres(?:ql)?:\/\/[\x21-\x7e]+$/.test(text)) return text
  throw unavailable(
    'the file with the connection string must hold one line: postgres://role@host/database',
  )
}

/**
 * Opens a database by a connection string in a file. Connections are made when they are needed and made anew
 * when the server has ended them: while it is away every statement fails within a few seconds.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`. The server's messages may quote values, so none is kept
 */
export async function openDatabase(dsnFile: string, bounds: DatabaseBounds): Promise<Database> {
  const { Pool } = await loadDriver()
  const pool = new Pool({
    connectionString: await readDsn(dsnFile),
    max: bounds.connections,
    application_name: 'cloison',
    connectionTimeoutMillis: connectMs,
    statement_timeout: bounds.statementMs,
    query_timeout: bounds.statementMs + 1000,
    keepAlive: true,
    options: '-c default_transaction_read_only=on -c search_path=pg_catalog',
  })
  // An idle connection that the server ends is dropped from the pool; the next statement makes another.
  pool.on('error', () => undefined)
  return {
    async rows({ name, text }, values) {
      try {
        const result = await pool.query<unknown[]>({
          name,
          text,
          values: [...values],
          rowMode: 'array',
        })
        return result.rows
      } catch {
        throw unavailable('the register could not be read')
      }
    },
    blocks: (statement, values) => readBlocks(pool, statement, values),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

async function* readBlocks(
  pool: driver.Pool,
  { text, cursor }: { readonly text: string; readonly cursor: string },
  values: readonly unknown[],
): AsyncGenerator<readonly DatabaseRow[], void> {
  const client = await pool.connect().catch(() => {
    throw unavailable('the register could not be read')
  })
  const rows = (statement: string, bound: readonly unknown[] = []): Promise<DatabaseRow[]> =>
    client
      .query<unknown[]>({ text: statement, values: [...bound], rowMode: 'array' })
      .then((result) => result.rows)
      .catch(() => {
        throw unavailable('the register could not be read')
      })
  // Whatever happens to the transaction, the connection is not used again.
  try {
    await rows('BEGIN READ ONLY')
    await rows(text, values)
    for (;;) {
      const block = await rows(`FETCH ${blockRows} FROM ${cursor}`)
      if (block.length === 0) return
      yield block
    }
  } finally {
    client.release(true)
  }
}
