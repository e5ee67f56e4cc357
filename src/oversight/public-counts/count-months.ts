import type { ExchangeRecord } from '../../log/index.ts'
import {
  blockSize,
  type CountCell,
  type CountPlace,
  type CountedSort,
  countedSorts,
  countStep,
  monthAfter,
  type MonthCounts,
} from './month-counts.ts'

/** An exchange entry as it is counted: nothing of it says who was asked about. */
export interface CountedEntry {
  readonly place: CountPlace
  /** `YYYY-MM` of its log time, UTC. */
  readonly month: string
  /** `undefined`: it is among the exchanges, and in no figure. */
  readonly sort: CountedSort | undefined
  readonly agreement: string | undefined
}

type Said = Pick<ExchangeRecord, 'kind' | 'outcome'>

/** Which figure an exchange record belongs to; `undefined` for messages on the way, retries and reservations. */
export function countedSort({ kind, outcome }: Said): CountedSort | undefined {
  switch (kind) {
    case 'person.answered':
      return 'answered'
    case 'person.denied':
      return 'denied'
    case 'person.asked':
      return 'asked'
    case 'person.received':
      return outcome === 'permit' ? 'received-answer' : 'received-denial'
    case 'population.released':
      return 'table-released'
    case 'population.refused':
      return 'table-refused'
    case 'person.redelivered':
    case 'population.reserved':
    case 'join.message':
      return undefined
  }
}

/** Exact counts by sort, and by agreement within each; they never leave this file. */
class Exact {
  readonly #counts = new Map<CountedSort, Map<string | null, number>>()

  add({ sort, agreement }: CountedEntry): void {
    if (sort === undefined) return
    const counts = this.#counts.get(sort) ?? new Map<string | null, number>()
    this.#counts.set(sort, counts)
    for (const key of agreement === undefined ? [null] : [null, agreement])
      counts.set(key, (counts.get(key) ?? 0) + 1)
  }

  cells(): CountCell[] {
    return countedSorts.flatMap((sort) =>
      [...(this.#counts.get(sort) ?? [])]
        .map(([agreement, exact]) => ({ sort, agreement, count: exact - (exact % countStep) }))
        .filter(({ count }) => count > 0)
        .toSorted((one, other) => ((one.agreement ?? '') < (other.agreement ?? '') ? -1 : 1)),
    )
  }
}

/** Counts entries as they come, and closes months. */
export interface MonthCounter {
  /** Takes the next exchange entry; gives the months that are over with it, oldest first. */
  add(entry: CountedEntry): readonly MonthCounts[]
  /** The months that are over since it is `month`, oldest first. */
  turn(month: string): readonly MonthCounts[]
  /** The month that runs, up to its last whole block. */
  running(): MonthCounts
}

/**
 * Begins to count at an entry, in a month. A block of {@link blockSize} exchange entries belongs to the month of its
 * last one; what is left of a month goes to the next. So every figure is about a whole number of blocks, the difference
 * of any two as well.
 */
export function countMonths(start: {
  readonly at: CountPlace
  readonly month: string
}): MonthCounter {
  let block: CountedEntry[] = []
  let exact = new Exact()
  let { month } = start
  let [from, to] = [start.at, start.at]
  let exchanges = 0

  const counts = (): MonthCounts => ({ month, from, to, exchanges, cells: exact.cells() })

  function turn(now: string): readonly MonthCounts[] {
    const over: MonthCounts[] = []
    while (month < now) {
      over.push(counts())
      exact = new Exact()
      exchanges = 0
      from = to
      month = monthAfter(month)
    }
    return over
  }

  return {
    turn,
    running: counts,
    add(entry) {
      block.push(entry)
      if (block.length < blockSize) return []
      const over = turn(entry.month)
      for (const one of block) exact.add(one)
      exchanges += blockSize
      to = { log: entry.place.log, entry: entry.place.entry + 1 }
      block = []
      return over
    },
  }
}
