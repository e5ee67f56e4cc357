import { blockSize, countStep, monthAfter, type MonthCounts } from './month-counts.ts'

/** Why published counts cannot be true. */
export type CountsProblem =
  /** Not as many exchanges as the log has leaves of exchanges in the stretch. */
  | 'COUNTS_LEAVES'
  /** The stretch does not begin where the one before ends, or a month is left out. */
  | 'COUNTS_GAP'
  /** The figures are more than the exchanges, or those of agreements more than that of all. */
  | 'COUNTS_SUM'

function isNext({ month, from }: MonthCounts, previous: MonthCounts | undefined): boolean {
  if (previous === undefined) return from.entry === 0
  const { log, entry } = previous.to
  return month === monthAfter(previous.month) && from.log === log && from.entry === entry
}

function addsUp({ exchanges, cells }: MonthCounts): boolean {
  const whole = cells.filter(({ agreement }) => agreement === null)
  const all = whole.reduce((sum, { count }) => sum + count, 0)
  return (
    all <= exchanges &&
    whole.every(({ sort, count }) => {
      const parts = cells.filter((one) => one.sort === sort && one.agreement !== null)
      return parts.reduce((sum, one) => sum + one.count, 0) <= count + countStep - 1
    }) &&
    cells.every((one) => whole.some(({ sort }) => sort === one.sort))
  )
}

/**
 * What anybody can hold published counts against: the leaves of the log, of which `exchangeLeaves` in the stretch are
 * exchanges, and the counts of the month before. That each figure is true is seen by whoever may open the records.
 */
export function checkMonthCounts(
  counts: MonthCounts,
  against: { readonly exchangeLeaves: number; readonly previous: MonthCounts | undefined },
): readonly CountsProblem[] {
  const problems: CountsProblem[] = []
  const { exchanges } = counts
  if (exchanges !== against.exchangeLeaves || exchanges % blockSize !== 0)
    problems.push('COUNTS_LEAVES')
  if (!isNext(counts, against.previous)) problems.push('COUNTS_GAP')
  if (!addsUp(counts)) problems.push('COUNTS_SUM')
  return problems
}
