import { RegisterError } from '../../register-error.ts'
import { type Database, openDatabase } from '../postgres/database.ts'
import { catalogueOf, refuseRights } from '../postgres/postgres-register.ts'
import type { PostgresInspection, PostgresPlace } from '../postgres/postgres-register.ts'
import { findRightsBeyond, type ReadCatalogue } from '../postgres/role-findings.ts'
import { type CaseBook, readCaseRow } from './case-book.ts'
import { caseColumns, type CaseDescription } from './case-description.ts'
import { caseFunctionBody, caseSchema } from './case-sql.ts'

const bounds = { connections: 2, statementMs: 3000 }

function invalid(message: string): RegisterError {
  return new RegisterError('DESCRIPTION_INVALID', message)
}

/** Truths are booleans, everything else is text. */
async function checkColumns(
  read: ReadCatalogue,
  description: CaseDescription,
  schema: string,
): Promise<void> {
  const rows = await read(
    `SELECT a.attname, y.typname FROM pg_attribute a
       JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type y ON y.oid = a.atttypid
     WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm')
       AND a.attnum > 0 AND NOT a.attisdropped`,
    [schema, description.table],
  )
  const types = new Map(rows.map(([column, type]) => [String(column), String(type)]))
  const truths = [description.open, description.kin, description.bystander]
  for (const column of caseColumns(description)) {
    const type = types.get(column)
    if (type === undefined) throw invalid(`there is no column ${column} in ${description.table}`)
    const fitting = truths.includes(column) ? ['bool'] : ['text', 'varchar']
    if (!fitting.includes(type)) {
      throw invalid(`the column ${column} of ${description.table} is not ${fitting.join(' or ')}`)
    }
  }
}

async function checkFunction(
  read: ReadCatalogue,
  description: CaseDescription,
  schema: string,
): Promise<void> {
  const rows = await read(
    `SELECT p.proname, p.prosrc, p.prosecdef AND NOT r.rolsuper AND NOT r.rolcanlogin
         AND lower(array_to_string(p.proconfig, ';')) = 'search_path=pg_catalog, pg_temp;datestyle=iso'
         AND has_function_privilege(p.oid, 'EXECUTE') AND has_schema_privilege(n.oid, 'USAGE')
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       JOIN pg_roles r ON r.oid = p.proowner
     WHERE n.nspname = $1`,
    [caseSchema],
  )
  const [name, source, isSafe] = rows[0] ?? []
  const isShipped = name === 'vouch' && source === caseFunctionBody(description, schema)
  if (rows.length === 1 && isShipped && isSafe === true) return
  throw invalid(
    `the function ${caseSchema}.vouch is not the one of this description, or not alone: run the script of "cloison cases sql" again`,
  )
}

async function check(
  read: ReadCatalogue,
  description: CaseDescription,
  schema: string,
): Promise<void> {
  await checkColumns(read, description, schema)
  await checkFunction(read, description, schema)
}

/**
 * A case system in PostgreSQL, through the one function of `case-sql.ts`. Runs in the case source's process.
 * Refuses to open with a role that can do more than call it.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`, `DESCRIPTION_INVALID`, `ROLE_REFUSED`
 */
export async function openPostgresCaseBook(
  place: PostgresPlace,
  description: CaseDescription,
): Promise<CaseBook & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const database: Database = stack.use(await openDatabase(place.dsnFile, bounds))
  const read = catalogueOf(database)
  refuseRights(await findRightsBeyond(read, caseSchema))
  await check(read, description, place.schema)
  const owned = stack.move()
  const statement = { name: 'vouch', text: `SELECT * FROM ${caseSchema}.vouch($1, $2, $3, $4)` }
  return {
    async find({ reference, official, scheme, value }) {
      const given = [reference, official, scheme, value]
      // PostgreSQL has no text with this character, hence no case that is named so.
      if (given.some((text) => text.includes('\u0000'))) return { verdict: 'CASE_UNKNOWN' }
      return readCaseRow((await database.rows(statement, given))[0])
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/**
 * Looks at the role and the catalogue of a case system, for `doctor`.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`
 */
export async function inspectPostgresCases(
  place: PostgresPlace,
  description: CaseDescription,
): Promise<PostgresInspection> {
  await using database = await openDatabase(place.dsnFile, bounds)
  const read = catalogueOf(database)
  const findings = await findRightsBeyond(read, caseSchema)
  const mismatch = await check(read, description, place.schema).then(
    () => undefined,
    (cause: unknown) => {
      if (cause instanceof RegisterError && cause.code === 'DESCRIPTION_INVALID')
        return cause.message
      throw cause
    },
  )
  return { findings, mismatch }
}
