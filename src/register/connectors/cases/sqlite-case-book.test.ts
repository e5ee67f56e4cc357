import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseSync } from 'node:sqlite'

import { parseCaseDescription } from './case-description.ts'
import { lockDown } from './sqlite-case-book.ts'

const description = parseCaseDescription({
  v: 1,
  table: 'cases',
  reference: 'reference',
  official: 'official',
  subject: { column: 'nin', scheme: { value: 'demo-nin' } },
  open: 'is_open',
  purpose: { column: 'purpose' },
})

const columns =
  'reference TEXT, official TEXT, nin TEXT, is_open INTEGER, purpose TEXT, secret TEXT'

const refused = [
  'SELECT * FROM stored',
  'SELECT secret FROM cases',
  'SELECT group_concat(nin) FROM cases',
  'SELECT name FROM sqlite_schema',
  'PRAGMA table_info(stored)',
  'DELETE FROM stored',
  'ATTACH DATABASE ? AS other',
]

for (const [what, made] of [
  ['a table', `CREATE TABLE cases (${columns}); CREATE TABLE stored (${columns})`],
  ['a view', `CREATE TABLE stored (${columns}); CREATE VIEW cases AS SELECT * FROM stored`],
] as const) {
  test(`a locked connection reads the described columns of ${what}, and prepares nothing else`, () => {
    using db = new DatabaseSync(':memory:')
    db.exec(made)
    for (const text of refused) assert.ok(db.prepare(text), 'without the lock it is prepared')
    lockDown(db, description)
    assert.ok(db.prepare('SELECT min(purpose) FROM cases WHERE reference = ? AND nin = ?'))
    const readThrough =
      what === 'a view' ? refused.filter((text) => !text.includes('secret')) : refused
    for (const text of readThrough)
      assert.throws(() => db.prepare(text), /prohibited|not authorized|authoriz/, text)
  })
}

test('a description that is none is refused by the name of its member', () => {
  const wrong = [
    [{ ...description, table: 'cases; --' }, /table/],
    [{ ...description, people: 'nin' }, /it: .*people/],
    [{ ...description, purpose: { value: 'not "quoted' } }, /purpose/],
    [{ ...description, subject: { column: 'nin', scheme: 'demo-nin' } }, /subject\.scheme/],
  ] as const
  for (const [value, message] of wrong)
    assert.throws(() => parseCaseDescription(value), { code: 'DESCRIPTION_INVALID', message })
})
