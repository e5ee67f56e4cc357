import type { EntryPlace } from '../../log/index.ts'
import { integerOf, textOf } from './columns.ts'
import type { Database } from './open-database.ts'
import { StorageError } from './storage-error.ts'

/**
 * One log in the store: entries are numbered through all logs, this one's from `first` up to, and
 * without, `end`, which the newest one has not.
 */
export interface LogSpan {
  readonly number: number
  readonly origin: string
  readonly first: number
  readonly end: number
}

/**
 * The logs of one store, and the two names of an entry: its place, as the core has it, and its position
 * in the table of entries. Law: `placeOf(positionOf(place))` is `place`.
 */
export interface LogTable {
  /** Oldest first. */
  spans(): readonly LogSpan[]
  /** The log that is written to; `undefined` in a new store. */
  newest(): LogSpan | undefined
  spanOf(origin: string): LogSpan | undefined
  /** @throws {@link StorageError} `STORE_FAILED` for a log that is not in the store */
  positionOf(place: EntryPlace): number
  /** @throws {@link StorageError} `STORE_FAILED` for a position before every log */
  placeOf(position: number): EntryPlace
  /** Begins a log behind the newest, within the connection's open transaction. */
  open(origin: string): void
  /** Reads the table anew: after a rollback what was opened is not there. */
  forget(): void
}

function readSpans(db: Database): readonly LogSpan[] {
  const rows = db.all('SELECT number, origin, first FROM log ORDER BY number')
  const firsts = rows.map((row) => integerOf(row, 'first'))
  return rows.map((row, place) => ({
    number: integerOf(row, 'number'),
    origin: textOf(row, 'origin'),
    first: integerOf(row, 'first'),
    end: firsts[place + 1] ?? Number.MAX_SAFE_INTEGER,
  }))
}

function openSpan(db: Database, origin: string, newest: LogSpan | undefined): void {
  const head = db.get('SELECT size FROM head WHERE log = ?', newest?.number ?? 0)
  const size = head === undefined ? 0 : integerOf(head, 'size')
  const { changes } = db.run(
    'INSERT OR IGNORE INTO log (number, origin, first) VALUES (?, ?, ?)',
    newest === undefined ? 0 : newest.number + 1,
    origin,
    newest === undefined ? 0 : newest.first + size,
  )
  if (changes !== 1)
    throw new StorageError('STORE_FAILED', 'The store has held a log of this origin before.')
}

/** The table of logs of one connection, read once and kept. */
export function logTable(db: Database): LogTable {
  let kept: readonly LogSpan[] = []
  const spans = (): readonly LogSpan[] => {
    if (kept.length === 0) kept = readSpans(db)
    return kept
  }
  const spanOf = (origin: string): LogSpan | undefined =>
    spans().find((span) => span.origin === origin)
  return {
    spans,
    newest: () => spans().at(-1),
    spanOf,
    positionOf({ origin, index }) {
      const span = spanOf(origin)
      if (span === undefined)
        throw new StorageError('STORE_FAILED', 'An entry of an unknown log is referred to.')
      return span.first + index
    },
    placeOf(position) {
      const span = spans().findLast(({ first }) => first <= position)
      if (span === undefined)
        throw new StorageError('STORE_FAILED', 'A row refers to an entry before every log.')
      return { origin: span.origin, index: position - span.first }
    },
    open(origin) {
      openSpan(db, origin, spans().at(-1))
      kept = []
    },
    forget() {
      kept = []
    },
  }
}
