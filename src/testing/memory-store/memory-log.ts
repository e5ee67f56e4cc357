import type {
  EntryRow,
  LogReader,
  LogTransaction,
  StoredHead,
  StoredTile,
} from '../../log/index.ts'
import { type MemoryTables, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

function tileKey(level: number, index: number): string {
  return `${level}/${index}`
}

/** Reads of the log's tables. */
export function memoryLogReader(tables: () => MemoryTables, call: PortCall): LogReader {
  const range = (first: number, count: number): readonly EntryRow[] =>
    tables().entries.slice(first, first + count)
  return {
    head: () => call('head', () => tables().head),
    readEntries: (first, count) => call('readEntries', () => range(first, count)),
    readLeaves: (first, count) =>
      call('readLeaves', () => range(first, count).map(({ leaf }) => leaf)),
    readTile: (level, index) => call('readTile', () => tables().tiles.get(tileKey(level, index))),
  }
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
): Pick<LogTransaction, 'insertEntries' | 'saveTiles' | 'swapHead'> {
  return {
    insertEntries: (rows) => call('insertEntries', () => insertEntries(tables, rows)),
    saveTiles: (tiles) => call('saveTiles', () => saveTiles(tables, tiles)),
    swapHead: (previous, next) => call('swapHead', () => swapHead(tables, previous, next)),
  }
}
