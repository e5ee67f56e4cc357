const halfDayMs = 43_200_000

/** A moment within the first day of a term that begins with a day of UTC: the same date nearly everywhere. */
export function firstDay(notBeforeMs: number): number {
  return notBeforeMs + halfDayMs
}

/** A moment within the last day of a term whose end is exclusive, see {@link firstDay}. */
export function lastDay(notAfterMs: number): number {
  return notAfterMs - halfDayMs
}
