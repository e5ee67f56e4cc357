import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { StorageError } from '../storage-error.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadReader,
  openHeadStore,
  openStateReader,
  openStateStore,
} from '../sqlite-state-store.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-upgrade-'))
after(() => rmSync(dir, { recursive: true, force: true }))
let stores = 0
const old = (kind: 'state' | 'head'): string =>
  readFileSync(join(import.meta.dirname, `${kind}-store-4.sql`), 'utf8')

/** A store's file as `schema` makes it, with the rows of `rows`. */
function storeOf(schema: string, rows = ''): string {
  stores += 1
  const path = join(dir, `store-${stores}.db`)
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(schema)
  db.exec(rows)
  db.close()
  return path
}

const rows = `
INSERT INTO log VALUES (0, 'tax.localhost/log/2026h1', 0);
INSERT INTO entry VALUES (0, x'0102', NULL, 1000), (1, x'0103', x'04', 2000);
INSERT INTO ask VALUES ('AAAA', 'key', 'digest', 'tax', NULL, 'asked', 1, NULL, NULL, NULL, NULL, NULL, 2000);
INSERT INTO cap_use VALUES ('k', 'official', 7, 3);
`
const head = `INSERT INTO head VALUES (0, 'note', 2, 2000);`

function read(path: string, sql: string): unknown[] {
  const db = new DatabaseSync(path, { readOnly: true })
  const found = db.prepare(sql).all()
  db.close()
  return found.map((row) => ({ ...row }))
}

const tables = `SELECT type, name, sql FROM sqlite_master ORDER BY name`
const oldTables = ['log', 'entry', 'ask', 'cap_use']
const version = (path: string): unknown => read(path, 'PRAGMA user_version')

test('a store of version 4 is brought up: the tables of a new one, and every old row as it was', () => {
  const path = storeOf(old('state'), rows)
  const before = oldTables.map((table) => read(path, `SELECT * FROM ${table}`))
  openStateStore(path)[Symbol.dispose]()
  const fresh = join(dir, 'fresh.db')
  createStateStore(fresh)
  assert.deepEqual(read(path, tables), read(fresh, tables))
  assert.deepEqual(version(path), [{ user_version: 5 }])
  assert.deepEqual(
    oldTables.map((table) => read(path, `SELECT * FROM ${table}`)),
    before,
  )
  assert.equal(before.flat().length, 5)
})

test('what the new tables are for works afterwards, and a second start changes nothing', async () => {
  const path = storeOf(old('state'), rows)
  openStateStore(path)[Symbol.dispose]()
  const once = read(path, tables)
  using store = openStateStore(path)
  await store.transaction(async (tx) => {
    assert.equal(await tx.requestCount(), 0)
    await tx.saveRequest({
      number: 1,
      id: 'A'.repeat(22),
      kind: 'access',
      subjectHandle: 'handle',
      filedAtMs: 1,
      dueMs: 2,
      state: 'received',
      decidedAtMs: null,
    })
  })
  using reader = openStateReader(path)
  assert.equal((await reader.requests()).length, 1)
  assert.deepEqual(read(path, tables), once)
})

test('before its gateway starts it can be read already, and reading brings nothing up', async () => {
  const path = storeOf(old('state'), rows)
  using reader = openStateReader(path)
  assert.deepEqual(await reader.logs(), ['tax.localhost/log/2026h1'])
  assert.deepEqual(version(path), [{ user_version: 4 }])
})

test('a head store of version 4 is brought up as well, with its head', async () => {
  const path = storeOf(old('head'), head)
  {
    using reader = openHeadReader(path)
    assert.equal((await reader.read())?.size, 2)
  }
  using store = openHeadStore(path)
  assert.equal((await store.read())?.size, 2)
  assert.deepEqual(version(path), [{ user_version: 5 }])
  const fresh = join(dir, 'fresh-head.db')
  createHeadStore(fresh)
  assert.deepEqual(read(path, tables), read(fresh, tables))
})

/** Opening `path` fails with one sentence, and leaves version and tables as they were. */
function assertRefused(path: string): void {
  const before = [read(path, tables), version(path)]
  assert.throws(
    () => openStateStore(path),
    (cause) =>
      cause instanceof StorageError &&
      cause.code === 'STORE_SCHEMA_UNKNOWN' &&
      /^The store has version \d of the tables, and this Cloison opens versions 4 and 5: start with the Cloison that wrote it\.$/.test(
        cause.message,
      ),
  )
  assert.deepEqual([read(path, tables), version(path)], before)
  // No transaction is left open that would keep others from writing.
  const db = new DatabaseSync(path)
  db.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK')
  db.close()
}

test('an older version and a newer one are refused in a sentence, for reading as well', () => {
  for (const number of [0, 3, 6]) {
    const path = storeOf(`${old('state')}PRAGMA user_version = ${number};`, rows)
    assertRefused(path)
    assert.throws(() => openStateReader(path), { code: 'STORE_SCHEMA_UNKNOWN' })
  }
})

test('tables that are not those of version 4 are refused, and nothing of the upgrade stays', () => {
  const other = old('state').replace('role TEXT NOT NULL, analyst TEXT NOT NULL, ', '')
  assert.notEqual(other, old('state'))
  assertRefused(storeOf(other, rows))
  // A table of the new names: the upgrade fails at it, after others were made.
  assertRefused(storeOf(`${old('state')}CREATE TABLE correction (x);`, rows))
})
