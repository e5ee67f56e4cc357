import { fillCells, layOutCells } from '../../closed-query-plan.ts'
import type { CellTable, ClosedQueryPlan } from '../../closed-query-plan.ts'
import { elementOf } from '../../register-description.ts'
import type { ElementType, RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import type { AnsweringRegister, Row, SubjectIdentifier } from '../../register.ts'
import { readCells, readRow } from '../read-values.ts'
import { answeringFunctions, checkDatabase } from './check-database.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { functionSchema, quoteIdentifier } from './register-functions.ts'
import { findRights } from './role-findings.ts'
import type { ReadCatalogue, RoleFinding } from './role-findings.ts'

/** Where a register in PostgreSQL is. */
export interface PostgresPlace {
  /** A file with one line, `postgres://role@host/database`. Secret: it may hold a password. */
  readonly dsnFile: string
  /** The schema of the described table. */
  readonly schema: string
  /** A file with the connection string of another role, which may read rows for joins and nothing else. Secret. */
  readonly joinsDsnFile?: string | undefined
}

const lookUps = { connections: 4, statementMs: 3000 }
const tables = { connections: 1, statementMs: 590_000 }
/** Most findings that an error names; doctor shows them all. */
const findingsShown = 5

/**
 * A register in a table of PostgreSQL, through the two functions of `register-sql.ts`. Runs in the
 * connector's process. Refuses to open with a role that can do more than call them.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`, `DESCRIPTION_INVALID`, `ROLE_REFUSED`
 */
export async function openPostgresRegister(
  place: PostgresPlace,
  description: RegisterDescription,
): Promise<AnsweringRegister & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const people = stack.use(await openDatabase(place.dsnFile, lookUps))
  const cells = stack.use(await openDatabase(place.dsnFile, tables))
  const read = catalogueOf(people)
  refuseRights(await findRights(read, description))
  await checkDatabase(read, description, shippedOf(place, description))
  const owned = stack.move()
  return {
    lookUp: (subject, names) => lookUp({ database: people, description }, subject, names),
    aggregate: (plan) => aggregate(cells, description, plan),
    describe: () => description,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** What inspecting a register in PostgreSQL found, without looking at any record. */
export interface PostgresInspection {
  readonly findings: readonly RoleFinding[]
  /** Why the table or the functions are not as described. */
  readonly mismatch: string | undefined
}

/**
 * Looks at the role and the catalogue of a register, for `doctor`.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`
 */
export async function inspectPostgres(
  place: PostgresPlace,
  description: RegisterDescription,
): Promise<PostgresInspection> {
  await using database = await openDatabase(place.dsnFile, lookUps)
  const read = catalogueOf(database)
  const findings = await findRights(read, description)
  const mismatch = await mismatchOf(checkDatabase(read, description, shippedOf(place, description)))
  return { findings, mismatch }
}

/** Why a check did not pass, or `undefined`. */
export function mismatchOf(check: Promise<void>): Promise<string | undefined> {
  return check.then(
    () => undefined,
    (cause: unknown) => {
      if (cause instanceof RegisterError && cause.code === 'DESCRIPTION_INVALID')
        return cause.message
      throw cause
    },
  )
}

function shippedOf({ schema }: PostgresPlace, description: RegisterDescription) {
  return { ...answeringFunctions(description, schema), tableSchema: schema }
}

/** Reads the catalogue over a database's connections. */
export function catalogueOf(database: Database): ReadCatalogue {
  return (text, values) => database.rows({ name: '', text }, values)
}

/** @throws {@link RegisterError} `ROLE_REFUSED` when there is any finding */
export function refuseRights(findings: readonly RoleFinding[]): void {
  if (findings.length === 0) return
  const shown = findings.slice(0, findingsShown).map(({ what }) => what.slice(0, 200))
  const more = findings.length > findingsShown ? ` and ${findings.length - findingsShown} more` : ''
  throw new RegisterError(
    'ROLE_REFUSED',
    `its role can do more than it may: it ${shown.join(', ')}${more}; "cloison doctor" says what to do`,
  )
}

async function lookUp(
  {
    database,
    description,
  }: { readonly database: Database; readonly description: RegisterDescription },
  subject: SubjectIdentifier,
  names: readonly string[],
): Promise<Row | undefined> {
  if (subject.scheme !== description.subject.scheme) {
    throw new RegisterError('SCHEME_MISMATCH', 'the subject is named in another scheme')
  }
  const elements = [...new Set(names)].map((name) => elementOf(description, name))
  if (elements.length === 0) throw new RegisterError('SHAPE_REFUSED', 'no element is asked for')
  // PostgreSQL has no text with this character, hence nobody whose identifier has it.
  if (subject.value.includes('\u0000')) return undefined
  const columns = elements.map(({ name }) => quoteIdentifier(name)).join(', ')
  const text = `SELECT ${columns} FROM ${quoteIdentifier(functionSchema(description))}.look_up($1)`
  const rows = await database.rows({ name: statementName(description, names), text }, [
    subject.value,
  ])
  if (rows.length > 1) throw new RegisterError('RECORDS_INVALID', 'a subject has several rows')
  return rows[0] === undefined ? undefined : readRow(elements, rows[0], readPostgresValue)
}

/** One name for one statement; longer than PostgreSQL keeps, it is not prepared. */
function statementName(description: RegisterDescription, names: readonly string[]): string {
  const places = [...new Set(names)].map((name) =>
    description.elements.findIndex((element) => element.name === name).toString(36),
  )
  const name = `look_up_${places.join('_')}`
  return name.length > 63 ? '' : name
}

async function aggregate(
  database: Database,
  description: RegisterDescription,
  plan: ClosedQueryPlan,
): Promise<CellTable> {
  const cells = layOutCells(plan, description)
  const { measure } = plan
  const bounded = measure.kind === 'count' ? undefined : measure
  const rows = await database.rows(
    {
      name: '',
      text: `SELECT * FROM ${quoteIdentifier(functionSchema(description))}.aggregate($1, $2, $3, $4, $5, $6, $7)`,
    },
    [
      plan.by,
      JSON.stringify(plan.where),
      measure.kind,
      bounded?.element,
      bounded?.min,
      bounded?.max,
      measure.kind === 'buckets' ? measure.width : undefined,
    ],
  )
  const flat = rows.map(([key, numbers]) => [
    ...asList(key).slice(0, plan.by.length),
    ...asList(numbers),
  ])
  return fillCells(
    plan,
    cells,
    readCells(plan, description, { rows: flat, read: readPostgresValue }),
  )
}

function asList(key: unknown): readonly unknown[] {
  if (Array.isArray(key)) return key
  throw new RegisterError('RECORDS_INVALID', 'a cell has no key')
}

/** A value as the driver gives it: 64-bit integers and exact numbers are texts. */
export function readPostgresValue(type: ElementType, stored: unknown): unknown {
  if (type !== 'integer' || typeof stored !== 'string') return stored
  const value = /^-?\d{1,16}$/.test(stored) ? Number(stored) : undefined
  return Number.isSafeInteger(value) ? value : undefined
}
