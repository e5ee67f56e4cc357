import type { AgreementActKind } from '../../agreement/index.ts'
import type {
  AgreementDocument,
  AgreementEvent,
  AgreementReader,
  AgreementTransaction,
  WitnessedHead,
} from '../../person/index.ts'
import { bytesOf, integerOf, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

const eventKinds: ReadonlySet<string> = new Set<AgreementActKind>([
  'agreement.offered',
  'agreement.published',
  'agreement.suspended',
  'agreement.resumed',
  'agreement.reviewed',
  'agreement.terminated',
  'agreement.rejected',
])

function isEventKind(kind: string): kind is AgreementActKind {
  return eventKinds.has(kind)
}

function eventOf(row: SqlRow, logs: LogTable): AgreementEvent {
  const kind = textOf(row, 'kind')
  if (!isEventKind(kind))
    throw new StorageError('STORE_FAILED', 'An agreement event has an unknown kind.')
  return {
    agreement: textOf(row, 'agreement'),
    kind,
    by: textOf(row, 'by'),
    atMs: integerOf(row, 'at_ms'),
    cosignedAtMs: row['cosigned_ms'] === null ? null : integerOf(row, 'cosigned_ms'),
    place: logs.placeOf(integerOf(row, 'idx')),
  }
}

function readEvents(db: Database, logs: LogTable, agreement: string): readonly AgreementEvent[] {
  return db
    .all(
      'SELECT idx, agreement, kind, by, at_ms, cosigned_ms FROM agreement_event WHERE agreement = ? ORDER BY idx',
      agreement,
    )
    .map((row) => eventOf(row, logs))
}

function readDocuments(db: Database, logs: LogTable): readonly AgreementDocument[] {
  return db
    .all('SELECT digest, kind, agreement, bytes, idx FROM agreement_document ORDER BY idx')
    .map((row) => ({
      kind: textOf(row, 'kind') === 'act' ? 'act' : 'agreement',
      digest: textOf(row, 'digest'),
      agreement: textOf(row, 'agreement'),
      bytes: bytesOf(row, 'bytes'),
      place: logs.placeOf(integerOf(row, 'idx')),
    }))
}

function readWitnessed(db: Database): number | undefined {
  const row = db.get('SELECT at_ms FROM witnessed WHERE only_row = 0')
  return row === undefined ? undefined : integerOf(row, 'at_ms')
}

function writeEvent(
  db: Database,
  logs: LogTable,
  event: Omit<AgreementEvent, 'cosignedAtMs'>,
): void {
  db.run(
    'INSERT INTO agreement_event (idx, agreement, kind, by, at_ms) VALUES (?, ?, ?, ?, ?)',
    logs.positionOf(event.place),
    event.agreement,
    event.kind,
    event.by,
    event.atMs,
  )
}

function writeDocument(db: Database, logs: LogTable, document: AgreementDocument): void {
  const { digest, kind, agreement, bytes, place } = document
  const replaces = kind === 'agreement' ? 'OR REPLACE ' : ''
  db.run(
    `INSERT ${replaces}INTO agreement_document (digest, kind, agreement, bytes, idx) VALUES (?, ?, ?, ?, ?)`,
    digest,
    kind,
    agreement,
    bytes,
    logs.positionOf(place),
  )
}

/** Entries are numbered through all logs, and a log vouches for those before it. */
function writeWitnessed(db: Database, logs: LogTable, { origin, size, atMs }: WitnessedHead): void {
  if (size === 0) return
  db.run(
    'UPDATE agreement_event SET cosigned_ms = ? WHERE cosigned_ms IS NULL AND idx <= ?',
    atMs,
    logs.positionOf({ origin, index: size - 1 }),
  )
  db.run(
    `INSERT INTO witnessed (only_row, at_ms) VALUES (0, ?)
     ON CONFLICT (only_row) DO UPDATE SET at_ms = max(at_ms, excluded.at_ms)`,
    atMs,
  )
}

/** Reads of agreements, through one connection. */
export function sqliteAgreementReader(db: Database, logs: LogTable): AgreementReader {
  return {
    agreementEvents: async (agreement) => readEvents(db, logs, agreement),
    agreementDocuments: async () => readDocuments(db, logs),
    witnessedMs: async () => readWitnessed(db),
  }
}

/** Acts upon agreements as a connection knows them: every question asks for them. */
export interface AgreementMemory {
  readonly events: Map<string, readonly AgreementEvent[]>
  witnessed: { readonly ms: number | undefined } | undefined
}

/** An empty memory. The writer's holds across transactions, since nobody else writes; a reader's holds for one state. */
export function agreementMemory(): AgreementMemory {
  return { events: new Map(), witnessed: undefined }
}

/** Forgets all: when something was written, and when a transaction was rolled back. */
export function forgetAgreements(memory: AgreementMemory): void {
  memory.events.clear()
  memory.witnessed = undefined
}

/** Reads that take from a memory what was read since it was emptied. */
export function rememberedAgreements(
  db: Database,
  logs: LogTable,
  memory: AgreementMemory,
): Pick<AgreementReader, 'agreementEvents' | 'witnessedMs'> {
  return {
    agreementEvents: async (agreement) => {
      const known = memory.events.get(agreement) ?? readEvents(db, logs, agreement)
      memory.events.set(agreement, known)
      return known
    },
    witnessedMs: async () => {
      memory.witnessed ??= { ms: readWitnessed(db) }
      return memory.witnessed.ms
    },
  }
}

/**
 * Reads and writes of them within the connection's open transaction. Acts upon an agreement are read once,
 * until one is written or a transaction is rolled back.
 */
export function sqliteAgreementTransaction(
  db: Database,
  logs: LogTable,
  memory: AgreementMemory,
): AgreementTransaction {
  return {
    ...sqliteAgreementReader(db, logs),
    ...rememberedAgreements(db, logs, memory),
    saveAgreementEvent: async (event) => {
      forgetAgreements(memory)
      writeEvent(db, logs, event)
    },
    saveAgreementDocument: async (document) => writeDocument(db, logs, document),
    saveWitnessed: async (head) => {
      forgetAgreements(memory)
      writeWitnessed(db, logs, head)
    },
  }
}
