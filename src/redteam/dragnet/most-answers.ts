import {
  capWindows,
  type PersonAgreement,
  subjectCeiling30Days,
  subjectCeilingYear,
} from '../../agreement/index.ts'

/** So many times in `hours` a window of 30 days begins anew: what happened counts to the end of its hour. */
function monthsIn(hours: number): number {
  return Math.floor((hours - 1) / (capWindows.monthHours + 1)) + 1
}

/**
 * Most different persons about whom one consumer gets answers in `hours` under these agreements, by nothing but
 * what `spec/decision.md` says of caps and ceilings. `hours` is at most a year's.
 */
export function mostAnswers(
  agreements: readonly PersonAgreement[],
  populationSize: number,
  hours: number,
): number {
  const months = monthsIn(Math.min(hours, capWindows.yearHours))
  const year = subjectCeilingYear(populationSize)
  const each = agreements.map(({ caps, approximateNumber }) => {
    const ceiling = subjectCeiling30Days(approximateNumber, populationSize)
    return Math.min(months * Math.min(caps.distinctSubjectsPer30Days, ceiling), year)
  })
  const consumer = months * subjectCeiling30Days(Number.MAX_SAFE_INTEGER, populationSize)
  const together = each.reduce((sum, most) => sum + most, 0)
  return Math.min(together, consumer, year)
}
