import { capWindows, type CountedUse, hourOf, mostBounds } from '../../agreement/index.ts'
import type { CapAxes } from '../../person/index.ts'
import { integerOf, textOf } from './columns.ts'
import type { Database, SqlRow } from './open-database.ts'

/*
 * Counters are rows of `cap_use`: so many in an hour of log time, by whom or what they are about (`key`) and
 * what is counted (`axis`). Everything about one subject lies side by side, and so does everything about one
 * case or official: a question touches one page of each, however much is counted. `cap_total` holds how many
 * different subjects a month and a year have, so that no read walks through them.
 */

interface Names {
  readonly official: string
  readonly ofCase: string
  readonly inCase: string
  readonly tries: string
  readonly asked: string
  /** Subjects of the agreement, and of the consumer under any agreement. */
  readonly distinct: string
  readonly distinctAny: string
  /** Emergencies of an official, under any agreement of the consumer, and of the agreement. */
  readonly emergencyAny: string
  readonly emergency: string
}

function namesOf(axes: CapAxes): Names {
  const { consumer, agreement } = axes
  return {
    official: `official ${consumer} ${axes.official}`,
    ofCase: `case ${consumer} ${axes.caseHandle}`,
    inCase: `in ${agreement} ${axes.subjectHandle}`,
    tries: `tries ${axes.subjectHandle}`,
    asked: `asked ${consumer} ${agreement}`,
    distinct: `distinct ${consumer} ${agreement}`,
    distinctAny: `distinct ${consumer}`,
    emergencyAny: `emergency ${consumer}`,
    emergency: `emergency ${consumer} ${agreement}`,
  }
}

/** The subjects' own key: apart from every other kind of key. */
function subjectKey({ subjectHandle }: CapAxes): string {
  return `subject ${subjectHandle}`
}

/** All axes that begin with a word and a space: in the order of bytes, `!` follows the space. */
const under = (key: string, word: string): string =>
  `key = ${key} AND axis >= ${word} || ' ' AND axis < ${word} || '!'`

const sumOf = (where: string): string => `(SELECT coalesce(sum(n), 0) FROM cap_use WHERE ${where})`

/** Subjects of a window: the kept total less those whose newest question has left the window since. */
const distinctOf = (axis: string, window: 'month' | 'year', from: string): string =>
  `coalesce((SELECT ${window} - ${sumOf(`key = ${axis} AND axis = '' AND hour >= ${window}_from AND hour < ${from}`)}
    FROM cap_total WHERE axis = ${axis}), 0)`

/** All of it in one statement: a call costs more than what it reads. */
const useSql = `SELECT
  ${sumOf("key = ?1 AND axis = '' AND hour >= ?2")} AS official_today,
  (SELECT count(*) FROM cap_use WHERE ${under('?3', '?4')}) AS case_subjects,
  EXISTS (SELECT 1 FROM cap_use WHERE key = ?3 AND axis = ?5) AS case_has_subject,
  ${sumOf('key = ?3 AND axis = ?6')} AS locating_tries,
  ${sumOf('key = ?7 AND axis = ?8 AND hour >= ?9')} AS subject_questions,
  coalesce((SELECT max(hour) FROM cap_use WHERE key = ?7 AND axis = ?8), -1) AS newest,
  coalesce((SELECT max(hour) FROM cap_use WHERE ${under('?7', '?10')}), -1) AS newest_any,
  ${distinctOf('?11', 'month', '?9')} AS month,
  ${distinctOf('?11', 'year', '?12')} AS year,
  ${distinctOf('?13', 'month', '?9')} AS month_any,
  ${distinctOf('?13', 'year', '?12')} AS year_any,
  (SELECT coalesce(group_concat(axis, char(10)), '') FROM cap_use WHERE ${under('?7', '?14')} AND hour >= ?12) AS bounds,
  ${sumOf('key = ?15 AND axis = ?16 AND hour >= ?9')} AS emergency_official,
  ${sumOf("key = ?17 AND axis = '' AND hour >= ?9")} AS emergency_agreement`

/** What follows the word and the consumer in the name of a bound; no bound has a newline. */
function boundsIn(row: SqlRow, prefix: string): readonly string[] {
  const text = textOf(row, 'bounds')
  return text === '' ? [] : text.split('\n').map((axis) => axis.slice(prefix.length))
}

/** How much of each cap and ceiling is used at `nowMs`, in sliding windows of log time. */
export function readCapUse(db: Database, axes: CapAxes, nowMs: number): CountedUse {
  const names = namesOf(axes)
  const hour = hourOf(nowMs)
  const monthFrom = hour - capWindows.monthHours
  const yearFrom = hour - capWindows.yearHours
  const bound = `bound ${axes.consumer}`
  const row = db.get(
    useSql,
    names.official,
    hour - capWindows.dayHours,
    names.ofCase,
    `in ${axes.agreement}`,
    names.inCase,
    names.tries,
    subjectKey(axes),
    names.asked,
    monthFrom,
    `asked ${axes.consumer}`,
    names.distinct,
    yearFrom,
    names.distinctAny,
    bound,
    names.emergencyAny,
    axes.official,
    names.emergency,
  )
  if (row === undefined) throw new TypeError('a statement of one row has one')
  const newest = integerOf(row, 'newest')
  const newestAny = integerOf(row, 'newest_any')
  const withThis = (column: string, isCounted: boolean): number =>
    integerOf(row, column) + (isCounted ? 0 : 1)
  return {
    capUse: {
      officialToday: integerOf(row, 'official_today'),
      caseSubjects: integerOf(row, 'case_subjects'),
      caseHasSubject: integerOf(row, 'case_has_subject') === 1,
      caseLocatingTries: integerOf(row, 'locating_tries'),
      distinctSubjects30d: integerOf(row, 'month'),
      subjectCountedAlready: newest >= monthFrom,
      subject30d: integerOf(row, 'subject_questions'),
      emergencyOfficial30d: integerOf(row, 'emergency_official'),
      emergencyAgreement30d: integerOf(row, 'emergency_agreement'),
    },
    ceilings: {
      agreementSubjects30Days: withThis('month', newest >= monthFrom),
      agreementSubjectsYear: withThis('year', newest >= yearFrom),
      consumerSubjects30Days: withThis('month_any', newestAny >= monthFrom),
      consumerSubjectsYear: withThis('year_any', newestAny >= yearFrom),
      thresholdsPerSubject: mostBounds(boundsIn(row, `${bound} `), axes.bounds),
    },
  }
}

/** One question to be counted. */
export interface CapCharge {
  readonly axes: CapAxes
  readonly nowMs: number
  readonly counted: 'all' | 'official'
}

const agedSql = `SELECT
  EXISTS (SELECT 1 FROM cap_use WHERE key = ?1 AND axis = '' AND hour < ?2)
  OR EXISTS (SELECT 1 FROM cap_use WHERE key = ?3 AND hour < ?4)
  OR EXISTS (SELECT 1 FROM cap_use WHERE key = ?5 AND axis = '' AND hour < ?4)
  OR EXISTS (SELECT 1 FROM cap_use WHERE key = ?6 AND axis = '' AND hour < ?4) AS aged`

/** Drops what no window holds any more. Most questions find nothing, and one statement tells. */
function dropAged(db: Database, axes: CapAxes, hour: number): void {
  const { official, distinct, distinctAny } = namesOf(axes)
  const dayFrom = hour - capWindows.dayHours
  const yearFrom = hour - capWindows.yearHours
  const subject = subjectKey(axes)
  const row = db.get(agedSql, official, dayFrom, subject, yearFrom, distinct, distinctAny)
  if (row !== undefined && integerOf(row, 'aged') === 0) return
  db.run("DELETE FROM cap_use WHERE key = ? AND axis = '' AND hour < ?", official, dayFrom)
  for (const key of [subject, distinct, distinctAny])
    db.run('DELETE FROM cap_use WHERE key = ? AND hour < ?', key, yearFrom)
}

const totalSql = `SELECT month, month_from, year, year_from,
  ${sumOf("key = ?1 AND axis = '' AND hour >= month_from AND hour < ?2")} AS month_aged,
  ${sumOf("key = ?1 AND axis = '' AND hour >= year_from AND hour < ?3")} AS year_aged
  FROM cap_total WHERE axis = ?1`

interface Joining {
  readonly axis: string
  /** Hour of the subject's newest question before, −1 for none. */
  readonly newest: number
  readonly hour: number
}

/** Counts a subject among those of a month and a year, and moves it to the hour of its newest question. */
function join(db: Database, { axis, newest, hour }: Joining): void {
  if (newest === hour) return
  const monthFrom = hour - capWindows.monthHours
  const yearFrom = hour - capWindows.yearHours
  const row = db.get(totalSql, axis, monthFrom, yearFrom)
  const kept = (column: string): number => (row === undefined ? 0 : integerOf(row, column))
  const month = kept('month') - kept('month_aged') + (newest >= monthFrom ? 0 : 1)
  const year = kept('year') - kept('year_aged') + (newest >= yearFrom ? 0 : 1)
  db.run(
    `INSERT INTO cap_total (axis, month, month_from, year, year_from) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (axis) DO UPDATE SET month = excluded.month, month_from = max(month_from, excluded.month_from),
       year = excluded.year, year_from = max(year_from, excluded.year_from)`,
    axis,
    month,
    monthFrom,
    year,
    yearFrom,
  )
  if (newest >= yearFrom) {
    const left = "UPDATE cap_use SET n = n - 1 WHERE key = ? AND axis = '' AND hour = ?"
    db.run(left, axis, newest)
  }
}

/** A row to add to: key, axis, hour. */
type Row = readonly [key: string, axis: string, hour: number]

function add(db: Database, rows: readonly Row[]): void {
  const places = rows.map(() => '(?, ?, ?, 1)').join(', ')
  db.run(
    `INSERT INTO cap_use (key, axis, hour, n) VALUES ${places}
     ON CONFLICT (key, axis, hour) DO UPDATE SET n = n + 1`,
    ...rows.flat(),
  )
}

const newestSql = `SELECT
  coalesce((SELECT max(hour) FROM cap_use WHERE key = ?1 AND axis = ?2), -1) AS newest,
  coalesce((SELECT max(hour) FROM cap_use WHERE ${under('?1', '?3')}), -1) AS newest_any`

/** What an emergency counts on, whomever it is about; drops what its window holds no more. */
function emergencyRows(db: Database, axes: CapAxes, hour: number): readonly Row[] {
  if (!axes.emergency) return []
  const { emergency, emergencyAny } = namesOf(axes)
  const aged = 'DELETE FROM cap_use WHERE key = ? AND hour < ?'
  for (const key of [emergency, emergencyAny]) db.run(aged, key, hour - capWindows.monthHours)
  return [
    [emergencyAny, axes.official, hour],
    [emergency, '', hour],
  ]
}

/** Counts one question inside the open transaction. */
export function chargeCaps(db: Database, { axes, nowMs, counted }: CapCharge): void {
  const names = namesOf(axes)
  const hour = hourOf(nowMs)
  const official: Row = [names.official, '', hour]
  const emergency = emergencyRows(db, axes, hour)
  if (counted === 'official') return add(db, [official, ...emergency])
  const subject = subjectKey(axes)
  const row = db.get(newestSql, subject, names.asked, `asked ${axes.consumer}`)
  if (row === undefined) throw new TypeError('a statement of one row has one')
  const newest = integerOf(row, 'newest')
  const newestAny = integerOf(row, 'newest_any')
  join(db, { axis: names.distinct, newest, hour })
  join(db, { axis: names.distinctAny, newest: newestAny, hour })
  // After the totals, which have to see what leaves them.
  dropAged(db, axes, hour)
  add(db, [
    official,
    [subject, names.asked, hour],
    ...axes.bounds.map((bound): Row => [subject, `bound ${axes.consumer} ${bound}`, hour]),
    [names.ofCase, names.inCase, 0],
    ...(axes.locating ? [[names.ofCase, names.tries, 0] as const] : []),
    ...(newest === hour ? [] : [[names.distinct, '', hour] as const]),
    ...(newestAny === hour ? [] : [[names.distinctAny, '', hour] as const]),
    ...emergency,
  ])
}

const denied = (consumer: string): string => `denied ${consumer}`

/** Denials without an answer that a consumer's questions have made entries, in a day of log time. */
export function readDenials(db: Database, consumer: string, nowMs: number): number {
  const from = hourOf(nowMs) - capWindows.dayHours
  const row = db.get(
    `SELECT ${sumOf("key = ? AND axis = '' AND hour >= ?")} AS n`,
    denied(consumer),
    from,
  )
  return row === undefined ? 0 : integerOf(row, 'n')
}

/** Counts one of them. */
export function countDenial(db: Database, consumer: string, nowMs: number): void {
  const hour = hourOf(nowMs)
  const aged = "DELETE FROM cap_use WHERE key = ? AND axis = '' AND hour < ?"
  db.run(aged, denied(consumer), hour - capWindows.dayHours)
  add(db, [[denied(consumer), '', hour]])
}
