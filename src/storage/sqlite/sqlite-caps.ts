import { type CapUse, capWindows } from '../../agreement/index.ts'
import type { CapAxes } from '../../person/index.ts'
import { integerOf } from './columns.ts'
import type { Database } from './open-database.ts'

interface AxisNames {
  readonly official: string
  readonly subject: string
  readonly distinct: string
  readonly caseSubjects: string
}

function axisNames(axes: CapAxes): AxisNames {
  const scope = `${axes.consumer} ${axes.agreement}`
  return {
    official: `official ${axes.consumer} ${axes.official}`,
    subject: `subject ${scope} ${axes.subjectHandle}`,
    distinct: `distinct ${scope}`,
    caseSubjects: `case ${scope} ${axes.caseHandle}`,
  }
}

type WindowTable = 'cap_event' | 'cap_member'

/** Rows of the axis that are still inside its window: the kept count less what has aged since. */
function countSince(db: Database, table: WindowTable, axis: string, cutoffMs: number): number {
  const counted = db.get('SELECT n FROM cap_count WHERE axis = ?', axis)
  if (counted === undefined) return 0
  const aged = db.get(
    `SELECT count(*) AS n FROM ${table} WHERE axis = ? AND time_ms <= ?`,
    axis,
    cutoffMs,
  )
  return integerOf(counted, 'n') - (aged === undefined ? 0 : integerOf(aged, 'n'))
}

function addToCount(db: Database, axis: string, change: number): void {
  if (change === 0) return
  db.run(
    'INSERT INTO cap_count (axis, n) VALUES (?, ?) ON CONFLICT (axis) DO UPDATE SET n = n + excluded.n',
    axis,
    change,
  )
}

function dropAged(db: Database, table: WindowTable, axis: string, cutoffMs: number): number {
  return db.run(`DELETE FROM ${table} WHERE axis = ? AND time_ms <= ?`, axis, cutoffMs).changes
}

interface Charge {
  readonly axis: string
  readonly cutoffMs: number
  readonly nowMs: number
}

function chargeEvent(db: Database, { axis, cutoffMs, nowMs }: Charge): void {
  const aged = dropAged(db, 'cap_event', axis, cutoffMs)
  db.run('INSERT INTO cap_event (axis, time_ms) VALUES (?, ?)', axis, nowMs)
  addToCount(db, axis, 1 - aged)
}

function chargeMember(db: Database, member: string, { axis, cutoffMs, nowMs }: Charge): void {
  const aged = dropAged(db, 'cap_member', axis, cutoffMs)
  const { changes } = db.run(
    'INSERT OR IGNORE INTO cap_member (axis, member, time_ms) VALUES (?, ?, ?)',
    axis,
    member,
    nowMs,
  )
  if (changes === 0) {
    db.run(
      'UPDATE cap_member SET time_ms = max(time_ms, ?) WHERE axis = ? AND member = ?',
      nowMs,
      axis,
      member,
    )
  }
  addToCount(db, axis, changes - aged)
}

function isMember(db: Database, axis: string, member: string, cutoffMs: number): boolean {
  const row = db.get(
    'SELECT 1 AS found FROM cap_member WHERE axis = ? AND member = ? AND time_ms > ?',
    axis,
    member,
    cutoffMs,
  )
  return row !== undefined
}

/** How much of each cap is used at `nowMs`, in sliding windows of log time. */
export function readCapUse(db: Database, axes: CapAxes, nowMs: number): CapUse {
  const names = axisNames(axes)
  const dayAgo = nowMs - capWindows.officialMs
  const monthAgo = nowMs - capWindows.subjectMs
  return {
    officialToday: countSince(db, 'cap_event', names.official, dayAgo),
    caseSubjects: countSince(db, 'cap_member', names.caseSubjects, -1),
    caseHasSubject: isMember(db, names.caseSubjects, axes.subjectHandle, -1),
    distinctSubjects30d: countSince(db, 'cap_member', names.distinct, monthAgo),
    subjectCountedAlready: isMember(db, names.distinct, axes.subjectHandle, monthAgo),
    subject30d: countSince(db, 'cap_event', names.subject, monthAgo),
  }
}

/** One question to be counted. */
export interface CapCharge {
  readonly axes: CapAxes
  readonly nowMs: number
  readonly counted: 'all' | 'official'
}

/** Counts one question inside the open transaction. */
export function chargeCaps(db: Database, { axes, nowMs, counted }: CapCharge): void {
  const names = axisNames(axes)
  const monthAgo = nowMs - capWindows.subjectMs
  chargeEvent(db, { axis: names.official, cutoffMs: nowMs - capWindows.officialMs, nowMs })
  if (counted === 'official') return
  chargeEvent(db, { axis: names.subject, cutoffMs: monthAgo, nowMs })
  chargeMember(db, axes.subjectHandle, { axis: names.distinct, cutoffMs: monthAgo, nowMs })
  chargeMember(db, axes.subjectHandle, { axis: names.caseSubjects, cutoffMs: -1, nowMs })
}
