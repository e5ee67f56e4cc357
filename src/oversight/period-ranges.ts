import type { LogReader, LogsReader } from '../log/index.ts'

/** A span of log time, `untilMs` exclusive, milliseconds since the epoch. */
export interface Period {
  readonly fromMs: number
  readonly untilMs: number
}

/** Entries of one log, both ends included. */
export interface PeriodRange {
  readonly origin: string
  readonly first: number
  readonly last: number
}

/** The first of `size` entries at or after a time; log time never falls. */
async function firstFrom(log: LogReader, size: number, timeMs: number): Promise<number> {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = await log.readEntries(middle, 1)
    if (row === undefined || row.timeMs >= timeMs) high = middle
    else low = middle + 1
  }
  return low
}

/** The entries of a period in each log, of as many as `sizes` says; logs without any are left out. */
export async function periodRanges(
  { fromMs, untilMs }: Period,
  sizes: ReadonlyMap<string, number>,
  reader: LogsReader,
): Promise<readonly PeriodRange[]> {
  const ranges: PeriodRange[] = []
  for (const [origin, size] of sizes) {
    const log = reader.logOf(origin)
    const first = await firstFrom(log, size, fromMs)
    const end = await firstFrom(log, size, untilMs)
    if (first < end) ranges.push({ origin, first, last: end - 1 })
  }
  return ranges
}
