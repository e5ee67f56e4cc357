import type { ElementType, RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import { functionSchema, registerFunctions } from './register-functions.ts'
import type { RegisterFunction } from './register-functions.ts'
import type { ReadCatalogue } from './role-findings.ts'

/** The types of columns that an element may stand in. */
const columnTypes: Readonly<Record<ElementType, readonly string[]>> = {
  boolean: ['bool'],
  integer: ['int2', 'int4', 'int8'],
  string: ['text', 'varchar'],
  date: ['date', 'text', 'varchar'],
}

function invalid(message: string): RegisterError {
  return new RegisterError('DESCRIPTION_INVALID', message)
}

/** The functions that a script of this house puts into a schema of their own, and which script it is. */
export interface ShippedFunctions {
  readonly schema: string
  readonly functions: readonly RegisterFunction[]
  readonly script: string
}

/** The two functions of look-ups and tables. */
export function answeringFunctions(
  description: RegisterDescription,
  tableSchema: string,
): ShippedFunctions {
  const functions = registerFunctions(description, tableSchema)
  return { schema: functionSchema(description), functions, script: 'cloison register sql' }
}

/**
 * Holds the description against the database's catalogue, which every role may read: the table, its columns
 * and their types, the unique index over the subject's key, and the functions, letter by letter.
 *
 * @throws {@link RegisterError} `DESCRIPTION_INVALID`, naming the column or the function
 */
export async function checkDatabase(
  read: ReadCatalogue,
  description: RegisterDescription,
  shipped: ShippedFunctions & { readonly tableSchema: string },
): Promise<void> {
  await checkColumns(read, description, shipped.tableSchema)
  await checkKey(read, description, shipped.tableSchema)
  await checkFunctions(read, shipped)
}

async function checkColumns(
  read: ReadCatalogue,
  { elements, subject, table }: RegisterDescription,
  tableSchema: string,
): Promise<void> {
  const rows = await read(
    `SELECT a.attname, y.typname FROM pg_attribute a
       JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type y ON y.oid = a.atttypid
     WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')
       AND a.attnum > 0 AND NOT a.attisdropped`,
    [tableSchema, table],
  )
  const types = new Map(rows.map(([column, type]) => [String(column), String(type)]))
  for (const { column, type } of [
    { column: subject.column, type: 'string' } as const,
    ...elements,
  ]) {
    const declared = types.get(column)
    if (declared === undefined) throw invalid(`there is no column ${column} in ${table}`)
    if (!columnTypes[type].includes(declared)) {
      throw invalid(`the column ${column} is not declared as ${type}`)
    }
  }
}

async function checkKey(
  read: ReadCatalogue,
  { subject, table }: RegisterDescription,
  tableSchema: string,
): Promise<void> {
  const unique = await read(
    `SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
       JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
       LEFT JOIN pg_collation l ON l.oid = a.attcollation
     WHERE n.nspname = $1 AND c.relname = $2 AND a.attname = $3 AND i.indisunique AND i.indisvalid
       AND i.indnkeyatts = 1 AND i.indpred IS NULL AND i.indexprs IS NULL
       AND a.attnotnull AND coalesce(l.collisdeterministic, true)
       AND NOT (c.relkind = 'r' AND c.relhassubclass)`,
    [tableSchema, table, subject.column],
  )
  if (unique.length > 0) return
  throw invalid(
    `the subject key ${subject.column} has no unique index over values that are never null and compare byte by byte: a person could have several rows`,
  )
}

async function checkFunctions(
  read: ReadCatalogue,
  { schema, functions, script }: ShippedFunctions,
): Promise<void> {
  const rows = await read(
    `SELECT p.proname, p.prosrc, p.prosecdef AND NOT r.rolsuper AND NOT r.rolcanlogin
         AND lower(array_to_string(p.proconfig, ';')) = 'search_path=pg_catalog, pg_temp;datestyle=iso'
         AND has_function_privilege(p.oid, 'EXECUTE') AND has_schema_privilege(n.oid, 'USAGE')
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       JOIN pg_roles r ON r.oid = p.proowner
     WHERE n.nspname = $1`,
    [schema],
  )
  const advice = `run the script of "${script}" again`
  for (const { name, body } of functions) {
    const found = rows.filter(([called]) => called === name)
    if (found.length !== 1 || found[0]?.[1] !== body || found[0][2] !== true) {
      throw invalid(`the function ${schema}.${name} is not the one of this description: ${advice}`)
    }
  }
  if (rows.length > functions.length)
    throw invalid(`${schema} has functions that are not the register's: ${advice}`)
}
