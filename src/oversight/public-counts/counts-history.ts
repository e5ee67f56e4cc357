import type { RecordHistory } from '../../log/verify/index.ts'
import { checkMonthCounts, type CountsProblem } from './check-month-counts.ts'
import { countsKind } from './counts-book.ts'
import { type MonthCounts, monthCountsSchema } from './month-counts.ts'

/** The places of governance entries from one entry on; all between them are exchanges. */
class Passed {
  #entries: number[] = []

  add(entry: number): void {
    this.#entries.push(entry)
  }

  /** Exchanges from an entry on, up to another and without it. */
  exchanges(from: number, to: number): number {
    const others = this.#entries.filter((entry) => entry >= from && entry < to).length
    return Math.max(0, to - from - others)
  }

  /** Counts go on from here: what lies before is never looked at again. */
  forget(before: number): void {
    this.#entries = this.#entries.filter((entry) => entry >= before)
  }
}

/** What one log shows of a stretch: the rest of it may be in earlier logs. */
function problemsHere(
  counts: MonthCounts,
  at: { readonly origin: string; readonly entry: number; readonly passed: Passed },
  previous: MonthCounts | undefined,
): readonly CountsProblem[] {
  const { from, to, exchanges } = counts
  const { origin, entry, passed } = at
  const [beganHere, endsHere] = [from.log === origin, to.log === origin]
  if (beganHere && (!endsHere || to.entry < from.entry)) return ['COUNTS_GAP']
  if (endsHere && to.entry > entry) return ['COUNTS_LEAVES']
  const here = endsHere ? passed.exchanges(beganHere ? from.entry : 0, to.entry) : 0
  const exchangeLeaves = beganHere ? here : Math.max(here, exchanges)
  const found = checkMonthCounts(counts, { exchangeLeaves, previous })
  // The counts before the first of a later log stand in an earlier one.
  const isTold = previous !== undefined || beganHere
  return isTold ? found : found.filter((code) => code !== 'COUNTS_GAP')
}

/**
 * Follows the public counts of a log while it is verified: each month by {@link checkMonthCounts} against the leaves of the log
 * and the month before. What lies in an earlier log of the organisation is not seen, and not judged.
 */
export function countsHistory(origin: string): RecordHistory {
  const passed = new Passed()
  let previous: MonthCounts | undefined
  return {
    pass: (entry) => passed.add(entry),
    problemsOf(entry, record) {
      if (record.class !== 'governance' || record.kind !== countsKind) return []
      const { data: counts } = monthCountsSchema.safeParse('body' in record ? record.body : null)
      if (counts === undefined) return ['COUNTS_MALFORMED']
      const found = problemsHere(counts, { origin, entry, passed }, previous)
      previous = counts
      if (counts.to.log === origin) passed.forget(counts.to.entry)
      return found
    },
  }
}
