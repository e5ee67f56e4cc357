import type { RegisterDescription } from '../../register-description.ts'
import { quoteName } from '../sql-text.ts'
import {
  functionSchema,
  quoteIdentifier,
  quoteLiteral,
  registerFunctions,
} from './register-functions.ts'

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
  const [role, owner] = [quoteIdentifier(names.role), quoteIdentifier(names.owner)]
  const schema = quoteIdentifier(functionSchema(description))
  const table = `${quoteIdentifier(names.schema)}.${quoteName(description.table)}`
  const columns = new Set([
    description.subject.column,
    ...description.elements.map(({ column }) => column),
  ])
  const functions = registerFunctions(description, names.schema).map((one) => {
    const called = `${schema}.${one.name}(${one.arguments})`
    return `DROP FUNCTION IF EXISTS ${called};
CREATE FUNCTION ${schema}.${one.name}${one.head}
  AS $cloison$${one.body}$cloison$;
ALTER FUNCTION ${called} OWNER TO ${owner};
REVOKE ALL ON FUNCTION ${called} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${called} TO ${role};`
  })
  return `-- The register "${description.name}" for its gateway. Run as a superuser in the register's database:
--   psql -v ON_ERROR_STOP=1 -f register.sql
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
