import type { DuckDBConnection } from '@duckdb/node-api'

import type {
  ElementDescription,
  ElementType,
  RegisterDescription,
} from '../register-description.ts'
import { RegisterError } from '../register-error.ts'
import { quoteName } from './sql-text.ts'

/** The engine's type of an element's column. Dates stay texts: they compare alike, and come out as written. */
const columnTypes: Readonly<Record<ElementType, string>> = {
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  string: 'VARCHAR',
  date: 'VARCHAR',
}

/** When a text of the file is a value of the type. Integers have at most 15 digits, hence are below 2^53. */
const conditions: Readonly<Record<ElementType, (column: string) => string>> = {
  boolean: (column) => `${column} IN ('true', 'false', '0', '1')`,
  integer: (column) => `regexp_full_match(${column}, '-?(0|[1-9][0-9]{0,14})')`,
  string: () => 'true',
  date: (column) =>
    `(regexp_full_match(${column}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(${column} AS DATE) IS NOT NULL)`,
}

/**
 * The column that tables count an element of closed texts by, beside the one that holds the texts: its keys by number, and
 * nothing for any other value. `undefined` for other elements.
 */
export function keyColumn({ name, type, domain }: ElementDescription): string | undefined {
  return domain.kind === 'closed' && type === 'string' ? `"keys of ${name}"` : undefined
}

/**
 * The column that tables measure a bounded element by: its values, clamped to its bounds, in 32 bits. `undefined` for other
 * elements and for bounds beyond that.
 */
export function valueColumn({ name, domain }: ElementDescription): string | undefined {
  if (domain.kind !== 'bounded') return undefined
  const { min, max } = domain
  const reach = Math.max(Math.abs(min), Math.abs(max), max - min)
  return reach < 2 ** 31 ? `"values of ${name}"` : undefined
}

/** The columns that tables are made of, with their types. */
function countedColumns({ elements }: RegisterDescription): ReadonlyMap<string, string> {
  const columns = new Map<string, string>()
  for (const element of elements) {
    const [keys, values] = [keyColumn(element), valueColumn(element)]
    if (keys !== undefined) columns.set(keys, keysType(element))
    if (values !== undefined) columns.set(values, 'INTEGER')
  }
  return columns
}

function keysType({ name }: ElementDescription): string {
  return `"key of ${name}"`
}

/** What stands in an element's column for tables, out of its text. */
function countedValue(element: ElementDescription): string | undefined {
  const column = quoteName(element.column)
  if (keyColumn(element) !== undefined) return `TRY_CAST(${column} AS ${keysType(element)})`
  const { domain } = element
  if (valueColumn(element) === undefined || domain.kind !== 'bounded') return undefined
  const clamped = `least(greatest(CAST(${column} AS BIGINT), ${domain.min}), ${domain.max})`
  // `greatest` leaves out what is no value, and would make a bound of it.
  return `CASE WHEN ${column} IS NULL THEN NULL ELSE CAST(${clamped} AS INTEGER) END`
}

async function createKeys(
  connection: DuckDBConnection,
  element: ElementDescription,
): Promise<void> {
  if (keyColumn(element) === undefined || element.domain.kind !== 'closed') return
  const keys = element.domain.keys.map((key) => quoteText(String(key)))
  await run(connection, `CREATE TYPE ${keysType(element)} AS ENUM (${keys.join(', ')})`)
}

/** A file that DuckDB reads. */
export interface RegisterFile {
  readonly kind: 'csv' | 'parquet'
  readonly path: string
}

/**
 * Loads a file into a table with the described columns and types, the subject as its primary key: CSV (RFC
 * 4180: comma, double quotes, a header line; an empty field is no value) or Parquet, whose values are held
 * against the same forms as texts. Other columns of the file are not read.
 *
 * @throws {@link RegisterError} `UNAVAILABLE` when the file cannot be read; `DESCRIPTION_INVALID` for a column
 * that is not there; `RECORDS_INVALID` for subjects that are missing or twice and for values of another type,
 * with the number of lines concerned and never a value
 */
export async function loadFile(
  connection: DuckDBConnection,
  file: RegisterFile,
  description: RegisterDescription,
): Promise<void> {
  await loadAsWritten(connection, file, description)
  for (const element of description.elements) await createKeys(connection, element)
  await run(connection, createText(description))
  await run(connection, fillText(description))
  await run(connection, 'DROP TABLE "as written"')
}

/**
 * Loads a file for one reading of all its rows: under the same checks, with the described types as a view over the texts.
 * It takes less memory than {@link loadFile}, and finds no subject quickly.
 *
 * @throws {@link RegisterError} as {@link loadFile} does
 */
export async function loadFileOnce(
  connection: DuckDBConnection,
  file: RegisterFile,
  description: RegisterDescription,
): Promise<void> {
  await loadAsWritten(connection, file, description)
  const values = [...typedColumns(description)].map(
    ([column, type]) => `CAST(${column} AS ${type}) AS ${column}`,
  )
  const columns = [quoteName(description.subject.column), ...values].join(', ')
  const view = quoteName(description.table)
  await run(connection, `CREATE VIEW ${view} AS SELECT ${columns} FROM "as written"`)
}

async function loadAsWritten(
  connection: DuckDBConnection,
  file: RegisterFile,
  description: RegisterDescription,
): Promise<void> {
  const source = sourceOf(file)
  await checkColumns(connection, source, description)
  const key = quoteName(description.subject.column)
  const columns = [key, ...description.elements.map(({ column }) => quoteName(column))]
  await run(
    connection,
    `CREATE TABLE "as written" AS SELECT ${[...new Set(columns)].map(asText).join(', ')} FROM ${source}`,
  )
  await checkSubjects(connection, description)
  await checkTypes(connection, description)
}

function sourceOf({ kind, path }: RegisterFile): string {
  if (kind === 'parquet') return `read_parquet(${quoteText(path)})`
  return `read_csv(${quoteText(path)}, header = true, all_varchar = true, delim = ',',
    quote = '"', escape = '"', comment = '', skip = 0, nullstr = '', strict_mode = true)`
}

function asText(column: string): string {
  return `CAST(${column} AS VARCHAR) AS ${column}`
}

async function checkColumns(
  connection: DuckDBConnection,
  source: string,
  description: RegisterDescription,
): Promise<void> {
  const { columnNames } = await run(connection, `SELECT * FROM ${source} LIMIT 0`)
  const present = new Set(columnNames)
  const needed = [description.subject.column, ...description.elements.map(({ column }) => column)]
  for (const column of needed) {
    if (!present.has(column)) {
      throw new RegisterError('DESCRIPTION_INVALID', `there is no column ${column} in the file`)
    }
  }
}

async function checkSubjects(
  connection: DuckDBConnection,
  { subject }: RegisterDescription,
): Promise<void> {
  const key = quoteName(subject.column)
  const { rows } = await run(
    connection,
    `SELECT count(*) - count(${key}), count(${key}) - count(DISTINCT ${key}) FROM "as written"`,
  )
  const [missing, repeated] = rows[0] ?? []
  refuseSome(missing, `without a subject in column ${subject.column}`)
  refuseSome(repeated, `that repeat a subject in column ${subject.column}`)
}

async function checkTypes(
  connection: DuckDBConnection,
  { elements }: RegisterDescription,
): Promise<void> {
  const counts = elements.map(({ column, type }) => {
    const quoted = quoteName(column)
    return `count(*) FILTER (WHERE ${quoted} IS NOT NULL AND NOT ${conditions[type](quoted)})`
  })
  const { rows } = await run(connection, `SELECT ${counts.join(', ')} FROM "as written"`)
  for (const [index, { column, type }] of elements.entries()) {
    refuseSome(rows[0]?.[index], `whose column ${column} is not of the type ${type}`)
  }
}

function refuseSome(count: unknown, which: string): void {
  const lines = Number(count)
  if (lines === 0) return
  throw new RegisterError('RECORDS_INVALID', `${lines} ${lines === 1 ? 'line' : 'lines'} ${which}`)
}

/** Every column once: two elements may stand in one. */
function typedColumns({ elements }: RegisterDescription): ReadonlyMap<string, string> {
  return new Map(elements.map(({ column, type }) => [quoteName(column), columnTypes[type]]))
}

function createText(description: RegisterDescription): string {
  const columns = [...typedColumns(description), ...countedColumns(description)].map(
    ([column, type]) => `${column} ${type}`,
  )
  const key = `${quoteName(description.subject.column)} VARCHAR PRIMARY KEY`
  return `CREATE TABLE ${quoteName(description.table)} (${[key, ...columns].join(', ')})`
}

function fillText(description: RegisterDescription): string {
  const values = [...typedColumns(description)].map(
    ([column, type]) => `CAST(${column} AS ${type})`,
  )
  const counted = [...description.elements].flatMap((element) => countedValue(element) ?? [])
  const key = quoteName(description.subject.column)
  return `INSERT INTO ${quoteName(description.table)} SELECT ${[key, ...values, ...counted].join(', ')} FROM "as written"`
}

interface Result {
  readonly columnNames: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** Runs a statement without values. The engine's messages quote the file, so none of them is kept. */
async function run(connection: DuckDBConnection, text: string): Promise<Result> {
  try {
    const reader = await connection.runAndReadAll(text)
    return { columnNames: reader.columnNames(), rows: reader.getRows() }
  } catch {
    throw new RegisterError('UNAVAILABLE', 'the register file could not be read')
  }
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
