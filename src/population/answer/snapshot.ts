import { civilDate, daysFromCivil } from '../../log/index.ts'
import type { RegisterDescription } from '../../register/index.ts'

/** How often a register's tables are taken to be new ones. */
export type SnapshotPeriod = NonNullable<RegisterDescription['snapshot']>

const dayMs = 86_400_000
const partsOf: Readonly<Record<SnapshotPeriod, number>> = { year: 1, month: 2, day: 3 }

/** Log time at which the snapshot that a moment lies in begins. */
export function snapshotBeginMs(
  { snapshot = 'month' }: Pick<RegisterDescription, 'snapshot'>,
  nowMs: number,
): number {
  const { year, month, day } = civilDate(Math.floor(nowMs / dayMs))
  const first = { year, month: snapshot === 'year' ? 1 : month, day: snapshot === 'day' ? day : 1 }
  return daysFromCivil(first) * dayMs
}

/** The name of the snapshot that a moment lies in: the year, month or day of log time, UTC, as `2026-11`. */
export function snapshotOf(
  { snapshot = 'month' }: Pick<RegisterDescription, 'snapshot'>,
  nowMs: number,
): string {
  const { year, month, day } = civilDate(Math.floor(nowMs / dayMs))
  return [
    String(year).padStart(4, '0'),
    ...[month, day].map((part) => String(part).padStart(2, '0')),
  ]
    .slice(0, partsOf[snapshot])
    .join('-')
}
