import type { KeptAnswer, NonceUse, StoredExchange } from '../../person/index.ts'
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
    'SELECT question_digest, idx, status, body, created_ms FROM exchange WHERE consumer = ? AND exchange_id = ?',
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
    'SELECT key FROM answer_key WHERE consumer = ? AND exchange_id = ?',
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

/** Keeps an answer and, apart from it, the key that opens it. */
export function writeAnswer(db: Database, answer: KeptAnswer): void {
  const { consumer, exchangeId, sealedBody, key, createdAtMs } = answer
  db.run(
    'UPDATE exchange SET body = ? WHERE consumer = ? AND exchange_id = ?',
    sealedBody,
    consumer,
    exchangeId,
  )
  db.run(
    'INSERT INTO answer_key (consumer, exchange_id, key, created_ms) VALUES (?, ?, ?, ?)',
    consumer,
    exchangeId,
    key,
    createdAtMs,
  )
}

/** Remembers a nonce, and that it was replayed. */
export function writeNonce(
  db: Database,
  keyId: string,
  nonce: string,
  expiresAtMs: number,
): NonceUse {
  const { changes } = db.run(
    'INSERT OR IGNORE INTO nonce (key_id, nonce, expires_ms) VALUES (?, ?, ?)',
    keyId,
    nonce,
    expiresAtMs,
  )
  if (changes === 1) return 'fresh'
  const told = 'UPDATE nonce SET told = 1 WHERE key_id = ? AND nonce = ? AND told = 0'
  return db.run(told, keyId, nonce).changes === 1 ? 'replayed' : 'noise'
}

/** Whether a consent was spent. */
export function readConsentSpent(db: Database, digest: string): boolean {
  return db.get('SELECT 1 FROM consent WHERE digest = ?', digest) !== undefined
}

/** Spends a consent. */
export function writeConsentSpent(db: Database, digest: string, expiresAtMs: number): void {
  db.run('INSERT INTO consent (digest, expires_ms) VALUES (?, ?)', digest, expiresAtMs)
}

/** Destroys answers, their keys and outcomes made before `beforeMs`, and nonces that expired. */
export function purgeKept(db: Database, beforeMs: number, nowMs: number): void {
  db.run('UPDATE exchange SET body = NULL WHERE body IS NOT NULL AND created_ms < ?', beforeMs)
  db.run('DELETE FROM answer_key WHERE created_ms < ?', beforeMs)
  db.run('DELETE FROM nonce WHERE expires_ms < ?', nowMs)
  db.run('DELETE FROM consent WHERE expires_ms < ?', nowMs)
  db.run(
    "UPDATE ask SET outcome = NULL, question = NULL WHERE state <> 'asked' AND created_ms < ? AND (outcome IS NOT NULL OR question IS NOT NULL)",
    beforeMs,
  )
}
