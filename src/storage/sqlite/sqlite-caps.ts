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

/**
 * Subjects of a window: the kept total less those whose newest question has left the window since. Most
 * questions come in the hour of the one before, when none has.
 */
const distinctOf = (axis: string, total: string, window: 'month' | 'year', from: string): string =>
  `coalesce(${total}.${window} - CASE WHEN ${total}.${window}_from < ${from} THEN
    ${sumOf(`key = ${axis} AND axis = '' AND hour >= ${total}.${window}_from AND hour < ${from}`)} ELSE 0 END, 0)`

/** Every counter of a question, and more columns, in one statement: a call costs more than what it reads. */
const countersSql = (more: string): string => `SELECT
  ${sumOf("key = ?1 AND axis = '' AND hour >= ?2")} AS official_today,
  (SELECT count(*) FROM cap_use WHERE ${under('?3', '?4')}) AS case_subjects,
  EXISTS (SELECT 1 FROM cap_use WHERE key = ?3 AND axis = ?5) AS case_has_subject,
  ${sumOf('key = ?3 AND axis = ?6')} AS locating_tries,
  ${sumOf('key = ?7 AND axis = ?8 AND hour >= ?9')} AS subject_questions,
  coalesce((SELECT max(hour) FROM cap_use WHERE key = ?7 AND axis = ?8), -1) AS newest,
  coalesce((SELECT max(hour) FROM cap_use WHERE ${under('?7', '?10')}), -1) AS newest_any,
  ${distinctOf('?11', 'own', 'month', '?9')} AS month,
  ${distinctOf('?11', 'own', 'year', '?12')} AS year,
  ${distinctOf('?13', 'every', 'month', '?9')} AS month_any,
  ${distinctOf('?13', 'every', 'year', '?12')} AS year_any,
  (SELECT coalesce(group_concat(axis, char(10)), '') FROM cap_use WHERE ${under('?7', '?14')} AND hour >= ?12) AS bounds,
  ${sumOf('key = ?15 AND axis = ?16 AND hour >= ?9')} AS emergency_official,
  ${sumOf("key = ?17 AND axis = '' AND hour >= ?9")} AS emergency_agreement${more}
  FROM (SELECT 1) LEFT JOIN cap_total AS own ON own.axis = ?11 LEFT JOIN cap_total AS every ON every.axis = ?13`

const useSql = countersSql('')

/** What follows the word and the consumer in the name of a bound; no bound has a newline. */
function boundsIn(row: SqlRow, prefix: string): readonly string[] {
  const text = textOf(row, 'bounds')
  return text === '' ? [] : text.split('\n').map((axis) => axis.slice(prefix.length))
}

/** Whether a window has left rows behind that no window holds any more. Most questions find none. */
const agedSql = `EXISTS (SELECT 1 FROM cap_use WHERE key = ?1 AND axis = '' AND hour < ?2)
  OR EXISTS (SELECT 1 FROM cap_use WHERE key = ?7 AND hour < ?12)
  OR EXISTS (SELECT 1 FROM cap_use WHERE key = ?11 AND axis = '' AND hour < ?12)
  OR EXISTS (SELECT 1 FROM cap_use WHERE key = ?13 AND axis = '' AND hour < ?12)`

const useToChargeSql = countersSql(`, ${agedSql} AS aged`)

/** What all counters of one question say, as `sql` asks. */
function readCounters(
  db: Database,
  { sql, axes, nowMs }: { readonly sql: string; readonly axes: CapAxes; readonly nowMs: number },
): SqlRow {
  const names = namesOf(axes)
  const hour = hourOf(nowMs)
  const row = db.get(
    sql,
    names.official,
    hour - capWindows.dayHours,
    names.ofCase,
    `in ${axes.agreement}`,
    names.inCase,
    names.tries,
    subjectKey(axes),
    names.asked,
    hour - capWindows.monthHours,
    `asked ${axes.consumer}`,
    names.distinct,
    hour - capWindows.yearHours,
    names.distinctAny,
    `bound ${axes.consumer}`,
    names.emergencyAny,
    axes.official,
    names.emergency,
  )
  if (row === undefined) throw new TypeError('a statement of one row has one')
  return row
}

/** How much of each cap and ceiling is used at `nowMs`, in sliding windows of log time. */
export function readCapUse(db: Database, axes: CapAxes, nowMs: number): CountedUse {
  return useIn(readCounters(db, { sql: useSql, axes, nowMs }), axes, nowMs)
}

function useIn(row: SqlRow, axes: CapAxes, nowMs: number): CountedUse {
  const hour = hourOf(nowMs)
  const monthFrom = hour - capWindows.monthHours
  const yearFrom = hour - capWindows.yearHours
  const bound = `bound ${axes.consumer}`
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

/** Drops what no window holds any more. */
function dropAged(db: Database, axes: CapAxes, hour: number): void {
  const { official, distinct, distinctAny } = namesOf(axes)
  const dayFrom = hour - capWindows.dayHours
  const yearFrom = hour - capWindows.yearHours
  const subject = subjectKey(axes)
  db.run("DELETE FROM cap_use WHERE key = ? AND axis = '' AND hour < ?", official, dayFrom)
  for (const key of [subject, distinct, distinctAny])
    db.run('DELETE FROM cap_use WHERE key = ? AND hour < ?', key, yearFrom)
}

interface Joining {
  readonly axis: string
  /** Subjects of the windows, those aged left out. */
  readonly month: number
  readonly year: number
  /** Hour of the subject's newest question before, −1 for none. */
  readonly newest: number
}

/** Counts a subject among those of a month and a year, and moves it to the hour of its newest question. */
function join(db: Database, { axis, month, year, newest }: Joining, hour: number): void {
  if (newest === hour) return
  const monthFrom = hour - capWindows.monthHours
  const yearFrom = hour - capWindows.yearHours
  db.run(
    `INSERT INTO cap_total (axis, month, month_from, year, year_from) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (axis) DO UPDATE SET month = excluded.month, month_from = max(month_from, excluded.month_from),
       year = excluded.year, year_from = max(year_from, excluded.year_from)`,
    axis,
    month + (newest >= monthFrom ? 0 : 1),
    monthFrom,
    year + (newest >= yearFrom ? 0 : 1),
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

function charge(db: Database, { axes, nowMs, counted }: CapCharge, counters: () => SqlRow): void {
  const names = namesOf(axes)
  const hour = hourOf(nowMs)
  const official: Row = [names.official, '', hour]
  const emergency = emergencyRows(db, axes, hour)
  if (counted === 'official') return add(db, [official, ...emergency])
  const row = counters()
  const of = (column: string): number => integerOf(row, column)
  const [newest, newestAny] = [of('newest'), of('newest_any')]
  join(db, { axis: names.distinct, month: of('month'), year: of('year'), newest }, hour)
  const any = { month: of('month_any'), year: of('year_any'), newest: newestAny }
  join(db, { axis: names.distinctAny, ...any }, hour)
  if (of('aged') === 1) dropAged(db, axes, hour)
  const subject = subjectKey(axes)
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

/** The counters of the one connection that writes them. */
export interface CapCounters {
  /** As {@link readCapUse}. */
  use(axes: CapAxes, nowMs: number): CountedUse
  /** Counts one question inside the open transaction. */
  charge(charge: CapCharge): void
  /** Counts the entry of a denial. */
  countDenial(consumer: string, nowMs: number): void
  /** Forgets what was read: after a rollback it may not be so. */
  forget(): void
}

interface ReadBefore {
  readonly axes: CapAxes
  readonly hour: number
  readonly row: SqlRow
}

/** Whether a row read for these axes says what is to be known for those; bounds and tries are only added to. */
function isAbout(before: ReadBefore, axes: CapAxes, nowMs: number): boolean {
  const { axes: read, hour } = before
  return (
    hour === hourOf(nowMs) &&
    read.consumer === axes.consumer &&
    read.agreement === axes.agreement &&
    read.official === axes.official &&
    read.caseHandle === axes.caseHandle &&
    read.subjectHandle === axes.subjectHandle
  )
}

/**
 * Counters that are read to decide and then charged, question by question: what was read last is not read again
 * for its charge. Anything written lets go of it.
 */
export function capCounters(db: Database): CapCounters {
  let before: ReadBefore | undefined
  const read = (axes: CapAxes, nowMs: number): SqlRow => {
    if (before !== undefined && isAbout(before, axes, nowMs)) return before.row
    const row = readCounters(db, { sql: useToChargeSql, axes, nowMs })
    before = { axes, hour: hourOf(nowMs), row }
    return row
  }
  return {
    use: (axes, nowMs) => useIn(read(axes, nowMs), axes, nowMs),
    charge(one) {
      charge(db, one, () => read(one.axes, one.nowMs))
      before = undefined
    },
    countDenial(consumer, nowMs) {
      countDenial(db, consumer, nowMs)
      before = undefined
    },
    forget() {
      before = undefined
    },
  }
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

function countDenial(db: Database, consumer: string, nowMs: number): void {
  const hour = hourOf(nowMs)
  const aged = "DELETE FROM cap_use WHERE key = ? AND axis = '' AND hour < ?"
  db.run(aged, denied(consumer), hour - capWindows.dayHours)
  add(db, [[denied(consumer), '', hour]])
}
