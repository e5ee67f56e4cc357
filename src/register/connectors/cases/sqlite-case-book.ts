import { constants, DatabaseSync } from 'node:sqlite'

import { RegisterError } from '../../register-error.ts'
import { quoteName } from '../sql-text.ts'
import { type CaseBook, readCaseRow } from './case-book.ts'
import { caseColumns, type CaseDescription } from './case-description.ts'
import { type CaseDialect, caseStatement } from './case-statement.ts'

/** Values are held in any type; texts are compared as texts, so that 0012 is not 12. */
const dialect: CaseDialect = {
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  equals: (column, parameter) => `(CAST(${column} AS TEXT) = ${parameter} COLLATE BINARY)`,
  any: (condition) => `coalesce(max(${condition}), 0)`,
  all: (condition) => `coalesce(min(${condition}), 0)`,
  yes: (column) => `coalesce(${column} = 1, 0)`,
  text: (column) => `CAST(${column} AS TEXT)`,
  falsehood: '0',
  parameters: ['?1', '?2', '?3', '?4'],
}

function unavailable(message: string): RegisterError {
  return new RegisterError('UNAVAILABLE', message)
}

function openReadOnly(path: string): DatabaseSync {
  try {
    const db = new DatabaseSync(path, { readOnly: true, allowExtension: false, timeout: 1000 })
    db.exec('PRAGMA query_only = ON; PRAGMA trusted_schema = OFF')
    return db
  } catch {
    throw unavailable("the case system's file does not open")
  }
}

function checkColumns(db: DatabaseSync, description: CaseDescription): void {
  const { table } = description
  const rows = db.prepare('SELECT name FROM pragma_table_xinfo(?)').all(table)
  const known = new Set(rows.map(({ name }) => name))
  const missing = caseColumns(description).find((column) => !known.has(column))
  if (missing === undefined) return
  throw new RegisterError('DESCRIPTION_INVALID', `there is no column ${missing} in ${table}`)
}

const functions: ReadonlySet<string> = new Set(['count', 'min', 'max', 'coalesce'])

/** From here on the connection reads the described columns, itself or through the described view, and no more. */
export function lockDown(db: DatabaseSync, description: CaseDescription): void {
  const { table } = description
  const readable = new Set(caseColumns(description))
  db.prepare(`SELECT 1 FROM ${quoteName(table)} LIMIT 0`).all()
  const isReadable = (from: string | null, column: string): boolean =>
    from === table && (column === '' || readable.has(column))
  db.setAuthorizer((action, ...names) => {
    const [first, second, , view] = names
    // What the view reads is its maker's decision, as its columns are.
    const isAllowed = (is: boolean): number =>
      is || view === table ? constants.SQLITE_OK : constants.SQLITE_DENY
    switch (action) {
      case constants.SQLITE_SELECT:
        return constants.SQLITE_OK
      case constants.SQLITE_READ:
        return isAllowed(isReadable(first, second ?? ''))
      case constants.SQLITE_FUNCTION:
        return isAllowed(functions.has(second ?? ''))
      default:
        return constants.SQLITE_DENY
    }
  })
}

/**
 * A case system in a SQLite file, opened read-only. Runs in the case source's process.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`, `DESCRIPTION_INVALID`
 */
export function openSqliteCaseBook(
  path: string,
  description: CaseDescription,
): CaseBook & Disposable {
  const db = openReadOnly(path)
  try {
    checkColumns(db, description)
    lockDown(db, description)
    const statement = db.prepare(caseStatement(description, quoteName(description.table), dialect))
    statement.setReturnArrays(true)
    return {
      async find({ reference, official, scheme, value }) {
        let row: unknown
        try {
          row = statement.get(reference, official, scheme, value)
        } catch {
          throw unavailable('the case system could not be read')
        }
        return readCaseRow(Array.isArray(row) ? row : undefined)
      },
      [Symbol.dispose]: () => db.close(),
    }
  } catch (cause) {
    db.close()
    throw cause
  }
}
