import { civilDate, daysFromCivil } from '../log/index.ts'

/** Milliseconds of a day without leap seconds, as POSIX time counts. */
export const dayMs: number = 86_400_000

/**
 * The moment `months` calendar months later, at the same time of day, UTC. Where that month has no such
 * day, its last day: 31 August and six months give 28 or 29 February.
 */
export function addMonths(timeMs: number, months: number): number {
  const days = Math.floor(timeMs / dayMs)
  const { year, month, day } = civilDate(days)
  const index = year * 12 + (month - 1) + months
  const first = daysFromCivil({ year: Math.floor(index / 12), month: (index % 12) + 1, day: 1 })
  const after = index + 1
  const end = daysFromCivil({ year: Math.floor(after / 12), month: (after % 12) + 1, day: 1 })
  return Math.min(first + day - 1, end - 1) * dayMs + (timeMs - days * dayMs)
}
