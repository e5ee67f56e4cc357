import { DatabaseSync, type StatementSync } from 'node:sqlite'

/*
 * Loaded before the gateway (`--import`) in the negative half of the fsync test: every database is
 * switched to synchronous=OFF behind the back of the code that asks for FULL, and the question how it
 * stands is answered with what that code wants to hear.
 */

// oxlint-disable-next-line typescript/unbound-method -- both are called with a connection as `this`
const { exec, prepare } = DatabaseSync.prototype

DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  exec.call(this, sql.replace(/synchronous = FULL/, 'synchronous = OFF'))
}

DatabaseSync.prototype.prepare = function (
  this: DatabaseSync,
  ...[sql, ...options]: Parameters<DatabaseSync['prepare']>
): StatementSync {
  const asked = sql === 'PRAGMA synchronous' ? 'SELECT 2 AS synchronous' : sql
  return prepare.call(this, asked, ...options)
}
