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

/** Rows of an axis that are still inside its window: the kept count less what has aged since. */
function countSince(table: WindowTable, axis: string, cutoff: string): string {
  const counted = `SELECT n FROM cap_count WHERE axis = ${axis}`
  const aged = `SELECT count(*) FROM ${table} WHERE axis = ${axis} AND time_ms <= ${cutoff}`
  return `coalesce((${counted}), 0) - (${aged})`
}

function isMember(axis: string, member: string, cutoff: string): string {
  return `EXISTS (SELECT 1 FROM cap_member WHERE axis = ${axis} AND member = ${member} AND time_ms > ${cutoff})`
}

/** All of it in one statement: a call costs more than what it reads. */
const capUseSql = `SELECT
  ${countSince('cap_event', '?1', '?6')} AS official_today,
  ${countSince('cap_event', '?2', '?7')} AS subject_questions,
  ${countSince('cap_member', '?3', '?7')} AS distinct_subjects,
  ${countSince('cap_member', '?4', '-1')} AS case_subjects,
  ${isMember('?3', '?5', '?7')} AS subject_counted,
  ${isMember('?4', '?5', '-1')} AS case_has_subject`

/** How much of each cap is used at `nowMs`, in sliding windows of log time. */
export function readCapUse(db: Database, axes: CapAxes, nowMs: number): CapUse {
  const names = axisNames(axes)
  const row = db.get(
    capUseSql,
    names.official,
    names.subject,
    names.distinct,
    names.caseSubjects,
    axes.subjectHandle,
    nowMs - capWindows.officialMs,
    nowMs - capWindows.subjectMs,
  )
  if (row === undefined) throw new TypeError('a statement of one row has one')
  return {
    officialToday: integerOf(row, 'official_today'),
    caseSubjects: integerOf(row, 'case_subjects'),
    caseHasSubject: integerOf(row, 'case_has_subject') === 1,
    distinctSubjects30d: integerOf(row, 'distinct_subjects'),
    subjectCountedAlready: integerOf(row, 'subject_counted') === 1,
    subject30d: integerOf(row, 'subject_questions'),
  }
}

/** One question to be counted. */
export interface CapCharge {
  readonly axes: CapAxes
  readonly nowMs: number
  readonly counted: 'all' | 'official'
}

/** What lies before a window, oldest of the log's time: dropped, and no longer counted. */
function dropAged(db: Database, table: WindowTable, axis: string, cutoffMs: number): void {
  const { changes } = db.run(`DELETE FROM ${table} WHERE axis = ? AND time_ms <= ?`, axis, cutoffMs)
  if (changes > 0) db.run('UPDATE cap_count SET n = n - ? WHERE axis = ?', changes, axis)
}

const agedSql = `SELECT
  EXISTS (SELECT 1 FROM cap_event WHERE axis = ?1 AND time_ms <= ?4)
  OR EXISTS (SELECT 1 FROM cap_event WHERE axis = ?2 AND time_ms <= ?5)
  OR EXISTS (SELECT 1 FROM cap_member WHERE axis = ?3 AND time_ms <= ?5) AS aged`

/** Most questions find nothing that has aged since the last one, and one statement tells. */
function dropAllAged(db: Database, names: AxisNames, nowMs: number): void {
  const dayAgo = nowMs - capWindows.officialMs
  const monthAgo = nowMs - capWindows.subjectMs
  const { official, subject, distinct } = names
  const row = db.get(agedSql, official, subject, distinct, dayAgo, monthAgo)
  if (row !== undefined && integerOf(row, 'aged') === 0) return
  dropAged(db, 'cap_event', official, dayAgo)
  dropAged(db, 'cap_event', subject, monthAgo)
  dropAged(db, 'cap_member', distinct, monthAgo)
}

const addCounts = 'ON CONFLICT (axis) DO UPDATE SET n = n + excluded.n'
const isNew = (axis: string): string =>
  `(SELECT NOT EXISTS (SELECT 1 FROM cap_member WHERE axis = ${axis} AND member = ?5))`

/** Counts one question inside the open transaction. */
export function chargeCaps(db: Database, { axes, nowMs, counted }: CapCharge): void {
  const names = axisNames(axes)
  const { official, subject, distinct, caseSubjects } = names
  dropAllAged(db, names, nowMs)
  if (counted === 'official') {
    db.run('INSERT INTO cap_event (axis, time_ms) VALUES (?, ?)', official, nowMs)
    db.run(`INSERT INTO cap_count (axis, n) VALUES (?, 1) ${addCounts}`, official)
    return
  }
  const member = axes.subjectHandle
  db.run(
    'INSERT INTO cap_event (axis, time_ms) VALUES (?1, ?3), (?2, ?3)',
    official,
    subject,
    nowMs,
  )
  // Before the members themselves: only a new one counts.
  db.run(
    `INSERT INTO cap_count (axis, n)
     VALUES (?1, 1), (?2, 1), (?3, ${isNew('?3')}), (?4, ${isNew('?4')}) ${addCounts}`,
    official,
    subject,
    distinct,
    caseSubjects,
    member,
  )
  db.run(
    `INSERT INTO cap_member (axis, member, time_ms) VALUES (?1, ?3, ?4), (?2, ?3, ?4)
     ON CONFLICT (axis, member) DO UPDATE SET time_ms = max(time_ms, excluded.time_ms)`,
    distinct,
    caseSubjects,
    member,
    nowMs,
  )
}
