import type { RegisterDescription } from '../../register-description.ts'
import { quoteName } from '../sql-text.ts'
import { joinRowsFunction, joinSchema } from './join-rows-function.ts'
import {
  functionSchema,
  quoteIdentifier,
  quoteLiteral,
  registerFunctions,
} from './register-functions.ts'
import type { RegisterFunction } from './register-functions.ts'

/** Names that the script of {@link registerSql} uses. */
export interface RegisterSqlNames {
  /** The schema of the table. */
  readonly schema: string
  /** The role with which the gateway's connector logs in. */
  readonly role: string
  /** The role that owns the functions; nobody logs in with it. */
  readonly owner: string
}

/**
 * The script that a database administrator runs once in the register's database, and again after each change
 * of the description. It makes two roles without a password, a schema, and two functions: one person by their
 * identifier, and a closed table. The gateway's role may call those and read nothing.
 *
 * @throws `RegisterError` `DESCRIPTION_INVALID`
 */
export function registerSql(description: RegisterDescription, names: RegisterSqlNames): string {
  const functions = registerFunctions(description, names.schema)
  return scriptOf(description, names, {
    about: `The register "${description.name}" for its gateway. Run as a superuser in the register's database:`,
    file: 'register.sql',
    schema: functionSchema(description),
    functions,
  })
}

/**
 * The script by which a database administrator lets rows be masked for joins: a role of its own, whose one function gives
 * every subject with the elements that the description has. It is another role than the gateway's, so that whoever holds
 * that one's password lists nobody.
 *
 * @throws `RegisterError` `DESCRIPTION_INVALID`
 */
export function joinsSql(description: RegisterDescription, names: RegisterSqlNames): string {
  return scriptOf(description, names, {
    about: `Rows of the register "${description.name}" for joins. Whoever logs in with the role can read
-- who is in the register, with the described elements: give its password to the gateway's machine alone.
-- Run as a superuser in the register's database:`,
    file: 'joins.sql',
    schema: joinSchema(description),
    functions: [joinRowsFunction(description, names.schema)],
  })
}

interface Script {
  readonly about: string
  /** What the script is called in its own words. */
  readonly file: string
  readonly schema: string
  readonly functions: readonly RegisterFunction[]
}

function scriptOf(
  description: RegisterDescription,
  names: RegisterSqlNames,
  shipped: Script,
): string {
  const [role, owner] = [quoteIdentifier(names.role), quoteIdentifier(names.owner)]
  const { elements, subject } = description
  const columns = new Set([subject.column, ...elements.map(({ column }) => column)])
  const table = `${quoteIdentifier(names.schema)}.${quoteName(description.table)}`
  const schema = quoteIdentifier(shipped.schema)
  const functions = shipped.functions.map((one) => {
    const called = `${schema}.${one.name}(${one.arguments})`
    return `DROP FUNCTION IF EXISTS ${called};
CREATE FUNCTION ${schema}.${one.name}${one.head}
  AS $cloison$${one.body}$cloison$;
ALTER FUNCTION ${called} OWNER TO ${owner};
REVOKE ALL ON FUNCTION ${called} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${called} TO ${role};`
  })
  return `-- ${shipped.about}
--   psql -v ON_ERROR_STOP=1 -f ${shipped.file}
-- Then give the role a way to log in, for instance: \\password ${role}
BEGIN;
SET LOCAL client_min_messages = warning;
${[makeRole(names.owner, 'NOLOGIN'), makeRole(names.role, 'LOGIN')].join('\n')}
${grantConnect(names.role)}
GRANT USAGE ON SCHEMA ${quoteIdentifier(names.schema)} TO ${owner};
GRANT SELECT (${[...columns].map((column) => quoteName(column)).join(', ')}) ON ${table} TO ${owner};
CREATE SCHEMA IF NOT EXISTS ${schema};
REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC;
GRANT USAGE ON SCHEMA ${schema} TO ${role};
${functions.join('\n')}
COMMIT;
`
}

/** Lets a role connect to the database that the script runs in, whatever PUBLIC may. */
export function grantConnect(role: string): string {
  return `DO $connect$ BEGIN
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I',
    pg_catalog.current_database(), ${quoteLiteral(role)});
END $connect$;`
}

/** Makes a role where there is none of this name. */
export function makeRole(name: string, login: 'LOGIN' | 'NOLOGIN'): string {
  return `DO $role$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${quoteLiteral(name)}) THEN
    CREATE ROLE ${quoteIdentifier(name)} ${login};
  END IF;
END $role$;`
}
