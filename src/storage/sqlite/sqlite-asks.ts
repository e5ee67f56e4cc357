import { type AskRow, mostAsksRead, type PeerHead } from '../../person/index.ts'
import type { LogTable } from './log-table.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

const columns =
  'exchange_id, idempotency_key, request_digest, provider, question, state, asked_idx, received_idx, outcome, provisional, witnessed_ms, alarmed_ms, created_ms'

function stateOf(row: SqlRow): AskRow['state'] {
  const state = textOf(row, 'state')
  if (state === 'asked' || state === 'received' || state === 'failed') return state
  throw new StorageError('STORE_FAILED', 'A question that was asked has an unknown state.')
}

function askOf(row: SqlRow, logs: LogTable): AskRow {
  const received = optional(row, 'received_idx', integerOf)
  return {
    exchangeId: textOf(row, 'exchange_id'),
    idempotencyKey: textOf(row, 'idempotency_key'),
    requestDigest: textOf(row, 'request_digest'),
    provider: textOf(row, 'provider'),
    sealedQuestion: optional(row, 'question', bytesOf),
    state: stateOf(row),
    asked: logs.placeOf(integerOf(row, 'asked_idx')),
    received: received === undefined ? undefined : logs.placeOf(received),
    sealedOutcome: optional(row, 'outcome', bytesOf),
    provisional: optional(row, 'provisional', textOf),
    witnessedAtMs: optional(row, 'witnessed_ms', integerOf),
    alarmedAtMs: optional(row, 'alarmed_ms', integerOf),
    createdAtMs: integerOf(row, 'created_ms'),
  }
}

/** One question that this organisation asked. */
export function readAsk(db: Database, logs: LogTable, exchangeId: string): AskRow | undefined {
  const row = db.get(`SELECT ${columns} FROM ask WHERE exchange_id = ?`, exchangeId)
  return row === undefined ? undefined : askOf(row, logs)
}

/** The question that a caller's own key stands for. */
export function readAskByKey(db: Database, logs: LogTable, key: string): AskRow | undefined {
  const row = db.get(`SELECT ${columns} FROM ask WHERE idempotency_key = ?`, key)
  return row === undefined ? undefined : askOf(row, logs)
}

const inState = `SELECT ${columns} FROM ask WHERE state = ? ORDER BY created_ms LIMIT ${mostAsksRead}`
const provisional = `SELECT ${columns} FROM ask
  WHERE provisional IS NOT NULL AND witnessed_ms IS NULL AND state = 'received'
  ORDER BY alarmed_ms IS NOT NULL, created_ms LIMIT ${mostAsksRead}`

/** Questions in one state, as `ExchangeReader.asksIn` describes. */
export function readAsksIn(
  db: Database,
  logs: LogTable,
  state: AskRow['state'] | 'provisional',
): readonly AskRow[] {
  const rows = state === 'provisional' ? db.all(provisional) : db.all(inState, state)
  return rows.map((row) => askOf(row, logs))
}

/** Writes the row as it now is, in place of what stood under its `exchangeId`. */
export function writeAsk(db: Database, logs: LogTable, row: AskRow): void {
  db.run(
    `INSERT INTO ask (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (exchange_id) DO UPDATE SET question = excluded.question, state = excluded.state,
       received_idx = excluded.received_idx, outcome = excluded.outcome,
       provisional = excluded.provisional, witnessed_ms = excluded.witnessed_ms,
       alarmed_ms = excluded.alarmed_ms`,
    row.exchangeId,
    row.idempotencyKey,
    row.requestDigest,
    row.provider,
    row.sealedQuestion ?? null,
    row.state,
    logs.positionOf(row.asked),
    row.received === undefined ? null : logs.positionOf(row.received),
    row.sealedOutcome ?? null,
    row.provisional ?? null,
    row.witnessedAtMs ?? null,
    row.alarmedAtMs ?? null,
    row.createdAtMs,
  )
}

/** The newest verified checkpoint of a peer's log. */
export function readPeerHead(db: Database, origin: string): PeerHead | undefined {
  const row = db.get('SELECT origin, checkpoint, size FROM peer_head WHERE origin = ?', origin)
  if (row === undefined) return undefined
  return {
    origin: textOf(row, 'origin'),
    checkpoint: textOf(row, 'checkpoint'),
    size: integerOf(row, 'size'),
  }
}

/** Remembers a peer's checkpoint; an older one never replaces a newer one. */
export function writePeerHead(db: Database, head: PeerHead): void {
  db.run(
    `INSERT INTO peer_head (origin, checkpoint, size) VALUES (?, ?, ?)
     ON CONFLICT (origin) DO UPDATE SET checkpoint = excluded.checkpoint, size = excluded.size
     WHERE excluded.size >= size`,
    head.origin,
    head.checkpoint,
    head.size,
  )
}
