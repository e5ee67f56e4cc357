import type { Database } from '../open-database.ts'
import { headSchema, requestTables, schemaVersion, stateSchema } from '../schema.ts'
import { StorageError } from '../storage-error.ts'

/** Which of an organisation's two stores it is. */
export type StoreKind = 'state' | 'head'

/** The version from which a store is brought up; what is older had other tables. */
const oldestVersion = 4

/** What a store of the oldest version lacks. */
const added: Readonly<Record<StoreKind, string>> = { state: requestTables, head: '' }

const whole: Readonly<Record<StoreKind, string>> = { state: stateSchema, head: headSchema }

function versionOf(db: Database): number {
  return Number(db.get('PRAGMA user_version')?.['user_version'])
}

function refusal(found: number, cause?: unknown): StorageError {
  return new StorageError(
    'STORE_SCHEMA_UNKNOWN',
    `The store has version ${found} of the tables, and this Cloison opens versions ${oldestVersion} and ${schemaVersion}: start with the Cloison that wrote it.`,
    { cause },
  )
}

/** The statements that made the tables, as SQLite keeps them. */
function statementsOf(schema: string): readonly string[] {
  return schema
    .split(';\n')
    .map((statement) => statement.trim())
    .filter((statement) => statement.startsWith('CREATE '))
}

/** A number alone does not say that the tables are those of that number. */
function requireTables(db: Database, kind: StoreKind): void {
  const there = new Set(db.column('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL'))
  if (!statementsOf(whole[kind]).every((statement) => there.has(statement)))
    throw refusal(versionOf(db))
}

/**
 * Sees that a store can be read: also one that its gateway will bring up at its next start. What reads it must
 * ask for nothing that the older one lacks.
 *
 * @throws {@link StorageError} `STORE_SCHEMA_UNKNOWN`
 */
export function requireReadable(db: Database): void {
  const version = versionOf(db)
  if (version < oldestVersion || version > schemaVersion) throw refusal(version)
}

/**
 * Brings a store of the version before up to this one, in one transaction: it is all there or nothing of it is, and
 * no row is touched. Afterwards the Cloison that wrote it opens it no more.
 *
 * @throws {@link StorageError} `STORE_SCHEMA_UNKNOWN` for any other version, and for tables that are not those of
 * their version
 */
export function upgradeStore(db: Database, kind: StoreKind): void {
  const version = versionOf(db)
  if (version === schemaVersion) return
  requireReadable(db)
  db.script('BEGIN IMMEDIATE')
  try {
    db.script(added[kind])
    requireTables(db, kind)
    db.script(`PRAGMA user_version = ${schemaVersion}`)
    db.script('COMMIT')
  } catch (cause) {
    db.script('ROLLBACK')
    if (cause instanceof StorageError) throw cause
    throw refusal(version, cause)
  }
}
