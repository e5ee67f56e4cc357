import {
  type AskRow,
  type KeptAnswer,
  mostAsksRead,
  type NonceUse,
  type PeerHead,
  type StoredExchange,
} from '../../person/index.ts'
import { type MemoryTables, pairKey, requireNew } from './memory-tables.ts'

/** Remembers a nonce, and that it was replayed. */
export function useNonce(tables: MemoryTables, pair: string, expiresAtMs: number): NonceUse {
  const before = tables.nonces.get(pair)
  const isTold = before !== undefined
  tables.nonces.set(pair, { expiresAtMs: before?.expiresAtMs ?? expiresAtMs, isTold })
  if (before === undefined) return 'fresh'
  return before.isTold ? 'noise' : 'replayed'
}

/** Spends a consent. */
export function spendConsent(tables: MemoryTables, digest: string, expiresAtMs: number): void {
  requireNew(tables.consents.has(digest), 'a spent consent')
  tables.consents.set(digest, expiresAtMs)
}

/** Claims a consumer's exchange id. */
export function saveExchange(
  tables: MemoryTables,
  exchange: Omit<StoredExchange, 'sealedBody'>,
): void {
  const key = pairKey(exchange.consumer, exchange.exchangeId)
  requireNew(tables.exchanges.has(key), 'an exchange')
  tables.exchanges.set(key, { ...exchange, sealedBody: undefined })
}

/** Keeps an answer and, apart from it, the key that opens it. */
export function saveAnswer(tables: MemoryTables, answer: KeptAnswer): void {
  const place = pairKey(answer.consumer, answer.exchangeId)
  const { sealedBody, key, createdAtMs } = answer
  requireNew(tables.answerKeys.has(place), 'the key of an answer')
  const exchange = tables.exchanges.get(place)
  if (exchange !== undefined) tables.exchanges.set(place, { ...exchange, sealedBody })
  tables.answerKeys.set(place, { key, createdAtMs })
}

/** The question that a caller's own key stands for. */
export function askByKey(tables: MemoryTables, key: string): AskRow | undefined {
  return [...tables.asks.values()].find((row) => row.idempotencyKey === key)
}

/** Questions in one state, as `ExchangeReader.asksIn` describes. */
export function asksIn(
  tables: MemoryTables,
  state: AskRow['state'] | 'provisional',
): readonly AskRow[] {
  const isProvisional = state === 'provisional'
  const isIn = (row: AskRow): boolean =>
    isProvisional ? row.provisional !== undefined && row.witnessedAtMs === undefined : true
  const alarmed = (row: AskRow): number => (isProvisional && row.alarmedAtMs !== undefined ? 1 : 0)
  return [...tables.asks.values()]
    .filter((row) => row.state === (isProvisional ? 'received' : state) && isIn(row))
    .toSorted((a, b) => alarmed(a) - alarmed(b) || a.createdAtMs - b.createdAtMs)
    .slice(0, mostAsksRead)
}

/** Writes the row as it now is; what a question is known by stays as it was. */
export function saveAsk(tables: MemoryTables, row: AskRow): void {
  const before = tables.asks.get(row.exchangeId)
  const sameKey = askByKey(tables, row.idempotencyKey)
  requireNew(before === undefined && sameKey !== undefined, 'an idempotency key')
  const { idempotencyKey, requestDigest, provider, asked, createdAtMs } = before ?? row
  const identity = { idempotencyKey, requestDigest, provider, asked, createdAtMs }
  tables.asks.set(row.exchangeId, { ...row, ...identity })
}

/** Remembers a peer's checkpoint; an older one never replaces a newer one. */
export function savePeerHead(tables: MemoryTables, head: PeerHead): void {
  const before = tables.peerHeads.get(head.origin)
  if (before === undefined || head.size >= before.size) tables.peerHeads.set(head.origin, head)
}

function purgeSpent({ nonces, consents }: MemoryTables, nowMs: number): void {
  for (const [key, { expiresAtMs }] of nonces) if (expiresAtMs < nowMs) nonces.delete(key)
  for (const [digest, expiresAtMs] of consents) if (expiresAtMs < nowMs) consents.delete(digest)
}

/** Destroys answers, their keys and outcomes made before `beforeMs`, and spent nonces. */
export function purge(tables: MemoryTables, beforeMs: number, nowMs: number): void {
  for (const [key, row] of tables.exchanges) {
    const isOld = row.sealedBody !== undefined && row.createdAtMs < beforeMs
    if (isOld) tables.exchanges.set(key, { ...row, sealedBody: undefined })
  }
  for (const [key, { createdAtMs }] of tables.answerKeys)
    if (createdAtMs < beforeMs) tables.answerKeys.delete(key)
  purgeSpent(tables, nowMs)
  for (const [key, row] of tables.asks) {
    if (row.state === 'asked' || row.createdAtMs >= beforeMs) continue
    tables.asks.set(key, { ...row, sealedOutcome: undefined, sealedQuestion: undefined })
  }
}
