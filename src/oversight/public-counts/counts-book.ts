import { readCanonicalJson } from '../../bytes/index.ts'
import {
  entryPayload,
  type EntryRow,
  exchangeRecordSchema,
  governanceRecordSchema,
  LEAF_CLASSES,
  type LogsReader,
  monthOf,
  readPublicEntry,
  type Unseal,
} from '../../log/index.ts'
import type { Clock, Timers } from '../../ports/index.ts'
import { governanceIndex } from '../reports/index.ts'
import { type CountedEntry, countedSort, countMonths, type MonthCounter } from './count-months.ts'
import { type CountPlace, monthAfter, type MonthCounts, monthCountsSchema } from './month-counts.ts'

/** The kind of the entry that publishes a month's counts. */
export const countsKind = 'counts.month'

/** Counts that stand in the log, and where. */
export interface PublishedCounts extends CountPlace {
  readonly counts: MonthCounts
}

/** What everybody is told. */
export interface PublicCounts {
  /** The month that runs, so far; not yet an entry. */
  readonly running: MonthCounts
  /** Newest first, at most {@link mostMonths}. */
  readonly months: readonly PublishedCounts[]
}

/** What counting needs: it opens records, and keeps none. */
export interface CountsBookDeps extends Unseal {
  readonly reader: LogsReader
  readonly timers: Timers
  readonly clock: Clock
  /** Makes a month's counts an entry; resolves once it is durable. */
  readonly publish: (counts: MonthCounts) => Promise<CountPlace>
}

/** Counts the organisation's logs for everybody. */
export interface CountsBook {
  /** Counts what is new; publishes the months that are over where `mayWrite`. */
  round(mayWrite: boolean): Promise<void>
  /** `undefined` until all entries so far are counted. Reads nothing. */
  shown(): PublicCounts | undefined
}

/** Months that are told at most. */
export const mostMonths = 12

/** After a month has ended, entries whose time was taken before may still be committed. */
const settleMs = 60_000

/** Entries opened at a time: a millisecond or two before others get their turn. */
const pageSize = 128

function counted(row: EntryRow, log: string, unseal: Unseal): CountedEntry {
  const at = { place: { log, entry: row.index }, month: monthOf(row.timeMs) }
  const payload = entryPayload(row, unseal)
  if (payload === undefined) return { ...at, sort: undefined, agreement: undefined }
  const record = exchangeRecordSchema.parse(readCanonicalJson(payload.recordBytes))
  return { ...at, sort: countedSort(record), agreement: record.agreement?.id }
}

/** The counts that the logs have already, oldest first. */
async function publishedBefore({ reader, timers }: CountsBookDeps): Promise<PublishedCounts[]> {
  const found: PublishedCounts[] = []
  for (const { kind, place } of await governanceIndex({ reader, timers }).all()) {
    if (kind !== countsKind) continue
    const entry = await readPublicEntry(reader.logOf(place.origin), place.index)
    if (entry === undefined) continue
    const { body } = governanceRecordSchema.parse(readCanonicalJson(entry.recordBytes))
    found.push({
      counts: monthCountsSchema.parse(body),
      log: place.origin,
      entry: place.index,
    })
  }
  return found
}

class Book implements CountsBook {
  readonly #deps: CountsBookDeps
  readonly #published: PublishedCounts[] = []
  #waiting: MonthCounts[] = []
  #counter: MonthCounter | undefined
  #next = { log: '', entry: 0 }
  #isCurrent = false

  constructor(deps: CountsBookDeps) {
    this.#deps = deps
  }

  async round(mayWrite: boolean): Promise<void> {
    const counter = this.#counter ?? (await this.#begin())
    if (counter === undefined) return
    await this.#catchUp(counter)
    this.#waiting.push(...counter.turn(monthOf(this.#deps.clock.now() - settleMs)))
    this.#isCurrent = true
    while (mayWrite && this.#waiting[0] !== undefined) {
      const [counts] = this.#waiting
      this.#published.push({ counts, ...(await this.#deps.publish(counts)) })
      this.#waiting = this.#waiting.slice(1)
    }
  }

  shown(): PublicCounts | undefined {
    if (!this.#isCurrent || this.#counter === undefined) return undefined
    const months = this.#published.slice(-mostMonths).toReversed()
    return { running: this.#counter.running(), months }
  }

  /** Goes on where the newest published counts end; else at the first entry. `undefined`: the log is empty. */
  async #begin(): Promise<MonthCounter | undefined> {
    const { reader } = this.#deps
    const published = await publishedBefore(this.#deps)
    const newest = published.at(-1)?.counts
    const [origin] = await reader.logs()
    const [first] = origin === undefined ? [] : await reader.logOf(origin).readEntries(0, 1)
    if (origin === undefined || first === undefined) return undefined
    this.#published.push(...published)
    this.#next = newest?.to ?? { log: origin, entry: 0 }
    const month = newest === undefined ? monthOf(first.timeMs) : monthAfter(newest.month)
    this.#counter = countMonths({ at: this.#next, month })
    return this.#counter
  }

  async #readPage(log: string, counter: MonthCounter): Promise<number> {
    const { entry } = this.#next
    const rows = await this.#deps.reader.logOf(log).readEntries(entry, pageSize)
    const exchanges = rows.filter(({ leaf }) => leaf[1] === LEAF_CLASSES.exchange)
    for (const row of exchanges) this.#waiting.push(...counter.add(counted(row, log, this.#deps)))
    this.#next = { log, entry: entry + rows.length }
    return rows.length
  }

  async #catchUp(counter: MonthCounter): Promise<void> {
    const { reader, timers } = this.#deps
    const logs = await reader.logs()
    for (const log of logs.slice(Math.max(0, logs.indexOf(this.#next.log)))) {
      if (log !== this.#next.log) this.#next = { log, entry: 0 }
      while ((await this.#readPage(log, counter)) === pageSize) await timers.sleep(0)
    }
  }
}

/**
 * Begins to count. The first round reads all leaves once, to find the counts that are published, and opens the entries
 * after them; later rounds open what is new. Nothing is read for a request.
 */
export function countsBook(deps: CountsBookDeps): CountsBook {
  return new Book(deps)
}
