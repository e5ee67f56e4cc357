import type { HeadStore, StateStore, StoredHead } from '../../log/index.ts'
import type { DirectoryRow, ExchangeReader, ExchangeTransaction } from '../../person/index.ts'
import { memoryAgreementReader, memoryAgreementWrites } from './memory-agreements.ts'
import { memoryCapUse, memoryCharge, memoryDenials } from './memory-caps.ts'
import { memoryChainReader, saveChain, saveEpoch } from './memory-chains.ts'
import {
  askByKey,
  asksIn,
  purge,
  saveAnswer,
  saveAsk,
  saveExchange,
  savePeerHead,
  spendConsent,
  useNonce,
} from './memory-exchanges.ts'
import { memoryErasureReader, memoryErasureWrites } from './memory-erasures.ts'
import { memoryDrawReader, memoryDrawWrites } from './memory-draws.ts'
import { memoryTraceReader, memoryTraceWrites } from './memory-traces.ts'
import { memoryIdentityReader, memoryIdentityWrites } from './memory-identities.ts'
import { memoryLogReader, memoryLogWrites } from './memory-log.ts'
import type { LedgerReader, LedgerTransaction } from '../../population/index.ts'
import { memoryLedgerReader, memoryLedgerWrites } from './memory-ledger.ts'
import { memoryRequestReader, memoryRequestWrites } from './memory-requests.ts'
import { memorySafeguardReader, memorySafeguardWrites } from './memory-safeguards.ts'
import { copyTables, emptyTables, type MemoryTables, pairKey, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

/** A disk that holds a state store and, apart from it, a head store: what survives a crash. */
export interface MemoryDisk {
  /** What is durable. Replaced as a whole by every commit, never changed. */
  tables: MemoryTables
  head: StoredHead | undefined
}

/** A disk with two empty stores. */
export function memoryDisk(): MemoryDisk {
  return { tables: emptyTables(), head: undefined }
}

/** Reads of whatever `tables` gives at the time of the call. */
export function memoryReader(
  tables: () => MemoryTables,
  call: PortCall,
): ExchangeReader & LedgerReader {
  return {
    ...memoryLogReader(tables, call),
    ...memoryErasureReader(tables, call),
    ...memoryChainReader(tables, call),
    ...memorySafeguardReader(tables, call),
    ...memoryTraceReader(tables),
    ...memoryDrawReader(tables),
    ...memoryLedgerReader(tables, call),
    ...memoryIdentityReader(tables, call),
    ...memoryRequestReader(tables, call),
    exchange: (consumer, id) =>
      call('exchange', () => tables().exchanges.get(pairKey(consumer, id))),
    answerKey: (consumer, id) =>
      call('answerKey', () => tables().answerKeys.get(pairKey(consumer, id))?.key),
    capUse: (axes, nowMs) => call('capUse', () => memoryCapUse(tables(), axes, nowMs)),
    denials: (consumer, nowMs) => call('denials', () => memoryDenials(tables(), consumer, nowMs)),
    isConsentSpent: (digest) => call('isConsentSpent', () => tables().consents.has(digest)),
    ...memoryAgreementReader(tables, call),
    ask: (id) => call('ask', () => tables().asks.get(id)),
    askByIdempotencyKey: (key) => call('askByIdempotencyKey', () => askByKey(tables(), key)),
    asksIn: (state) => call('asksIn', () => asksIn(tables(), state)),
    directoryRecords: () => call('directoryRecords', () => [...tables().directoryRecords]),
    peerHead: (origin) => call('peerHead', () => tables().peerHeads.get(origin)),
  }
}

function saveDirectoryRecord(draft: MemoryTables, row: DirectoryRow): void {
  const isThere = draft.directoryRecords.some(
    ({ organisation, version }) => organisation === row.organisation && version === row.version,
  )
  requireNew(isThere, 'a directory record')
  draft.directoryRecords.push(row)
}

function memoryTransaction(
  draft: MemoryTables,
  call: PortCall,
): ExchangeTransaction & LedgerTransaction {
  return {
    ...memoryReader(() => draft, call),
    ...memoryLogWrites(draft, call),
    ...memoryErasureWrites(draft, call),
    ...memorySafeguardWrites(draft, call),
    ...memoryTraceWrites(draft),
    ...memoryDrawWrites(draft),
    ...memoryLedgerWrites(draft, call),
    ...memoryIdentityWrites(draft, call),
    ...memoryRequestWrites(draft, call),
    useNonce: (keyId, nonce, until) =>
      call('useNonce', () => useNonce(draft, pairKey(keyId, nonce), until)),
    spendConsent: (digest, until) => call('spendConsent', () => spendConsent(draft, digest, until)),
    charge: (axes, nowMs, counted) =>
      call('charge', () => memoryCharge(draft, { axes, nowMs, counted })),
    countDenial: (consumer, atMs) =>
      call('countDenial', () => void draft.denials.push({ consumer, atMs })),
    saveExchange: (exchange) => call('saveExchange', () => saveExchange(draft, exchange)),
    saveAnswer: (answer) => call('saveAnswer', () => saveAnswer(draft, answer)),
    saveChain: (row) => call('saveChain', () => saveChain(draft, row)),
    saveEpoch: (row) => call('saveEpoch', () => saveEpoch(draft, row)),
    ...memoryAgreementWrites(draft, call),
    saveAsk: (row) => call('saveAsk', () => saveAsk(draft, row)),
    saveDirectoryRecord: (row) =>
      call('saveDirectoryRecord', () => saveDirectoryRecord(draft, row)),
    savePeerHead: (head) => call('savePeerHead', () => savePeerHead(draft, head)),
    purge: (beforeMs, nowMs) => call('purge', () => purge(draft, beforeMs, nowMs)),
  }
}

/**
 * A state store in memory. A transaction writes a copy; `commit` hands it over, and only `sync` puts
 * it in place of what is durable, as one step. What was committed and not synced is lost with the
 * process.
 */
export function memoryStateStore(
  disk: MemoryDisk,
  call: PortCall,
): StateStore<ExchangeTransaction & LedgerTransaction> {
  let busy = false
  return {
    async transaction(work) {
      if (busy) throw new TypeError('transactions of a state store run one after another')
      busy = true
      try {
        const draft = await call('begin', () => copyTables(disk.tables))
        const result = await work(memoryTransaction(draft, call))
        await call('commit', () => undefined)
        await call('sync', () => {
          disk.tables = draft
        })
        return result
      } finally {
        busy = false
      }
    },
  }
}

/** A head store in memory; a write is durable in one step. */
export function memoryHeadStore(disk: MemoryDisk, call: PortCall): HeadStore {
  return {
    read: () => call('readHead', () => disk.head),
    write: (head) =>
      call('writeHead', () => {
        disk.head = head
      }),
  }
}
