import { LEAF_CLASSES } from '../../log/index.ts'
import type { EntryPlace, EntryRow } from '../../log/index.ts'
import type {
  EntryRange,
  ErasedExchange,
  ErasureReader,
  ErasureTransaction,
} from '../../person/index.ts'
import { identityKey } from './memory-identities.ts'
import { type MemoryTables, pairKey, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

function holds({ origin, first, last }: EntryRange, place: EntryPlace): boolean {
  return origin === place.origin && first <= place.index && place.index <= last
}

/** Whether one place comes after another, through all logs. */
function isAfter(tables: MemoryTables, one: EntryPlace, other: EntryPlace): boolean {
  const logs = [...tables.closed.map(({ origin }) => origin), tables.origin]
  const [a, b] = [logs.indexOf(one.origin), logs.indexOf(other.origin)]
  return a === b ? one.index > other.index : a > b
}

function hasRecords(tables: MemoryTables, fromMs: number, untilMs: number): boolean {
  return [...tables.closed, tables].some(({ entries }) =>
    entries.some(
      ({ timeMs, leaf, sealed }) =>
        timeMs >= fromMs &&
        timeMs < untilMs &&
        sealed.length > 0 &&
        leaf[1] === LEAF_CLASSES.exchange,
    ),
  )
}

/** Reads of what was erased. */
export function memoryErasureReader(tables: () => MemoryTables, call: PortCall): ErasureReader {
  return {
    erasureOf: (place) =>
      call('erasureOf', () => tables().erasures.find((row) => holds(row, place))?.by),
    isReconciled: (place, peer) =>
      call('isReconciled', () =>
        tables().reconciliations.some(
          (row) => row.peer === peer && holds(row, place) && isAfter(tables(), row.by, place),
        ),
      ),
    hasRecords: (fromMs, untilMs) =>
      call('hasRecords', () => hasRecords(tables(), fromMs, untilMs)),
    destroyedMonths: () => call('destroyedMonths', () => tables().destroyedMonths.toSorted()),
  }
}

function withoutRecord(entries: readonly EntryRow[], index: number): EntryRow[] {
  const row = entries[index]
  if (row === undefined || row.sealed.length === 0) throw new RangeError('no record to erase')
  return entries.with(index, { ...row, sealed: new Uint8Array() })
}

function eraseRecord(tables: MemoryTables, { place, consumer, exchangeId }: ErasedExchange): void {
  const { origin, index } = place
  if (origin === tables.origin) tables.entries = withoutRecord(tables.entries, index)
  else
    tables.closed = tables.closed.map((log) =>
      log.origin === origin ? { ...log, entries: withoutRecord(log.entries, index) } : log,
    )
  const isHere = (other: EntryPlace | undefined): boolean =>
    other?.origin === origin && other.index === index
  const key = pairKey(consumer, exchangeId)
  const exchange = tables.exchanges.get(key)
  if (exchange !== undefined && isHere(exchange.place))
    tables.exchanges.set(key, { ...exchange, questionDigest: '', sealedBody: undefined })
  tables.sealedIdentities.delete(identityKey(place))
  const ask = tables.asks.get(exchangeId)
  if (isHere(ask?.asked) || isHere(ask?.received)) tables.asks.delete(exchangeId)
}

/** Writes of erasures within one transaction. */
export function memoryErasureWrites(
  tables: MemoryTables,
  call: PortCall,
): Omit<ErasureTransaction, keyof ErasureReader> {
  return {
    eraseRecord: (exchange) => call('eraseRecord', () => eraseRecord(tables, exchange)),
    saveErasure: (row) => call('saveErasure', () => void tables.erasures.push(row)),
    saveReconciliation: (row) =>
      call('saveReconciliation', () => void tables.reconciliations.push(row)),
    saveDestroyedMonth: (month) =>
      call('saveDestroyedMonth', () => {
        requireNew(tables.destroyedMonths.includes(month), 'a destroyed month')
        tables.destroyedMonths.push(month)
      }),
  }
}
