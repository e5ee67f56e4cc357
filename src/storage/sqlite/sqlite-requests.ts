import {
  type CorrectionNoticeRow,
  type CorrectionRow,
  mostRequestsRead,
  type NoticeState,
  type RequestKind,
  requestKinds,
  type RequestReader,
  type RequestRow,
  type RequestState,
  type RequestStep,
  type RequestStepRow,
  type RequestTransaction,
} from '../../person/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

function oneOf<Word extends string>(row: SqlRow, column: string, words: readonly Word[]): Word {
  const text = textOf(row, column)
  const word = words.find((one) => one === text)
  if (word === undefined)
    throw new StorageError('STORE_FAILED', `Column "${column}" holds an unknown word.`)
  return word
}

const states: readonly RequestState[] = ['received', 'extended', 'granted', 'refused']
const steps: readonly RequestStep[] = ['filed', 'opened', 'extended', 'decided']
const noticeStates: readonly NoticeState[] = ['waiting', 'received', 'unknown']
const kinds: readonly RequestKind[] = requestKinds

const requestColumns = 'number, id, kind, subject, filed_ms, due_ms, state, decided_ms'
const noticeColumns =
  'number, consumer, exchange_id, elements, corrected_ms, hidden_ms, state, receipt, told_idx, settled_ms'
const correctionColumns =
  'idx, provider, exchange_id, digest, elements, corrected_ms, commitment, at_ms'

function requestOf(row: SqlRow): RequestRow {
  return {
    number: integerOf(row, 'number'),
    id: textOf(row, 'id'),
    kind: oneOf(row, 'kind', kinds),
    subjectHandle: textOf(row, 'subject'),
    filedAtMs: integerOf(row, 'filed_ms'),
    dueMs: integerOf(row, 'due_ms'),
    state: oneOf(row, 'state', states),
    decidedAtMs: optional(row, 'decided_ms', integerOf) ?? null,
  }
}

function stepOf(row: SqlRow, logs: LogTable): RequestStepRow {
  return {
    number: integerOf(row, 'number'),
    step: oneOf(row, 'step', steps),
    place: logs.placeOf(integerOf(row, 'idx')),
    atMs: integerOf(row, 'at_ms'),
    sealed: optional(row, 'sealed', bytesOf),
  }
}

/** Names of elements hold no space. */
function elementsOf(row: SqlRow): readonly string[] {
  return textOf(row, 'elements').split(' ')
}

function noticeOf(row: SqlRow, logs: LogTable): CorrectionNoticeRow {
  const told = optional(row, 'told_idx', integerOf)
  return {
    number: integerOf(row, 'number'),
    consumer: textOf(row, 'consumer'),
    exchangeId: textOf(row, 'exchange_id'),
    elements: elementsOf(row),
    correctedAtMs: integerOf(row, 'corrected_ms'),
    hiddenUntilMs: optional(row, 'hidden_ms', integerOf) ?? null,
    state: oneOf(row, 'state', noticeStates),
    receipt: optional(row, 'receipt', bytesOf),
    told: told === undefined ? undefined : logs.placeOf(told),
    settledAtMs: optional(row, 'settled_ms', integerOf) ?? null,
  }
}

function correctionOf(row: SqlRow, logs: LogTable): CorrectionRow {
  return {
    provider: textOf(row, 'provider'),
    exchangeId: textOf(row, 'exchange_id'),
    digest: textOf(row, 'digest'),
    elements: elementsOf(row),
    correctedAtMs: integerOf(row, 'corrected_ms'),
    place: logs.placeOf(integerOf(row, 'idx')),
    commitment: textOf(row, 'commitment'),
    atMs: integerOf(row, 'at_ms'),
  }
}

/** Reads of requests and corrections. */
export function sqliteRequestReader(db: Database, logs: LogTable): RequestReader {
  const requestWhere = (where: string, value: string | number): RequestRow | undefined => {
    const row = db.get(`SELECT ${requestColumns} FROM request WHERE ${where} = ?`, value)
    return row === undefined ? undefined : requestOf(row)
  }
  return {
    request: async (number) => requestWhere('number', number),
    requestById: async (id) => requestWhere('id', id),
    requestsOf: async (subjectHandle) =>
      db
        .all(
          `SELECT ${requestColumns} FROM request WHERE subject = ? ORDER BY number`,
          subjectHandle,
        )
        .map(requestOf),
    requests: async () =>
      db
        .all(
          `SELECT ${requestColumns} FROM request
           ORDER BY decided_ms IS NOT NULL, CASE WHEN decided_ms IS NULL THEN due_ms ELSE -number END, number
           LIMIT ?`,
          mostRequestsRead,
        )
        .map(requestOf),
    async requestCount() {
      const row = db.get('SELECT coalesce(max(number), 0) AS n FROM request')
      return row === undefined ? 0 : integerOf(row, 'n')
    },
    requestSteps: async (number) =>
      db
        .all(
          'SELECT idx, number, step, at_ms, sealed FROM request_step WHERE number = ? ORDER BY idx',
          number,
        )
        .map((row) => stepOf(row, logs)),
    correctionNotices: async (number) =>
      db
        .all(
          `SELECT ${noticeColumns} FROM correction_notice WHERE number = ? ORDER BY consumer, exchange_id`,
          number,
        )
        .map((row) => noticeOf(row, logs)),
    waitingNotices: async () =>
      db
        .all(
          `SELECT ${noticeColumns} FROM correction_notice WHERE state = 'waiting'
           ORDER BY corrected_ms, number, consumer, exchange_id LIMIT ?`,
          mostRequestsRead,
        )
        .map((row) => noticeOf(row, logs)),
    corrections: async (exchangeId) =>
      db
        .all(
          `SELECT ${correctionColumns} FROM correction WHERE exchange_id = ? ORDER BY idx`,
          exchangeId,
        )
        .map((row) => correctionOf(row, logs)),
  }
}

/** Writes of them. */
export function sqliteRequestTransaction(
  db: Database,
  logs: LogTable,
): Omit<RequestTransaction, keyof RequestReader> {
  return {
    async saveRequest(row) {
      db.run(
        `INSERT INTO request (${requestColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        row.number,
        row.id,
        row.kind,
        row.subjectHandle,
        row.filedAtMs,
        row.dueMs,
        row.state,
        row.decidedAtMs,
      )
    },
    async moveRequest({ number, state, dueMs, decidedAtMs }) {
      const sql = 'UPDATE request SET state = ?, due_ms = ?, decided_ms = ? WHERE number = ?'
      db.run(sql, state, dueMs, decidedAtMs, number)
    },
    async saveRequestStep({ number, step, place, atMs, sealed }) {
      db.run(
        'INSERT INTO request_step (idx, number, step, at_ms, sealed) VALUES (?, ?, ?, ?, ?)',
        logs.positionOf(place),
        number,
        step,
        atMs,
        sealed ?? null,
      )
    },
    ...correctionTransaction(db, logs),
  }
}

function correctionTransaction(
  db: Database,
  logs: LogTable,
): Pick<RequestTransaction, 'saveCorrectionNotice' | 'settleCorrectionNotice' | 'saveCorrection'> {
  return {
    async saveCorrectionNotice(row) {
      db.run(
        `INSERT INTO correction_notice (${noticeColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        row.number,
        row.consumer,
        row.exchangeId,
        row.elements.join(' '),
        row.correctedAtMs,
        row.hiddenUntilMs,
        row.state,
        row.receipt ?? null,
        row.told === undefined ? null : logs.positionOf(row.told),
        row.settledAtMs,
      )
    },
    async settleCorrectionNotice(row) {
      db.run(
        `UPDATE correction_notice SET state = ?, receipt = ?, told_idx = ?, settled_ms = ?
         WHERE number = ? AND consumer = ? AND exchange_id = ?`,
        row.state,
        row.receipt ?? null,
        row.told === undefined ? null : logs.positionOf(row.told),
        row.settledAtMs,
        row.number,
        row.consumer,
        row.exchangeId,
      )
    },
    async saveCorrection(row) {
      db.run(
        `INSERT INTO correction (${correctionColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        logs.positionOf(row.place),
        row.provider,
        row.exchangeId,
        row.digest,
        row.elements.join(' '),
        row.correctedAtMs,
        row.commitment,
        row.atMs,
      )
    },
  }
}
