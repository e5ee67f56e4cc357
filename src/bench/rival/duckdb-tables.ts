import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** A table of made-up people in DuckDB's own memory, asked without anything around it. */
export interface DuckDbTables extends Disposable {
  /** Milliseconds of one statement, until its rows are here. */
  time(statement: string): Promise<number>
}

/** Threads as a register's connector has them. */
const options = { threads: '2', memory_limit: '4GB' }

async function connect(): Promise<{
  readonly connection: DuckDBConnection
  readonly close: () => void
}> {
  const instance = await DuckDBInstance.create(':memory:', options)
  const connection = await instance.connect()
  return {
    connection,
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Writes `rows` made-up people to a Parquet file: a key, two elements of ten keys each, and an integer. */
export async function writePeopleParquet(path: string, rows: number): Promise<void> {
  const { connection, close } = await connect()
  await connection.run(`COPY (
    SELECT lpad(n::VARCHAR, 10, '0') AS nin, 'd' || (n * 7919 % 10) AS district,
      'b' || (n // 10 * 104729 % 10) AS band, (n * 31 % 101)::INTEGER AS age
    FROM range(${rows}) AS made(n)
  ) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`)
  close()
}

/** The people of a file in a plain table, `people`. */
export async function openDuckDbTables(path: string): Promise<DuckDbTables> {
  const { connection, close } = await connect()
  const file = path.replaceAll("'", "''")
  await connection.run(
    `CREATE TABLE people AS SELECT district, band, age::BIGINT AS age FROM read_parquet('${file}')`,
  )
  return {
    async time(statement) {
      const begun = performance.now()
      const reader = await connection.runAndReadAll(statement)
      reader.getRows()
      return performance.now() - begun
    },
    [Symbol.dispose]: close,
  }
}
