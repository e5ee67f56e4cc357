import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** A table to be written whole into a file of its own. */
export interface WholeTable {
  /** The file, replaced if it is there. */
  readonly path: string
  /** One `CREATE TABLE`. */
  readonly create: string
  /** One `INSERT` with a placeholder a column. */
  readonly insert: string
  readonly rows: Iterable<readonly (string | number | null)[]>
}

/** Writes a SQLite file with one table, in one transaction: a register of the demo or of a test. */
export function writeTable({ path, create, insert, rows }: WholeTable): void {
  rmSync(path, { force: true })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = OFF')
  db.exec(create)
  db.exec('BEGIN')
  const statement = db.prepare(insert)
  for (const row of rows) statement.run(...row)
  db.exec('COMMIT')
  db.close()
}
