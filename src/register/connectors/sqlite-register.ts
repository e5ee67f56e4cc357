import { constants, DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'

import { fillCells, layOutCells } from '../closed-query-plan.ts'
import type { CellTable, ClosedQueryPlan } from '../closed-query-plan.ts'
import { elementOf } from '../register-description.ts'
import type {
  DomainKey,
  ElementDescription,
  ElementType,
  RegisterDescription,
} from '../register-description.ts'
import { RegisterError } from '../register-error.ts'
import type { AnsweringRegister, Row, SubjectIdentifier } from '../register.ts'
import { readCells, readRow } from './read-values.ts'
import { aggregateStatement, lookUpText, quoteName } from './sql-text.ts'
import type { Dialect } from './sql-text.ts'

/** Most prepared statements that are kept. */
const statementCeiling = 64

/** How SQLite writes what tables and joins need. */
export const sqliteDialect: Dialect = {
  held: (column) => `typeof(${column}) = 'integer'`,
  clamped: (column) => `min(max(${column}, ?), ?)`,
  quotient: (above, below) => `${above} / ${below}`,
}

/**
 * A register in a table of a SQLite file, opened read-only. Runs in the connector's process.
 *
 * The subject key must be a text column with a unique index: one row per person, found without a scan. After
 * opening, the connection can read the described columns and nothing else.
 *
 * @throws {@link RegisterError} `UNAVAILABLE` when the file does not open, `DESCRIPTION_INVALID` when the
 * table is not as described
 */
export function openSqliteRegister(
  path: string,
  description: RegisterDescription,
): AnsweringRegister & Disposable {
  const db = openSqliteTable(path, description)
  const statements = new Map<string, StatementSync>()
  return {
    lookUp: async (subject, elements) => lookUp({ db, description, statements }, subject, elements),
    aggregate: async (plan) => aggregate(db, description, plan),
    describe: () => description,
    [Symbol.dispose]: () => db.close(),
  }
}

/**
 * Opens the file, holds its table against the description and locks the connection down to it.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`, `DESCRIPTION_INVALID`
 */
export function openSqliteTable(path: string, description: RegisterDescription): DatabaseSync {
  const db = openReadOnly(path)
  try {
    checkTable(db, description)
    lockDown(db, description)
  } catch (cause) {
    db.close()
    throw cause
  }
  return db
}

interface OpenTable {
  readonly db: DatabaseSync
  readonly description: RegisterDescription
  readonly statements: Map<string, StatementSync>
}

function openReadOnly(path: string): DatabaseSync {
  try {
    const db = new DatabaseSync(path, { readOnly: true, allowExtension: false, timeout: 1000 })
    db.exec('PRAGMA query_only = ON; PRAGMA trusted_schema = OFF')
    return db
  } catch {
    throw new RegisterError('UNAVAILABLE', 'the register file does not open')
  }
}

function lookUp(
  table: OpenTable,
  subject: SubjectIdentifier,
  names: readonly string[],
): Row | undefined {
  const { description } = table
  if (subject.scheme !== description.subject.scheme) {
    throw new RegisterError('SCHEME_MISMATCH', 'the subject is named in another scheme')
  }
  const elements = [...new Set(names)].map((name) => elementOf(description, name))
  if (elements.length === 0) throw new RegisterError('SHAPE_REFUSED', 'no element is asked for')
  const stored = read(() => statementOf(table, elements).get(subject.value))
  return stored === undefined ? undefined : readRow(elements, asArray(stored), readSqliteValue)
}

function statementOf(table: OpenTable, elements: readonly ElementDescription[]): StatementSync {
  const { db, description, statements } = table
  const text = `${lookUpText(description, elements)} COLLATE BINARY`
  const known = statements.get(text)
  if (known !== undefined) return known
  if (statements.size >= statementCeiling) statements.clear()
  const prepared = db.prepare(text)
  prepared.setReturnArrays(true)
  statements.set(text, prepared)
  return prepared
}

function aggregate(
  db: DatabaseSync,
  description: RegisterDescription,
  plan: ClosedQueryPlan,
): CellTable {
  const cells = layOutCells(plan, description)
  const { text, values } = aggregateStatement(plan, description, sqliteDialect)
  const rows = read(() => {
    const statement = db.prepare(text)
    statement.setReturnArrays(true)
    return statement.all(...values.map((value) => bindable(value)))
  })
  const found = readCells(plan, description, {
    rows: rows.map((row) => asArray(row)),
    read: readSqliteValue,
  })
  return fillCells(plan, cells, found)
}

/** Integers are bound as integers: a JavaScript number would be bound as a floating-point one. */
export function bindable(value: DomainKey): bigint | string {
  return typeof value === 'string' ? value : BigInt(value)
}

/** Runs the engine. Its messages may quote values, so none of them is kept. */
export function read<Result>(run: () => Result): Result {
  try {
    return run()
  } catch {
    throw new RegisterError('UNAVAILABLE', 'the register file could not be read')
  }
}

/** The engine's row as it is with `setReturnArrays`, which its types do not say. */
export function asArray(row: unknown): readonly unknown[] {
  if (Array.isArray(row)) return row
  throw new TypeError('row is no array')
}

/** A value as SQLite holds it, as one of an element's type; `undefined` when it is none. */
export function readSqliteValue(type: ElementType, stored: unknown): unknown {
  if (type !== 'boolean') return stored
  return stored === 0 || stored === 1 ? stored === 1 : undefined
}

/** What an element's column must be declared as, so that the engine compares and sums it as its type. */
const declarations: Readonly<Record<ElementType, RegExp>> = {
  boolean: /INT|BOOL/i,
  integer: /INT/i,
  string: /CHAR|CLOB|TEXT/i,
  date: /CHAR|CLOB|TEXT/i,
}

/** Whether the table has every described column with its type, and a unique index over its text key. */
function checkTable(db: DatabaseSync, description: RegisterDescription): void {
  const { table, subject, elements } = description
  const columns = new Map<string, string>()
  for (const { name, type } of db
    .prepare('SELECT name, type FROM pragma_table_xinfo(?)')
    .all(table)) {
    if (typeof name === 'string' && typeof type === 'string') columns.set(name, type)
  }
  const key = { column: subject.column, type: 'string' } as const
  for (const { column, type } of [key, ...elements]) {
    const declared = columns.get(column)
    if (declared === undefined) {
      throw new RegisterError('DESCRIPTION_INVALID', `there is no column ${column} in ${table}`)
    }
    if (!declarations[type].test(declared)) {
      throw new RegisterError(
        'DESCRIPTION_INVALID',
        `the column ${column} is not declared as ${type}`,
      )
    }
  }
  const unique = db
    .prepare(
      `SELECT 1 FROM pragma_index_list(?) AS list
       WHERE list."unique" = 1 AND list.partial = 0
         AND (SELECT group_concat(one.name) FROM pragma_index_info(list.name) AS one) = ?`,
    )
    .get(table, subject.column)
  if (unique === undefined) {
    throw new RegisterError(
      'DESCRIPTION_INVALID',
      `the subject key ${subject.column} has no unique index: a person could have several rows`,
    )
  }
}

/**
 * From here on the connection reads the described columns of the one table. Every other statement, column,
 * table, function and pragma is refused when it is prepared.
 */
export function lockDown(db: DatabaseSync, description: RegisterDescription): void {
  const { table, subject, elements } = description
  const readable = new Set([subject.column, ...elements.map(({ column }) => column)])
  const functions = new Set(['count', 'sum', 'min', 'max', 'typeof'])
  db.prepare(`SELECT 1 FROM ${quoteName(table)} LIMIT 0`).all()
  db.setAuthorizer((action, first, second) => {
    if (action === constants.SQLITE_SELECT) return constants.SQLITE_OK
    // An empty column: the table is counted without reading any.
    const reads = action === constants.SQLITE_READ && first === table
    if (reads && (second === '' || readable.has(second ?? ''))) return constants.SQLITE_OK
    const calls = action === constants.SQLITE_FUNCTION && functions.has(second ?? '')
    return calls ? constants.SQLITE_OK : constants.SQLITE_DENY
  })
}
