import {
  type EmergencyFinding,
  type EmergencyRow,
  mostEmergenciesRead,
  reviewWithinMs,
  type SafeguardReader,
  type SafeguardTransaction,
  type SecrecyRow,
} from '../../person/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

const suspended = (official: string): string =>
  `EXISTS (SELECT 1 FROM emergency WHERE consumer = ?1 AND official = ${official}
    AND (finding = 'unjustified' OR (finding IS NULL AND confirmed = 0 AND at_ms <= ?6)))`

const secrecyUntil = (agreement: string, now: string): string =>
  `(SELECT max(until_ms) FROM secrecy_order
    WHERE agreement = ${agreement} AND issued_ms <= ${now} AND until_ms > ${now})`

/** All of it in one statement: every question asks. */
const safeguardsSql = `SELECT
  ${suspended('?2')} AS official, ${suspended('?3')} AS confirming,
  EXISTS (SELECT 1 FROM restriction WHERE subject = ?4) AS restricted,
  ${secrecyUntil('?5', '?7')} AS secrecy_until`

function findingOf(row: SqlRow, column: string): EmergencyFinding {
  const finding = textOf(row, column)
  if (finding === 'justified' || finding === 'unjustified') return finding
  throw new StorageError('STORE_FAILED', 'A review has an unknown finding.')
}

const emergencyColumns =
  'consumer, exchange_id, agreement, official, at_ms, confirmed, idx, finding'

function emergencyOf(row: SqlRow, logs: LogTable): EmergencyRow {
  return {
    consumer: textOf(row, 'consumer'),
    exchangeId: textOf(row, 'exchange_id'),
    agreement: textOf(row, 'agreement'),
    official: textOf(row, 'official'),
    atMs: integerOf(row, 'at_ms'),
    confirmed: integerOf(row, 'confirmed') === 1,
    place: logs.placeOf(integerOf(row, 'idx')),
    finding: optional(row, 'finding', findingOf) ?? null,
  }
}

const orderColumns =
  'idx, agreement, name, law, authority, issued_ms, until_ms, digest, withheld, opened'

function orderOf(row: SqlRow, logs: LogTable): SecrecyRow {
  return {
    place: logs.placeOf(integerOf(row, 'idx')),
    agreement: textOf(row, 'agreement'),
    name: textOf(row, 'name'),
    law: textOf(row, 'law'),
    authority: textOf(row, 'authority'),
    issuedAtMs: integerOf(row, 'issued_ms'),
    untilMs: integerOf(row, 'until_ms'),
    digest: textOf(row, 'digest'),
    withheld: integerOf(row, 'withheld'),
    opened: integerOf(row, 'opened') === 1,
  }
}

/** Reads of emergencies, restrictions and orders. */
export function sqliteSafeguardReader(db: Database, logs: LogTable): SafeguardReader {
  return {
    async safeguards({ consumer, official, confirming, subjectHandle, agreement }, nowMs) {
      const dueBefore = nowMs - reviewWithinMs
      const row = db.get(
        safeguardsSql,
        consumer,
        official,
        confirming ?? '',
        subjectHandle,
        agreement,
        dueBefore,
        nowMs,
      )
      if (row === undefined) throw new TypeError('a statement of one row has one')
      return {
        officialSuspended: integerOf(row, 'official') === 1,
        confirmingSuspended: integerOf(row, 'confirming') === 1,
        restricted: integerOf(row, 'restricted') === 1,
        secrecyUntilMs: optional(row, 'secrecy_until', integerOf) ?? null,
      }
    },
    async emergency(consumer, exchangeId) {
      const where = 'consumer = ? AND exchange_id = ?'
      const sql = `SELECT ${emergencyColumns} FROM emergency WHERE ${where}`
      const row = db.get(sql, consumer, exchangeId)
      return row === undefined ? undefined : emergencyOf(row, logs)
    },
    emergencies: async () =>
      db
        .all(
          `SELECT ${emergencyColumns} FROM emergency ORDER BY finding IS NULL AND confirmed = 0 DESC, idx DESC LIMIT ?`,
          mostEmergenciesRead,
        )
        .map((row) => emergencyOf(row, logs)),
    async emergencyCounts() {
      const row = db.get(`SELECT count(*) AS used, coalesce(sum(confirmed), 0) AS confirmed,
        count(*) FILTER (WHERE finding = 'justified') AS justified,
        count(*) FILTER (WHERE finding = 'unjustified') AS unjustified FROM emergency`)
      const count = (column: string): number => (row === undefined ? 0 : integerOf(row, column))
      return {
        used: count('used'),
        confirmed: count('confirmed'),
        justified: count('justified'),
        unjustified: count('unjustified'),
      }
    },
    ...restrictionReader(db, logs),
  }
}

function restrictionReader(
  db: Database,
  logs: LogTable,
): Pick<SafeguardReader, 'restriction' | 'secrecyUntil' | 'secrecyOrders'> {
  return {
    async restriction(subjectHandle) {
      const row = db.get('SELECT salt, idx FROM restriction WHERE subject = ?', subjectHandle)
      if (row === undefined) return undefined
      return {
        subjectHandle,
        salt: bytesOf(row, 'salt'),
        place: logs.placeOf(integerOf(row, 'idx')),
      }
    },
    async secrecyUntil(agreement, nowMs) {
      const row = db.get(`SELECT ${secrecyUntil('?1', '?2')} AS until`, agreement, nowMs)
      return row === undefined ? null : (optional(row, 'until', integerOf) ?? null)
    },
    secrecyOrders: async () =>
      db
        .all(`SELECT ${orderColumns} FROM secrecy_order ORDER BY idx`)
        .map((row) => orderOf(row, logs)),
  }
}

/** Writes of them. */
export function sqliteSafeguardTransaction(
  db: Database,
  logs: LogTable,
): Omit<SafeguardTransaction, keyof SafeguardReader> {
  return {
    async saveEmergency(row) {
      db.run(
        `INSERT INTO emergency (${emergencyColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        row.consumer,
        row.exchangeId,
        row.agreement,
        row.official,
        row.atMs,
        row.confirmed ? 1 : 0,
        logs.positionOf(row.place),
        row.finding,
      )
    },
    async saveFinding(consumer, exchangeId, finding) {
      const sql = 'UPDATE emergency SET finding = ? WHERE consumer = ? AND exchange_id = ?'
      db.run(sql, finding, consumer, exchangeId)
    },
    async saveRestriction({ subjectHandle, salt, place }) {
      const sql = 'INSERT INTO restriction (subject, salt, idx) VALUES (?, ?, ?)'
      db.run(sql, subjectHandle, salt, logs.positionOf(place))
    },
    async liftRestriction(subjectHandle) {
      db.run('DELETE FROM restriction WHERE subject = ?', subjectHandle)
    },
    async saveSecrecyOrder(row) {
      db.run(
        `INSERT INTO secrecy_order (${orderColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        logs.positionOf(row.place),
        row.agreement,
        row.name,
        row.law,
        row.authority,
        row.issuedAtMs,
        row.untilMs,
        row.digest,
        row.withheld,
        row.opened ? 1 : 0,
      )
    },
    async countWithheld(agreement) {
      const row = db.get(
        `UPDATE secrecy_order SET withheld = withheld + 1
         WHERE idx = (SELECT max(idx) FROM secrecy_order WHERE agreement = ?) RETURNING withheld`,
        agreement,
      )
      return row === undefined ? 0 : integerOf(row, 'withheld')
    },
    async openSecrecyOrder(place) {
      db.run('UPDATE secrecy_order SET opened = 1 WHERE idx = ?', logs.positionOf(place))
    },
  }
}
