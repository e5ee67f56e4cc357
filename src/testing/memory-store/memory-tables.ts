import type { EntryRow, StoredHead } from '../../log/index.ts'
import type {
  AgreementDocument,
  AgreementEvent,
  AskRow,
  CorrectionNoticeRow,
  CorrectionRow,
  DayCount,
  DrawRow,
  QuestionTrace,
  SignalRow,
  ChainRow,
  DirectoryRow,
  EmergencyRow,
  EpochRow,
  ErasureRow,
  PeerHead,
  ReconciliationRow,
  RequestRow,
  RequestStepRow,
  RestrictionRow,
  SecrecyRow,
  StoredExchange,
} from '../../person/index.ts'

import type {
  AnalysisRow,
  JoinMessageRow,
  JoinRow,
  BudgetRow,
  ChargeRow,
  ReleaseRow,
} from '../../population/index.ts'
import type { MemoryCharge } from './memory-caps.ts'

/** One log of a state store. */
export interface MemoryLog {
  /** Empty until the first log is opened. */
  readonly origin: string
  readonly head: StoredHead | undefined
  readonly entries: readonly EntryRow[]
  /** Full tiles by `level/index`. */
  readonly tiles: ReadonlyMap<string, Uint8Array>
}

/**
 * Everything that a state store holds, in maps. Rows and inner maps are replaced, never changed, so a
 * shallow copy is a snapshot.
 */
export interface MemoryTables {
  /** Logs before the newest, oldest first. */
  closed: readonly MemoryLog[]
  /** Of the newest log, as are head, entries and tiles. */
  origin: string
  head: StoredHead | undefined
  entries: EntryRow[]
  tiles: Map<string, Uint8Array>
  /** By consumer and exchange id. */
  readonly exchanges: Map<string, StoredExchange>
  readonly answerKeys: Map<string, { readonly key: Uint8Array; readonly createdAtMs: number }>
  /** Until when each nonce of each key is remembered, and whether a replay of it was told. */
  readonly nonces: Map<string, { readonly expiresAtMs: number; readonly isTold: boolean }>
  /** Until when each spent consent is remembered. */
  readonly consents: Map<string, number>
  agreementEvents: AgreementEvent[]
  agreementDocuments: AgreementDocument[]
  witnessedMs: number | undefined
  chain: ChainRow[]
  epochs: EpochRow[]
  capCharges: MemoryCharge[]
  denials: { readonly consumer: string; readonly atMs: number }[]
  readonly asks: Map<string, AskRow>
  readonly peerHeads: Map<string, PeerHead>
  erasures: ErasureRow[]
  reconciliations: ReconciliationRow[]
  destroyedMonths: string[]
  directoryRecords: DirectoryRow[]
  /** By consumer and exchange id. */
  readonly emergencies: Map<string, EmergencyRow>
  /** By the subject's handle. */
  readonly restrictions: Map<string, RestrictionRow>
  secrecyOrders: SecrecyRow[]
  traces: QuestionTrace[]
  dayCounts: Map<string, DayCount>
  signals: SignalRow[]
  draws: DrawRow[]
  /** Budgets and charges, in the order of the log. */
  ledger: (BudgetRow | ChargeRow)[]
  /** By query and snapshot. */
  readonly releases: Map<string, ReleaseRow>
  /** By exchange id. */
  readonly analyses: Map<string, AnalysisRow>
  /** By plan. */
  readonly joins: Map<string, JoinRow>
  joinMessages: JoinMessageRow[]
  /** Plans by the key that they were seen with. */
  readonly joinKeys: Map<string, string>
  /** By log and index of the entry. */
  readonly sealedIdentities: Map<string, Uint8Array>
  /** When each was opened. */
  identityOpenings: number[]
  /** In the order of their numbers. */
  requests: RequestRow[]
  requestSteps: RequestStepRow[]
  correctionNotices: CorrectionNoticeRow[]
  corrections: CorrectionRow[]
}

/** An empty store, without a log. */
export function emptyTables(): MemoryTables {
  return {
    closed: [],
    origin: '',
    head: undefined,
    entries: [],
    tiles: new Map(),
    exchanges: new Map(),
    answerKeys: new Map(),
    nonces: new Map(),
    consents: new Map(),
    agreementEvents: [],
    agreementDocuments: [],
    witnessedMs: undefined,
    chain: [],
    epochs: [],
    capCharges: [],
    denials: [],
    asks: new Map(),
    peerHeads: new Map(),
    erasures: [],
    reconciliations: [],
    destroyedMonths: [],
    directoryRecords: [],
    emergencies: new Map(),
    restrictions: new Map(),
    secrecyOrders: [],
    traces: [],
    dayCounts: new Map(),
    signals: [],
    draws: [],
    ledger: [],
    releases: new Map(),
    analyses: new Map(),
    joins: new Map(),
    joinMessages: [],
    joinKeys: new Map(),
    sealedIdentities: new Map(),
    identityOpenings: [],
    requests: [],
    requestSteps: [],
    correctionNotices: [],
    corrections: [],
  }
}

/** A copy that can be written without touching the original. */
export function copyTables(tables: MemoryTables): MemoryTables {
  return {
    closed: tables.closed,
    origin: tables.origin,
    head: tables.head,
    entries: [...tables.entries],
    tiles: new Map(tables.tiles),
    exchanges: new Map(tables.exchanges),
    answerKeys: new Map(tables.answerKeys),
    nonces: new Map(tables.nonces),
    consents: new Map(tables.consents),
    agreementEvents: [...tables.agreementEvents],
    agreementDocuments: [...tables.agreementDocuments],
    witnessedMs: tables.witnessedMs,
    chain: [...tables.chain],
    epochs: [...tables.epochs],
    capCharges: [...tables.capCharges],
    denials: [...tables.denials],
    asks: new Map(tables.asks),
    peerHeads: new Map(tables.peerHeads),
    erasures: [...tables.erasures],
    reconciliations: [...tables.reconciliations],
    destroyedMonths: [...tables.destroyedMonths],
    directoryRecords: [...tables.directoryRecords],
    emergencies: new Map(tables.emergencies),
    restrictions: new Map(tables.restrictions),
    secrecyOrders: [...tables.secrecyOrders],
    traces: [...tables.traces],
    dayCounts: new Map(tables.dayCounts),
    signals: [...tables.signals],
    draws: [...tables.draws],
    ledger: [...tables.ledger],
    releases: new Map(tables.releases),
    analyses: new Map(tables.analyses),
    joins: new Map(tables.joins),
    joinMessages: [...tables.joinMessages],
    joinKeys: new Map(tables.joinKeys),
    sealedIdentities: new Map(tables.sealedIdentities),
    identityOpenings: [...tables.identityOpenings],
    requests: [...tables.requests],
    requestSteps: [...tables.requestSteps],
    correctionNotices: [...tables.correctionNotices],
    corrections: [...tables.corrections],
  }
}

/** The key of a table with two key columns. */
export function pairKey(one: string, other: string): string {
  return `${one} ${other}`
}

/** Refuses a second row under a key that a store has once only. */
export function requireNew(isThere: boolean, what: string): void {
  if (isThere) throw new RangeError(`${what} is there already`)
}
