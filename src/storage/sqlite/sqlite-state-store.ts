import type { HeadStore, StateStore, StoredHead } from '../../log/index.ts'
import type { ChainReader, ExchangeReader, ExchangeTransaction } from '../../person/index.ts'
import type { LedgerReader, LedgerTransaction } from '../../population/index.ts'
import { type LogTable, logTable } from './log-table.ts'
import { type Database, openDatabase } from './open-database.ts'
import { headSchema, stateSchema } from './schema.ts'
import {
  readAsk,
  readAskByKey,
  readAsksIn,
  readPeerHead,
  writeAsk,
  writePeerHead,
} from './sqlite-asks.ts'
import { type CapCounters, capCounters, readCapUse, readDenials } from './sqlite-caps.ts'
import {
  readChainEnd,
  readChainHeads,
  readChainLink,
  readChainLinkAt,
  readEntriesAbout,
  readEpoch,
  writeChain,
  writeEpoch,
} from './sqlite-chains.ts'
import {
  type AgreementMemory,
  agreementMemory,
  forgetAgreements,
  rememberedAgreements,
  sqliteAgreementReader,
  sqliteAgreementTransaction,
} from './sqlite-agreements.ts'
import { sqliteDirectoryReader, sqliteDirectoryTransaction } from './sqlite-directory.ts'
import { sqliteErasureReader, sqliteErasureTransaction } from './sqlite-erasures.ts'
import {
  purgeKept,
  readAnswerKey,
  readConsentSpent,
  readExchange,
  writeAnswer,
  writeConsentSpent,
  writeExchange,
} from './sqlite-exchanges.ts'
import { sqliteLedgerReader, sqliteLedgerTransaction } from './sqlite-ledger.ts'
import { sqliteIdentityReader, sqliteIdentityTransaction } from './sqlite-identities.ts'
import { sqliteRequestReader, sqliteRequestTransaction } from './sqlite-requests.ts'
import { sqliteSafeguardReader, sqliteSafeguardTransaction } from './sqlite-safeguards.ts'
import { nonceBook, type NonceBook } from './sqlite-nonces.ts'
import { readHead, sqliteLogReader, sqliteLogTransaction } from './sqlite-log.ts'
import { sqliteDrawReader, sqliteDrawTransaction } from './sqlite-draws.ts'
import { sqliteTraceReader, sqliteTraceTransaction } from './sqlite-traces.ts'
import { StorageError } from './storage-error.ts'
import { requireReadable, upgradeStore } from './upgrade/index.ts'

/** What every store in a SQLite file can do for its next life. */
export interface FoldedStore {
  /**
   * Writes whatever the write-ahead log holds into the file once more and syncs it. After a sync that
   * failed, the system may show bytes that are not on the disk; at a start nothing is built on them
   * before they are there.
   */
  foldIn(): void
}

/** All that is written in one transaction: about persons, and about populations. */
export type GatewayTransaction = ExchangeTransaction & LedgerTransaction

/** All that is read of the state store. */
export type GatewayReader = ExchangeReader & LedgerReader

/** A state store in one SQLite file, held by its only writer. */
export interface SqliteStateStore extends StateStore<GatewayTransaction>, FoldedStore, Disposable {
  /**
   * Writes the write-ahead log back and cuts it to nothing, so that no page from before the last
   * transaction is left in a file of the store: with `secure_delete`, what was deleted is gone.
   *
   * @throws {@link StorageError} `STORE_FAILED` when a reader is in the way for longer than 5 s
   */
  dropOldPages(): void
}

/** A connection for reading beside the writer; it sees what was committed. */
export interface SqliteReader extends ExchangeReader, LedgerReader, Disposable {
  /**
   * Runs reads that all see the store in one state. A read by itself fetches its pages anew after
   * every commit of the writer, these fetch them once. `reads` must wait for nothing but them.
   */
  inOneState(reads: () => Promise<void>): Promise<void>
}

/** Makes an empty state store. @throws {@link StorageError} when one stands there. */
export function createStateStore(path: string): void {
  const db = openDatabase(path, { mode: 'create' })
  db.script(stateSchema)
  db.close()
}

/** Makes an empty head store. @throws {@link StorageError} when one stands there. */
export function createHeadStore(path: string): void {
  const db = openDatabase(path, { mode: 'create' })
  db.script(headSchema)
  db.close()
}

function chainReader(db: Database, logs: LogTable): ChainReader {
  return {
    chainEnd: async (subjectHandle, chain) => readChainEnd(db, subjectHandle, chain),
    chainLink: async (subjectHandle, chain, seq) =>
      readChainLink(db, logs, { subjectHandle, chain, seq }),
    chainLinkAt: async (place) => readChainLinkAt(db, logs, place),
    chainHeads: async (before, after, most) => readChainHeads(db, logs, { before, after, most }),
    entriesAbout: async (subjectHandle) => readEntriesAbout(db, logs, subjectHandle),
    epoch: async (number) => readEpoch(db, logs, number),
    newestEpoch: async () => readEpoch(db, logs),
  }
}

function gatewayReader(db: Database, logs: LogTable): GatewayReader {
  return {
    ...sqliteLogReader(db, logs),
    exchange: async (consumer, exchangeId) => readExchange(db, logs, { consumer, exchangeId }),
    answerKey: async (consumer, exchangeId) => readAnswerKey(db, consumer, exchangeId),
    capUse: async (axes, nowMs) => readCapUse(db, axes, nowMs),
    denials: async (consumer, nowMs) => readDenials(db, consumer, nowMs),
    isConsentSpent: async (digest) => readConsentSpent(db, digest),
    ...chainReader(db, logs),
    ...sqliteErasureReader(db, logs),
    ...sqliteDirectoryReader(db, logs),
    ...sqliteSafeguardReader(db, logs),
    ...sqliteTraceReader(db, logs),
    ...sqliteDrawReader(db, logs),
    ...sqliteAgreementReader(db, logs),
    ...sqliteLedgerReader(db, logs),
    ...sqliteIdentityReader(db, logs),
    ...sqliteRequestReader(db, logs),
    ask: async (exchangeId) => readAsk(db, logs, exchangeId),
    askByIdempotencyKey: async (key) => readAskByKey(db, logs, key),
    asksIn: async (state) => readAsksIn(db, logs, state),
    peerHead: async (origin) => readPeerHead(db, origin),
  }
}

/** What the writer's connection has in memory. */
interface WriterMemory {
  readonly logs: LogTable
  readonly agreements: AgreementMemory
  readonly nonces: NonceBook
  readonly caps: CapCounters
}

function forgetAll({ logs, agreements, nonces, caps }: WriterMemory): void {
  logs.forget()
  forgetAgreements(agreements)
  nonces.forget()
  caps.forget()
}

function gatewayTransaction(db: Database, memory: WriterMemory): GatewayTransaction {
  const { logs, agreements, nonces, caps } = memory
  return {
    ...gatewayReader(db, logs),
    ...sqliteLogTransaction(db, logs),
    ...sqliteErasureTransaction(db, logs),
    ...sqliteDirectoryTransaction(db, logs),
    ...sqliteSafeguardTransaction(db, logs),
    ...sqliteTraceTransaction(db, logs),
    ...sqliteDrawTransaction(db, logs),
    ...sqliteAgreementTransaction(db, logs, agreements),
    ...sqliteLedgerTransaction(db, logs),
    ...sqliteIdentityTransaction(db, logs),
    ...sqliteRequestTransaction(db, logs),
    useNonce: async (keyId, nonce, expiresAtMs) => nonces.use(keyId, nonce, expiresAtMs),
    spendConsent: async (digest, expiresAtMs) => writeConsentSpent(db, digest, expiresAtMs),
    capUse: async (axes, nowMs) => caps.use(axes, nowMs),
    charge: async (axes, nowMs, counted) => caps.charge({ axes, nowMs, counted }),
    countDenial: async (consumer, nowMs) => caps.countDenial(consumer, nowMs),
    saveExchange: async (exchange) => writeExchange(db, logs, exchange),
    saveAnswer: async (answer) => writeAnswer(db, answer),
    saveChain: async (row) => writeChain(db, logs, row),
    saveEpoch: async (row) => writeEpoch(db, logs, row),
    saveAsk: async (row) => writeAsk(db, logs, row),
    savePeerHead: async (head) => writePeerHead(db, head),
    async purge(beforeMs, nowMs) {
      purgeKept(db, beforeMs, nowMs)
      nonces.purge(nowMs)
    },
  }
}

/**
 * Opens the state store for writing. The caller runs one transaction after another; two at a time
 * are refused, because a connection has one transaction only.
 */
export function openStateStore(path: string): SqliteStateStore {
  const db = openDatabase(path, { mode: 'write' })
  upgradeStore(db, 'state')
  const memory = {
    logs: logTable(db),
    agreements: agreementMemory(),
    nonces: nonceBook(db),
    caps: capCounters(db),
  }
  const tx = gatewayTransaction(db, memory)
  let busy = false
  return {
    async transaction(work) {
      if (busy) throw new TypeError('transactions of a state store run one after another')
      busy = true
      try {
        db.script('BEGIN IMMEDIATE')
        const result = await work(tx)
        db.script('COMMIT')
        return result
      } catch (cause) {
        rollBack(db)
        forgetAll(memory)
        throw cause
      } finally {
        busy = false
      }
    },
    foldIn: () => foldIn(db),
    dropOldPages: () => dropOldPages(db),
    [Symbol.dispose]: () => db.close(),
  }
}

function dropOldPages(db: Database): void {
  if (db.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] === 0) return
  throw new StorageError(
    'STORE_FAILED',
    'A reader keeps the write-ahead log from being cut; stop other programs that read the store.',
  )
}

function foldIn(db: Database): void {
  // A reader that is in the way keeps the log from being cut, not from being written back.
  db.get('PRAGMA wal_checkpoint(TRUNCATE)')
}

function rollBack(db: Database): void {
  try {
    db.script('ROLLBACK')
  } catch {
    // SQLite has rolled back by itself after a failed COMMIT; there is nothing left to undo.
  }
}

/** Opens the state store for reading only. */
export function openStateReader(path: string): SqliteReader {
  const db = openDatabase(path, { mode: 'read' })
  requireReadable(db)
  const logs = logTable(db)
  const anew = gatewayReader(db, logs)
  const memory = agreementMemory()
  const remembered = rememberedAgreements(db, logs, memory)
  let agreements: Pick<GatewayReader, 'agreementEvents' | 'witnessedMs'> = anew
  return {
    ...anew,
    agreementEvents: (agreement) => agreements.agreementEvents(agreement),
    witnessedMs: () => agreements.witnessedMs(),
    async inOneState(reads) {
      db.script('BEGIN')
      agreements = remembered
      try {
        await reads()
      } finally {
        agreements = anew
        forgetAgreements(memory)
        db.script('COMMIT')
      }
    },
    [Symbol.dispose]: () => db.close(),
  }
}

function writeHead(db: Database, head: StoredHead): void {
  db.run(
    `INSERT INTO head (log, checkpoint, size, time_ms) VALUES (0, ?, ?, ?)
     ON CONFLICT (log) DO UPDATE SET checkpoint = excluded.checkpoint, size = excluded.size, time_ms = excluded.time_ms`,
    head.checkpoint,
    head.size,
    head.timeMs,
  )
}

/** Opens the head store, the second and separate memory of the newest head. */
export function openHeadStore(path: string): HeadStore & FoldedStore & Disposable {
  const db = openDatabase(path, { mode: 'write' })
  upgradeStore(db, 'head')
  return {
    read: async () => readHead(db, 0),
    write: async (head) => writeHead(db, head),
    foldIn: () => foldIn(db),
    [Symbol.dispose]: () => db.close(),
  }
}

/** Opens the head store for reading, also beside the gateway that writes it. */
export function openHeadReader(path: string): Pick<HeadStore, 'read'> & Disposable {
  const db = openDatabase(path, { mode: 'read' })
  requireReadable(db)
  return { read: async () => readHead(db, 0), [Symbol.dispose]: () => db.close() }
}
