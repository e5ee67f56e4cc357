import {
  type AnalysisReader,
  type AnalysisRow,
  type AnalysisTransaction,
  mostAnalyses,
} from '../../population/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'

function analysisOf(row: SqlRow, logs: LogTable): AnalysisRow {
  return {
    exchangeId: textOf(row, 'exchange_id'),
    provider: textOf(row, 'provider'),
    agreement: { id: textOf(row, 'agreement'), version: integerOf(row, 'version') },
    analyst: textOf(row, 'analyst'),
    query: bytesOf(row, 'query'),
    code: optional(row, 'code', textOf) ?? null,
    answer: bytesOf(row, 'answer'),
    place: logs.placeOf(integerOf(row, 'idx')),
    atMs: integerOf(row, 'at_ms'),
  }
}

/** Reads of own questions about populations, through one connection. */
export function sqliteAnalysisReader(db: Database, logs: LogTable): AnalysisReader {
  return {
    async analysis(exchangeId) {
      const row = db.get('SELECT * FROM analysis WHERE exchange_id = ?', exchangeId)
      return row === undefined ? undefined : analysisOf(row, logs)
    },
    async analysesOf(analysts) {
      if (analysts.length === 0) return []
      const places = analysts.map(() => '?').join(', ')
      const sql = `SELECT * FROM analysis WHERE analyst IN (${places}) ORDER BY idx DESC LIMIT ${mostAnalyses}`
      return db.all(sql, ...analysts).map((row) => analysisOf(row, logs))
    },
  }
}

/** Writes of them within the connection's open transaction. */
export function sqliteAnalysisWrites(
  db: Database,
  logs: LogTable,
): Omit<AnalysisTransaction, keyof AnalysisReader> {
  return {
    async saveAnalysis(row) {
      db.run(
        'INSERT INTO analysis (exchange_id, provider, agreement, version, analyst, query, code, answer, idx, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        row.exchangeId,
        row.provider,
        row.agreement.id,
        row.agreement.version,
        row.analyst,
        row.query,
        row.code,
        row.answer,
        logs.positionOf(row.place),
        row.atMs,
      )
    },
  }
}
