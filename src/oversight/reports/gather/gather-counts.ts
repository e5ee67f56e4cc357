import { readCanonicalJson } from '../../../bytes/index.ts'
import {
  entryPayload,
  type EntryRow,
  exchangeRecordSchema,
  LEAF_CLASSES,
  type LogsReader,
  type Unseal,
} from '../../../log/index.ts'
import type { Timers } from '../../../ports/index.ts'
import { type Period, periodRanges } from '../../period-ranges.ts'
import { exchangeTally, type ExchangeTally } from '../evidence/count-exchanges.ts'
import type { CountedRange, ExchangeCounts } from '../report-file.ts'

/** What counting exchanges needs: it opens their records, and keeps none. */
export interface GatherCountsDeps extends Unseal {
  readonly reader: LogsReader
  readonly timers: Timers
}

/** Entries opened at a time: some milliseconds of work before others get their turn. */
const pageSize = 128

interface Count {
  readonly tally: ExchangeTally
  entries: number
  erased: number
}

function addRow(row: EntryRow, count: Count, unseal: Unseal): void {
  if (row.leaf[1] !== LEAF_CLASSES.exchange) return
  count.entries += 1
  const payload = entryPayload(row, unseal)
  if (payload === undefined) count.erased += 1
  else count.tally.add(exchangeRecordSchema.parse(readCanonicalJson(payload.recordBytes)))
}

async function countRange(
  { origin, first, last }: CountedRange,
  count: Count,
  deps: GatherCountsDeps,
): Promise<void> {
  const log = deps.reader.logOf(origin)
  for (let at = first; at <= last; at += pageSize) {
    const rows = await log.readEntries(at, Math.min(pageSize, last - at + 1))
    for (const row of rows) addRow(row, count, deps)
    await deps.timers.sleep(0)
  }
}

/**
 * Counts the exchange entries of a period by what they say. Opens every record of it; gives way to other
 * work in between. The rows name no person, official or case.
 */
export async function gatherCounts(
  period: Period,
  sizes: ReadonlyMap<string, number>,
  deps: GatherCountsDeps,
): Promise<ExchangeCounts> {
  const count: Count = { tally: exchangeTally(), entries: 0, erased: 0 }
  const ranges = await periodRanges(period, sizes, deps.reader)
  for (const range of ranges) await countRange(range, count, deps)
  return { ranges, entries: count.entries, erased: count.erased, rows: count.tally.rows() }
}
