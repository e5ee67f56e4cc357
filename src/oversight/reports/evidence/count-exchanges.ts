import { monthOf, type ExchangeRecord } from '../../../log/index.ts'
import type { CountRow } from '../report-file.ts'

/** Counts exchange records by what they say: never by person, official or case. */
export interface ExchangeTally {
  add(record: ExchangeRecord): void
  /** In one order, whatever was added when. */
  rows(): readonly CountRow[]
}

function sortOf(record: ExchangeRecord): Omit<CountRow, 'count'> {
  const { kind, consumer, provider, agreement, timeMs, outcome, code, notice } = record
  const month = monthOf(timeMs)
  return {
    kind,
    consumer,
    provider,
    agreement: agreement?.digest ?? null,
    month,
    outcome,
    code,
    notice,
  }
}

/** Begins to count. Memory is that of the rows, however many records there are. */
export function exchangeTally(): ExchangeTally {
  const found = new Map<string, { readonly sort: Omit<CountRow, 'count'>; count: number }>()
  return {
    add(record) {
      const sort = sortOf(record)
      const name = JSON.stringify(sort)
      const known = found.get(name)
      if (known === undefined) found.set(name, { sort, count: 1 })
      else known.count += 1
    },
    rows: () =>
      [...found]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { sort, count }]) => ({ ...sort, count })),
  }
}

/** The sum of the rows that a condition picks. */
export function sumOf(
  rows: readonly CountRow[],
  isPicked: (row: CountRow) => boolean = () => true,
): number {
  let sum = 0
  for (const row of rows) if (isPicked(row)) sum += row.count
  return sum
}
