import { quoteIdentifier, quoteLiteral } from '../postgres/register-functions.ts'
import { grantConnect, makeRole } from '../postgres/register-sql.ts'
import type { RegisterSqlNames } from '../postgres/register-sql.ts'
import { quoteName } from '../sql-text.ts'
import { caseColumns, type CaseDescription } from './case-description.ts'
import { type CaseDialect, caseStatement } from './case-statement.ts'

/** The schema that holds the case source's one function and nothing else. */
export const caseSchema = 'cases_for_cloison'

const dialect: CaseDialect = {
  literal: (text) => `${quoteLiteral(text)}::text`,
  equals: (column, parameter) => `(${column}::text COLLATE "C" = ${parameter})`,
  any: (condition) => `coalesce(bool_or(${condition}), false)`,
  all: (condition) => `coalesce(bool_and(${condition}), false)`,
  yes: (column) => `coalesce(${column}, false)`,
  text: (column) => `${column}::text COLLATE "C"`,
  falsehood: 'false',
  parameters: ['$1', '$2', '$3', '$4'],
}

/** What stands between the dollar quotes of `vouch`: what PostgreSQL keeps as its source. */
export function caseFunctionBody(description: CaseDescription, tableSchema: string): string {
  const table = `${quoteIdentifier(tableSchema)}.${quoteName(description.table)}`
  return caseStatement(description, table, dialect)
}

/**
 * The script that a database administrator runs once in the case system's database, and again after each
 * change of the description. It makes two roles without a password, a schema, and the one function that the
 * case source may call.
 */
export function caseSql(description: CaseDescription, names: RegisterSqlNames): string {
  const [role, owner] = [quoteIdentifier(names.role), quoteIdentifier(names.owner)]
  const table = `${quoteIdentifier(names.schema)}.${quoteName(description.table)}`
  const called = `${caseSchema}.vouch(text, text, text, text)`
  const columns = caseColumns(description).map((column) => quoteName(column))
  return `-- The case system for its gateway's case source. Run as a superuser in the case system's database:
--   psql -v ON_ERROR_STOP=1 -f cases.sql
-- Then give the role a way to log in, for instance: \\password ${role}
BEGIN;
SET LOCAL client_min_messages = warning;
${[makeRole(names.owner, 'NOLOGIN'), makeRole(names.role, 'LOGIN')].join('\n')}
${grantConnect(names.role)}
GRANT USAGE ON SCHEMA ${quoteIdentifier(names.schema)} TO ${owner};
GRANT SELECT (${columns.join(', ')}) ON ${table} TO ${owner};
CREATE SCHEMA IF NOT EXISTS ${caseSchema};
REVOKE ALL ON SCHEMA ${caseSchema} FROM PUBLIC;
GRANT USAGE ON SCHEMA ${caseSchema} TO ${role};
DROP FUNCTION IF EXISTS ${called};
CREATE FUNCTION ${caseSchema}.vouch(reference text, official text, scheme text, subject text)
  RETURNS TABLE (verdict text, purposes bigint, purpose text, kin boolean, bystander boolean)
  LANGUAGE sql STRICT STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET datestyle = ISO
  AS $cloison$${caseFunctionBody(description, names.schema)}$cloison$;
ALTER FUNCTION ${called} OWNER TO ${owner};
REVOKE ALL ON FUNCTION ${called} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${called} TO ${role};
COMMIT;
`
}
