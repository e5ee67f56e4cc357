import type { RegisterDescription } from '../../register-description.ts'
import { functionSchema } from './register-functions.ts'

/** A right that the gateway's role has and does not need, and the statement that takes it away. */
export interface RoleFinding {
  readonly code: RoleFindingCode
  /** What it can do, naming roles, tables and functions, never a record. */
  readonly what: string
  readonly fix: string
}

/** The kinds of {@link RoleFinding}. */
export type RoleFindingCode =
  | 'ROLE_ATTRIBUTE'
  | 'ROLE_MEMBER'
  | 'ROLE_OWNER'
  | 'ROLE_READS'
  | 'ROLE_WRITES'
  | 'ROLE_EXECUTES'
  | 'ROLE_CREATES'
  | 'ROLE_CONNECTS'
  | 'ROLE_FOREIGN'

/** Runs one statement that only reads the catalogue, and gives its rows as arrays. */
export type ReadCatalogue = (
  text: string,
  values: readonly string[],
) => Promise<readonly (readonly unknown[])[]>

interface RoleCheck {
  readonly code: RoleFindingCode
  /** Gives rows of what and fix; `$1` is the schema of the register's functions. */
  readonly text: string
}

const me = `quote_ident(current_user)`
const own = `(SELECT oid FROM pg_roles WHERE rolname = current_user)`
const systemSchema = `n.nspname IN ('pg_catalog', 'information_schema') OR n.nspname LIKE 'pg\\_toast%'`
const relation = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`

/**
 * Every check, by what it finds. Rights count however they were given: to the role, to a role it is in, or to
 * PUBLIC.
 */
export const roleChecks: readonly RoleCheck[] = [
  {
    code: 'ROLE_ATTRIBUTE',
    text: `SELECT 'has the attribute ' || a.word, 'ALTER ROLE ' || ${me} || ' NO' || a.word
      FROM pg_roles r, LATERAL (VALUES ('SUPERUSER', r.rolsuper), ('CREATEDB', r.rolcreatedb),
        ('CREATEROLE', r.rolcreaterole), ('BYPASSRLS', r.rolbypassrls),
        ('REPLICATION', r.rolreplication)) AS a(word, held)
      WHERE r.rolname = current_user AND a.held AND $1::text IS NOT NULL`,
  },
  {
    code: 'ROLE_MEMBER',
    text: `SELECT 'is a member of ' || quote_ident(g.rolname),
        'REVOKE ' || quote_ident(g.rolname) || ' FROM ' || ${me}
      FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
      WHERE m.member = ${own} AND $1::text IS NOT NULL`,
  },
  {
    code: 'ROLE_OWNER',
    text: `SELECT 'owns ' || count(*) || ' objects of ' || coalesce(quote_ident(d.datname), 'the server'),
        'REASSIGN OWNED BY ' || ${me} || ' TO another role, in each database'
      FROM pg_shdepend s LEFT JOIN pg_database d ON d.oid = s.dbid
      WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = ${own} AND s.deptype = 'o'
        AND $1::text IS NOT NULL
      GROUP BY d.datname`,
  },
  {
    code: 'ROLE_READS',
    text: `SELECT 'can SELECT from ' || ${relation},
        'REVOKE SELECT ON ' || ${relation} || ' FROM PUBLIC, ' || ${me}
          || '; also each column: GRANT SELECT (…) is taken away by REVOKE SELECT (…)'
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_any_column_privilege(c.oid, 'SELECT')
          AND (NOT (${systemSchema})
            OR c.oid IN ('pg_authid'::regclass, 'pg_statistic'::regclass,
                         'pg_largeobject'::regclass, 'pg_user_mapping'::regclass)))
        AND $1::text IS NOT NULL`,
  },
  {
    code: 'ROLE_WRITES',
    text: `SELECT 'can change ' || ${relation},
        'REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ' || ${relation}
          || ' FROM PUBLIC, ' || ${me}
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND $1::text IS NOT NULL
        AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
          OR has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES'))
        AND NOT (n.nspname = 'pg_catalog' AND c.relname = 'pg_settings')
      UNION ALL
      SELECT 'can use the sequence ' || ${relation},
        'REVOKE ALL ON SEQUENCE ' || ${relation} || ' FROM PUBLIC, ' || ${me}
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE') END`,
  },
  {
    code: 'ROLE_EXECUTES',
    text: `SELECT 'can EXECUTE ' || p.oid::regprocedure,
        'REVOKE EXECUTE ON ROUTINE ' || p.oid::regprocedure || ' FROM PUBLIC, ' || ${me}
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE has_function_privilege(p.oid, 'EXECUTE') AND has_schema_privilege(n.oid, 'USAGE')
        AND CASE
          -- What initdb took away from PUBLIC: files, the server's settings, backups.
          WHEN n.nspname IN ('pg_catalog', 'information_schema') THEN EXISTS (
            SELECT FROM pg_init_privs i, aclexplode(i.initprivs)
            WHERE i.classoid = 'pg_proc'::regclass AND i.objoid = p.oid)
            AND NOT EXISTS (
              SELECT FROM pg_init_privs i, aclexplode(i.initprivs) a
              WHERE i.classoid = 'pg_proc'::regclass AND i.objoid = p.oid AND a.grantee = 0)
          ELSE NOT (n.nspname = $1 AND p.proname IN ('look_up', 'aggregate', 'join_rows', 'vouch'))
        END`,
  },
  {
    code: 'ROLE_CREATES',
    text: `SELECT 'can CREATE in the schema ' || quote_ident(n.nspname),
        'REVOKE CREATE ON SCHEMA ' || quote_ident(n.nspname) || ' FROM PUBLIC, ' || ${me}
      FROM pg_namespace n WHERE has_schema_privilege(n.oid, 'CREATE') AND $1::text IS NOT NULL
        AND n.nspname NOT LIKE 'pg\\_temp\\_%' AND n.nspname NOT LIKE 'pg\\_toast\\_temp\\_%'
      UNION ALL
      SELECT 'can CREATE in the database ' || quote_ident(d.datname),
        'REVOKE CREATE ON DATABASE ' || quote_ident(d.datname) || ' FROM PUBLIC, ' || ${me}
      FROM pg_database d WHERE has_database_privilege(d.oid, 'CREATE')`,
  },
  {
    code: 'ROLE_CONNECTS',
    text: `SELECT 'can CONNECT to the database ' || quote_ident(d.datname),
        'REVOKE CONNECT ON DATABASE ' || quote_ident(d.datname) || ' FROM PUBLIC, ' || ${me}
          || '; then GRANT CONNECT to those who need it'
      FROM pg_database d
      WHERE d.datallowconn AND d.datname <> current_database() AND $1::text IS NOT NULL
        AND has_database_privilege(d.oid, 'CONNECT')`,
  },
  {
    code: 'ROLE_FOREIGN',
    text: `SELECT 'can use the foreign server ' || quote_ident(s.srvname),
        'REVOKE USAGE ON FOREIGN SERVER ' || quote_ident(s.srvname) || ' FROM PUBLIC, ' || ${me}
      FROM pg_foreign_server s
      WHERE has_server_privilege(s.oid, 'USAGE') AND $1::text IS NOT NULL`,
  },
]

/** Everything that the role of this connection can do beyond calling the register's two functions. */
export function findRights(
  read: ReadCatalogue,
  description: RegisterDescription,
): Promise<readonly RoleFinding[]> {
  return findRightsBeyond(read, functionSchema(description))
}

/**
 * Everything that the role of this connection can do beyond calling the functions that a script of this house
 * puts into `schema`; that these are its only ones, and the shipped ones, is for the caller to check.
 */
export async function findRightsBeyond(
  read: ReadCatalogue,
  schema: string,
): Promise<readonly RoleFinding[]> {
  const findings: RoleFinding[] = []
  for (const { code, text } of roleChecks) {
    for (const [what, fix] of await read(text, [schema])) {
      findings.push({ code, what: String(what), fix: String(fix) })
    }
  }
  return findings
}
