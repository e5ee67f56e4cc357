import type {
  EntryRow,
  LogReader,
  LogsReader,
  LogTransaction,
  StoredHead,
  StoredTile,
} from '../../log/index.ts'
import { type MemoryLog, type MemoryTables, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

function tileKey(level: number, index: number): string {
  return `${level}/${index}`
}

function oneLogReader(log: () => MemoryLog, call: PortCall): LogReader {
  const range = (first: number, count: number): readonly EntryRow[] =>
    log().entries.slice(first, first + count)
  return {
    head: () => call('head', () => log().head),
    readEntries: (first, count) => call('readEntries', () => range(first, count)),
    readLeaves: (first, count) =>
      call('readLeaves', () => range(first, count).map(({ leaf }) => leaf)),
    readTile: (level, index) => call('readTile', () => log().tiles.get(tileKey(level, index))),
  }
}

const noLog: MemoryLog = { origin: '', head: undefined, entries: [], tiles: new Map() }

function logsOf(tables: MemoryTables): readonly MemoryLog[] {
  return tables.origin === '' ? tables.closed : [...tables.closed, tables]
}

/** Reads of the tables of the logs. */
export function memoryLogReader(tables: () => MemoryTables, call: PortCall): LogsReader {
  const logOf = (origin: string): MemoryLog =>
    logsOf(tables()).find((log) => log.origin === origin) ?? noLog
  return {
    ...oneLogReader(tables, call),
    logs: () => call('logs', () => logsOf(tables()).map(({ origin }) => origin)),
    logOf: (origin) => oneLogReader(() => logOf(origin), call),
  }
}

function openLog(tables: MemoryTables, origin: string): void {
  const known = logsOf(tables)
  requireNew(
    known.some((log) => log.origin === origin),
    'a log',
  )
  const { head, entries, tiles } = tables
  if (tables.origin !== '')
    tables.closed = [...tables.closed, { origin: tables.origin, head, entries, tiles }]
  Object.assign(tables, { origin, head: undefined, entries: [], tiles: new Map() })
}

function insertEntries(tables: MemoryTables, rows: readonly EntryRow[]): void {
  for (const row of rows) {
    requireNew(tables.entries[row.index] !== undefined, 'an entry')
    if (row.index !== tables.entries.length) throw new RangeError('entries leave no gap')
    tables.entries.push(row)
  }
}

function saveTiles(tables: MemoryTables, tiles: readonly StoredTile[]): void {
  for (const { level, index, bytes } of tiles) {
    requireNew(tables.tiles.has(tileKey(level, index)), 'a tile')
    tables.tiles.set(tileKey(level, index), bytes)
  }
}

function swapHead(
  tables: MemoryTables,
  previous: string | undefined,
  next: StoredHead,
): 'swapped' | 'conflict' {
  if (tables.head?.checkpoint !== previous) return 'conflict'
  tables.head = next
  return 'swapped'
}

/** What a log writes of its tables within one transaction. */
export function memoryLogWrites(
  tables: MemoryTables,
  call: PortCall,
): Pick<LogTransaction, 'openLog' | 'insertEntries' | 'saveTiles' | 'swapHead'> {
  return {
    openLog: (origin) => call('openLog', () => openLog(tables, origin)),
    insertEntries: (rows) => call('insertEntries', () => insertEntries(tables, rows)),
    saveTiles: (tiles) => call('saveTiles', () => saveTiles(tables, tiles)),
    swapHead: (previous, next) => call('swapHead', () => swapHead(tables, previous, next)),
  }
}
