import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'

import {
  contractDescription,
  contractRows,
  methodsOf,
  writeSqliteFile,
} from '../../testing/index.ts'
import { lockDown, openSqliteRegister } from './sqlite-register.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-sqlite-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'people.db')
writeSqliteFile(path, contractRows())

/** A file whose table `people` is made by `statement`. */
function fileWith(name: string, statement: string): string {
  const file = join(folder, name)
  const db = new DatabaseSync(file)
  db.exec(statement)
  db.close()
  return file
}

const columns =
  'annual_income INTEGER, district TEXT, insured INTEGER, dependants INTEGER, birth_date TEXT, street TEXT, religion TEXT'

test('the connector object has the three methods of a register', () => {
  using register = openSqliteRegister(path, contractDescription)
  assert.deepEqual(methodsOf(register), ['aggregate', 'describe', 'lookUp'])
})

test('a locked connection reads described columns, and prepares nothing else', () => {
  using db = new DatabaseSync(path)
  lockDown(db, contractDescription)
  const allowed = [
    'SELECT "annual_income" FROM "people" WHERE "nin" = ?',
    'SELECT "district", count(*) FROM "people" GROUP BY "district"',
    'SELECT count(*) FROM "people"',
  ]
  for (const text of allowed) assert.ok(db.prepare(text))
  const refused = [
    'SELECT * FROM people',
    'SELECT secret FROM people',
    'SELECT rowid FROM people',
    'SELECT name FROM sqlite_schema',
    'SELECT group_concat(nin) FROM people',
    'SELECT load_extension(?)',
    'PRAGMA table_info(people)',
    'ATTACH DATABASE ? AS other',
    'DELETE FROM people',
    'UPDATE people SET district = ?',
    'CREATE TABLE more (x)',
    'DROP TABLE people',
  ]
  for (const text of refused)
    assert.throws(() => db.prepare(text), /prohibited|not authorized|authoriz/, text)
})

test('a file that is not there, or no database, is unavailable', () => {
  assert.throws(() => openSqliteRegister(join(folder, 'none.db'), contractDescription), {
    code: 'UNAVAILABLE',
  })
})

test('a table that is not as described is refused, naming the column', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    [`CREATE TABLE people (nin TEXT PRIMARY KEY)`, /no column annual_income/],
    [`CREATE TABLE persons (nin TEXT PRIMARY KEY)`, /no column nin in people/],
    [`CREATE TABLE people (nin TEXT, ${columns})`, /nin has no unique index/],
    [`CREATE TABLE people (nin INTEGER PRIMARY KEY, ${columns})`, /nin is not declared as string/],
    [`CREATE TABLE people (nin TEXT, ${columns}, UNIQUE (nin, district))`, /no unique index/],
    [
      `CREATE TABLE people (nin TEXT, ${columns}); CREATE UNIQUE INDEX i ON people (nin) WHERE insured`,
      /no unique index/,
    ],
    [
      `CREATE TABLE people (nin TEXT PRIMARY KEY, ${columns.replace('annual_income INTEGER', 'annual_income TEXT')})`,
      /annual_income is not declared as integer/,
    ],
  ]
  for (const [index, [statement, message]] of refused.entries()) {
    const file = fileWith(`refused-${index}.db`, statement)
    assert.throws(() => openSqliteRegister(file, contractDescription), {
      code: 'DESCRIPTION_INVALID',
      message,
    })
  }
})

test('a value of another type is refused by the name of its element, and not quoted', async () => {
  const file = fileWith(
    'odd.db',
    `CREATE TABLE people (nin TEXT PRIMARY KEY, ${columns});
     INSERT INTO people (nin, annual_income, insured) VALUES ('P1', 'a secret text', 7), ('P2', 9007199254740993, 1)`,
  )
  using register = openSqliteRegister(file, contractDescription)
  const subject = { scheme: 'test-number', value: 'P1' }
  await assert.rejects(register.lookUp(subject, ['annualIncome']), {
    code: 'RECORDS_INVALID',
    message: 'a value of annualIncome is not of the type integer',
  })
  await assert.rejects(register.lookUp(subject, ['insured']), { code: 'RECORDS_INVALID' })
  await assert.rejects(
    register.lookUp({ ...subject, value: 'P2' }, ['annualIncome']),
    (error: Error) => {
      assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /9007199254740993/)
      return true
    },
  )
})

test('the file is opened read-only', async () => {
  using register = openSqliteRegister(path, contractDescription)
  using writer = new DatabaseSync(path)
  writer.exec(`UPDATE people SET district = 'south' WHERE nin = 'P0003'`)
  const subject = { scheme: 'test-number', value: 'P0003' }
  assert.deepEqual(await register.lookUp(subject, ['district']), { district: 'south' })
})
