import type { EntryPlace } from '../../log/index.ts'
import {
  type DayCount,
  mostSignalsRead,
  type QuestionTrace,
  type SignalDecision,
  type SignalRow,
  signalVerdicts,
  type TraceReader,
  type TraceSide,
  type TraceTransaction,
} from '../../person/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

type Facts = Pick<QuestionTrace, 'elements' | 'bounds' | 'near' | 'kin' | 'idle'>

/** What this store wrote itself, in the same form. */
function factsOf(row: SqlRow): Facts {
  return JSON.parse(textOf(row, 'facts')) as Facts
}

function sideOf(row: SqlRow): TraceSide {
  return textOf(row, 'side') === 'consumer' ? 'consumer' : 'provider'
}

function traceOf(row: SqlRow, logs: LogTable): QuestionTrace {
  return {
    place: logs.placeOf(integerOf(row, 'idx')),
    atMs: integerOf(row, 'at_ms'),
    side: sideOf(row),
    consumer: textOf(row, 'consumer'),
    provider: textOf(row, 'provider'),
    agreement: textOf(row, 'agreement'),
    official: textOf(row, 'official'),
    subject: textOf(row, 'subject'),
    caseHandle: textOf(row, 'case_handle'),
    ...factsOf(row),
  }
}

function readTraces(
  db: Database,
  logs: LogTable,
  before: EntryPlace | undefined,
  most: number,
): readonly QuestionTrace[] {
  const end = before === undefined ? Number.MAX_SAFE_INTEGER : logs.positionOf(before)
  return db
    .all('SELECT * FROM trace WHERE idx < ? ORDER BY idx DESC LIMIT ?', end, most)
    .map((row) => traceOf(row, logs))
}

function countOf(row: SqlRow): DayCount {
  return {
    side: sideOf(row),
    consumer: textOf(row, 'consumer'),
    agreement: textOf(row, 'agreement'),
    official: textOf(row, 'official'),
    day: integerOf(row, 'day'),
    asked: integerOf(row, 'asked'),
    fresh: integerOf(row, 'fresh'),
  }
}

function decisionOf(row: SqlRow, logs: LogTable): SignalDecision | undefined {
  const verdict = optional(row, 'verdict', textOf)
  if (verdict === undefined) return undefined
  const known = signalVerdicts.find((one) => one === verdict)
  if (known === undefined) throw new StorageError('STORE_FAILED', 'A signal has no known verdict.')
  return {
    verdict: known,
    by: textOf(row, 'decided_by'),
    place: logs.placeOf(integerOf(row, 'decided_idx')),
    atMs: integerOf(row, 'decided_ms'),
  }
}

function signalOf(row: SqlRow, logs: LogTable): SignalRow {
  return {
    id: textOf(row, 'id'),
    topic: textOf(row, 'topic'),
    place: logs.placeOf(integerOf(row, 'idx')),
    atMs: integerOf(row, 'at_ms'),
    document: bytesOf(row, 'document'),
    r: bytesOf(row, 'r'),
    decision: decisionOf(row, logs),
  }
}

function readOne(
  db: Database,
  logs: LogTable,
  where: string,
  value: string,
): SignalRow | undefined {
  const row = db.get(`SELECT * FROM signal WHERE ${where} = ? ORDER BY idx DESC LIMIT 1`, value)
  return row === undefined ? undefined : signalOf(row, logs)
}

/** Reads of traces and signals, through one connection. */
export function sqliteTraceReader(db: Database, logs: LogTable): TraceReader {
  return {
    tracesBefore: async (before, most) => readTraces(db, logs, before, most),
    dayCounts: async () =>
      db
        .all('SELECT * FROM day_count ORDER BY day, side, consumer, agreement, official')
        .map((row) => countOf(row)),
    signals: async () =>
      db
        .all('SELECT * FROM signal ORDER BY idx DESC LIMIT ?', mostSignalsRead)
        .map((row) => signalOf(row, logs)),
    signal: async (id) => readOne(db, logs, 'id', id),
    signalAbout: async (topic) => readOne(db, logs, 'topic', topic),
  }
}

function writeTrace(db: Database, logs: LogTable, trace: QuestionTrace): void {
  const { elements, bounds, near, kin, idle } = trace
  db.run(
    `INSERT INTO trace (idx, at_ms, side, consumer, provider, agreement, official, subject, case_handle, facts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    logs.positionOf(trace.place),
    trace.atMs,
    trace.side,
    trace.consumer,
    trace.provider,
    trace.agreement,
    trace.official,
    trace.subject,
    trace.caseHandle,
    JSON.stringify({ elements, bounds, near, kin, idle }),
  )
}

function writeCount(db: Database, count: DayCount): void {
  db.run(
    'INSERT OR IGNORE INTO day_count (day, side, consumer, agreement, official, asked, fresh) VALUES (?, ?, ?, ?, ?, ?, ?)',
    count.day,
    count.side,
    count.consumer,
    count.agreement,
    count.official,
    count.asked,
    count.fresh,
  )
}

/** Traces lie in the order of their time, so those to go are all before the first that stays. */
function dropTraces(db: Database, beforeMs: number, beforeDay: number): void {
  db.run(
    `DELETE FROM trace WHERE idx < coalesce((SELECT idx FROM trace WHERE at_ms >= ?1 ORDER BY idx LIMIT 1), 9007199254740991)`,
    beforeMs,
  )
  db.run('DELETE FROM day_count WHERE day < ?', beforeDay)
}

function writeSignal(db: Database, logs: LogTable, row: Omit<SignalRow, 'decision'>): void {
  db.run(
    'INSERT INTO signal (id, topic, idx, at_ms, document, r) VALUES (?, ?, ?, ?, ?, ?)',
    row.id,
    row.topic,
    logs.positionOf(row.place),
    row.atMs,
    row.document,
    row.r,
  )
}

/** Writes of them within the connection's open transaction. */
export function sqliteTraceTransaction(db: Database, logs: LogTable): TraceTransaction {
  return {
    ...sqliteTraceReader(db, logs),
    saveTrace: async (trace) => writeTrace(db, logs, trace),
    saveDayCounts: async (counts) => counts.forEach((count) => writeCount(db, count)),
    dropTraces: async (beforeMs, beforeDay) => dropTraces(db, beforeMs, beforeDay),
    saveSignal: async (row) => writeSignal(db, logs, row),
    saveSignalDecision: async (id, { verdict, by, place, atMs }) =>
      void db.run(
        'UPDATE signal SET verdict = ?, decided_by = ?, decided_idx = ?, decided_ms = ? WHERE id = ?',
        verdict,
        by,
        logs.positionOf(place),
        atMs,
        id,
      ),
  }
}
