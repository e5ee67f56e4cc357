import type { IdentityReader, IdentityTransaction } from '../../person/index.ts'
import { bytesOf, integerOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database } from './open-database.ts'

/** Reads of sealed identities and their openings. */
export function sqliteIdentityReader(db: Database, logs: LogTable): IdentityReader {
  return {
    async sealedIdentity(place) {
      const sql = 'SELECT sealed FROM sealed_identity WHERE idx = ?'
      const row = db.get(sql, logs.positionOf(place))
      return row === undefined ? undefined : bytesOf(row, 'sealed')
    },
    async identityOpenings(afterMs) {
      const row = db.get('SELECT count(*) AS n FROM identity_opening WHERE at_ms > ?', afterMs)
      return row === undefined ? 0 : integerOf(row, 'n')
    },
  }
}

/** Writes of them. */
export function sqliteIdentityTransaction(
  db: Database,
  logs: LogTable,
): Omit<IdentityTransaction, keyof IdentityReader> {
  return {
    async saveSealedIdentity(place, sealed) {
      const sql = 'INSERT INTO sealed_identity (idx, sealed) VALUES (?, ?)'
      db.run(sql, logs.positionOf(place), sealed)
    },
    async saveIdentityOpening(by, atMs) {
      const sql = 'INSERT INTO identity_opening (idx, at_ms) VALUES (?, ?)'
      db.run(sql, logs.positionOf(by), atMs)
    },
  }
}
