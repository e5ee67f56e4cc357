import type { KeptAnswer, StoredExchange } from '../../person/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database } from './open-database.ts'

/** A question that was answered or denied before. */
export function readExchange(
  db: Database,
  logs: LogTable,
  { consumer, exchangeId }: Pick<StoredExchange, 'consumer' | 'exchangeId'>,
): StoredExchange | undefined {
  const row = db.get(
    `SELECT question_digest, exchange.idx, status, body, exchange.created_ms
     FROM exchange LEFT JOIN answer ON answer.idx = exchange.idx WHERE consumer = ? AND exchange_id = ?`,
    consumer,
    exchangeId,
  )
  if (row === undefined) return undefined
  return {
    consumer,
    exchangeId,
    questionDigest: textOf(row, 'question_digest'),
    place: logs.placeOf(integerOf(row, 'idx')),
    status: integerOf(row, 'status'),
    sealedBody: optional(row, 'body', bytesOf),
    createdAtMs: integerOf(row, 'created_ms'),
  }
}

/** The key of a stored answer while it is kept. */
export function readAnswerKey(
  db: Database,
  consumer: string,
  exchangeId: string,
): Uint8Array | undefined {
  const row = db.get(
    `SELECT key FROM answer_key
     WHERE idx = (SELECT idx FROM exchange WHERE consumer = ? AND exchange_id = ?)`,
    consumer,
    exchangeId,
  )
  return row === undefined ? undefined : bytesOf(row, 'key')
}

/** Claims a consumer's exchange id. */
export function writeExchange(
  db: Database,
  logs: LogTable,
  exchange: Omit<StoredExchange, 'sealedBody'>,
): void {
  db.run(
    'INSERT INTO exchange (consumer, exchange_id, question_digest, idx, status, created_ms) VALUES (?, ?, ?, ?, ?, ?)',
    exchange.consumer,
    exchange.exchangeId,
    exchange.questionDigest,
    logs.positionOf(exchange.place),
    exchange.status,
    exchange.createdAtMs,
  )
}

/** Keeps an answer and, apart from it, the key that opens it; both lie where the exchange's entry does. */
export function writeAnswer(db: Database, answer: KeptAnswer): void {
  const { consumer, exchangeId, sealedBody, key, createdAtMs } = answer
  const keep = (table: string, column: string, value: Uint8Array): void =>
    void db.run(
      `INSERT INTO ${table} (idx, created_ms, ${column})
       SELECT idx, ?, ? FROM exchange WHERE consumer = ? AND exchange_id = ?`,
      createdAtMs,
      value,
      consumer,
      exchangeId,
    )
  keep('answer', 'body', sealedBody)
  keep('answer_key', 'key', key)
}

/** Whether a consent was spent. */
export function readConsentSpent(db: Database, digest: string): boolean {
  return db.get('SELECT 1 FROM consent WHERE digest = ?', digest) !== undefined
}

/** Spends a consent. */
export function writeConsentSpent(db: Database, digest: string, expiresAtMs: number): void {
  db.run('INSERT INTO consent (digest, expires_ms) VALUES (?, ?)', digest, expiresAtMs)
}

/** They lie in the order of their time, so those to go are all before the first that stays. */
function destroyOld(table: string): string {
  return `DELETE FROM ${table} WHERE idx < coalesce(
    (SELECT idx FROM ${table} WHERE created_ms >= ? ORDER BY idx LIMIT 1), 9007199254740991)`
}

/** Destroys answers, their keys and outcomes made before `beforeMs`, and consents that expired. */
export function purgeKept(db: Database, beforeMs: number, nowMs: number): void {
  db.run(destroyOld('answer'), beforeMs)
  db.run(destroyOld('answer_key'), beforeMs)
  db.run('DELETE FROM consent WHERE expires_ms < ?', nowMs)
  db.run(
    "UPDATE ask SET outcome = NULL, question = NULL WHERE state <> 'asked' AND created_ms < ? AND (outcome IS NOT NULL OR question IS NOT NULL)",
    beforeMs,
  )
}
