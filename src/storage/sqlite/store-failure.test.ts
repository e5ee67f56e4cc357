import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { storeFailure } from './store-failure.ts'

/** What SQLite throws when a database may not grow any more. */
function errorWhenFull(): unknown {
  const db = new DatabaseSync(':memory:')
  db.exec('PRAGMA max_page_count = 3; CREATE TABLE t (b BLOB)')
  try {
    db.exec('INSERT INTO t VALUES (zeroblob(100000))')
  } catch (cause) {
    return cause
  } finally {
    db.close()
  }
  return undefined
}

function withErrcode(errcode: number): Error {
  return Object.assign(new Error('made up'), { code: 'ERR_SQLITE_ERROR', errcode })
}

test('a store without space is told from a failed disk, and both from other errors', () => {
  assert.equal(storeFailure(errorWhenFull())?.code, 'STORE_FULL')
  // SQLITE_IOERR_WRITE and SQLITE_IOERR_FSYNC of sqlite.org/rescode.html.
  for (const extended of [778, 1034]) {
    assert.equal(storeFailure(withErrcode(extended))?.code, 'STORE_FAILED')
  }
  // SQLITE_CONSTRAINT_PRIMARYKEY, and what is no error of SQLite.
  for (const other of [withErrcode(1555), new Error('other'), undefined]) {
    assert.equal(storeFailure(other), undefined)
  }
})
