import type { RegisterDescription } from '../../register/index.ts'

/** How often a register's tables are taken to be new ones. */
export type SnapshotPeriod = NonNullable<RegisterDescription['snapshot']>

const lengths: Readonly<Record<SnapshotPeriod, number>> = { year: 4, month: 7, day: 10 }

/** The name of the snapshot that a moment lies in: the year, month or day of log time, UTC, as `2026-11`. */
export function snapshotOf(
  { snapshot }: Pick<RegisterDescription, 'snapshot'>,
  nowMs: number,
): string {
  return new Date(nowMs).toISOString().slice(0, lengths[snapshot ?? 'month'])
}
