import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { type CapUse, capWindows } from '../../agreement/index.ts'
import type { CapAxes } from '../../person/index.ts'
import { type Database, openDatabase } from './open-database.ts'
import { stateSchema } from './schema.ts'
import { chargeCaps, readCapUse } from './sqlite-caps.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-caps-'))
after(() => rmSync(dir, { recursive: true, force: true }))

let stores = 0

function emptyStore(): Database {
  stores += 1
  const db = openDatabase(join(dir, `state-${stores}.db`), { mode: 'create' })
  db.script(stateSchema)
  // Left open: every transaction of a test stays in memory, which is all that counting needs.
  db.script('BEGIN')
  return db
}

const asker: CapAxes = {
  consumer: 'housing',
  agreement: 'rent',
  official: 'official-1',
  caseHandle: 'case-1',
  subjectHandle: 'subject-1',
}
const dayMs = capWindows.officialMs
const monthMs = capWindows.subjectMs
const t0 = 1_700_000_000_000

function charge(db: Database, change: Partial<CapAxes>, nowMs: number): void {
  chargeCaps(db, { axes: { ...asker, ...change }, nowMs, counted: 'all' })
}

test('nothing is used before the first charge', () => {
  assert.deepEqual(readCapUse(emptyStore(), asker, t0), {
    officialToday: 0,
    caseSubjects: 0,
    caseHasSubject: false,
    distinctSubjects30d: 0,
    subjectCountedAlready: false,
    subject30d: 0,
  })
})

test('a charge counts at once, and to the last millisecond of its window', () => {
  const db = emptyStore()
  charge(db, {}, t0)
  const at = (ms: number): CapUse => readCapUse(db, asker, t0 + ms)
  assert.equal(at(0).officialToday, 1)
  assert.equal(at(dayMs - 1).officialToday, 1)
  assert.equal(at(dayMs).officialToday, 0)
  for (const ms of [0, dayMs, monthMs - 1]) {
    assert.deepEqual(
      [at(ms).subject30d, at(ms).distinctSubjects30d, at(ms).subjectCountedAlready],
      [1, 1, true],
    )
  }
  assert.deepEqual(
    [at(monthMs).subject30d, at(monthMs).distinctSubjects30d, at(monthMs).subjectCountedAlready],
    [0, 0, false],
  )
})

test('the subjects of a case are counted for ever', () => {
  const db = emptyStore()
  charge(db, {}, t0)
  charge(db, { subjectHandle: 'subject-2' }, t0 + 1)
  const use = readCapUse(db, asker, t0 + 100 * monthMs)
  assert.deepEqual([use.caseSubjects, use.caseHasSubject], [2, true])
  const stranger = { ...asker, subjectHandle: 'subject-3' }
  assert.equal(readCapUse(db, stranger, t0).caseHasSubject, false)
})

test('a subject that is asked about again stays counted once, from its newest question on', () => {
  const db = emptyStore()
  charge(db, {}, t0)
  charge(db, {}, t0 + dayMs)
  const soon = readCapUse(db, asker, t0 + monthMs)
  assert.deepEqual([soon.distinctSubjects30d, soon.subject30d], [1, 1])
  const later = readCapUse(db, asker, t0 + dayMs + monthMs)
  assert.deepEqual([later.distinctSubjects30d, later.subject30d], [0, 0])
})

test('windows are apart by consumer, agreement, official, case and subject', () => {
  const db = emptyStore()
  charge(db, {}, t0)
  const others: readonly Partial<CapAxes>[] = [
    { consumer: 'social' },
    { agreement: 'benefits' },
    { official: 'official-2' },
    { caseHandle: 'case-2' },
    { subjectHandle: 'subject-2' },
  ]
  const uses = others.map((change) => readCapUse(db, { ...asker, ...change }, t0))
  assert.deepEqual(
    uses.map((use) => [
      use.officialToday,
      use.caseSubjects,
      use.distinctSubjects30d,
      use.subject30d,
    ]),
    [
      [0, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 1, 1, 1],
      [1, 0, 1, 1],
      [1, 1, 1, 0],
    ],
  )
})

test('an invalid subject counts on the official alone', () => {
  const db = emptyStore()
  chargeCaps(db, { axes: asker, nowMs: t0, counted: 'official' })
  const use = readCapUse(db, asker, t0)
  assert.deepEqual(
    [use.officialToday, use.caseSubjects, use.distinctSubjects30d, use.subject30d],
    [1, 0, 0, 0],
  )
})

test('what has aged is dropped at the next charge of its axis, and the count stays right', () => {
  const db = emptyStore()
  for (let place = 0; place < 5; place += 1) charge(db, {}, t0 + place)
  charge(db, {}, t0 + monthMs + 2)
  const rows = db.get('SELECT count(*) AS n FROM cap_event WHERE axis LIKE ?', 'subject%')
  assert.equal(rows?.['n'], 3)
  assert.equal(readCapUse(db, asker, t0 + monthMs + 2).subject30d, 3)
})

interface Asked {
  readonly axes: CapAxes
  readonly atMs: number
  readonly counted: 'all' | 'official'
}

/** The caps, counted question by question. */
function countNaively(asked: readonly Asked[], axes: CapAxes, nowMs: number): CapUse {
  const all = asked.filter(({ counted }) => counted === 'all')
  const sameScope = all.filter(
    (one) => one.axes.consumer === axes.consumer && one.axes.agreement === axes.agreement,
  )
  const inMonth = sameScope.filter(({ atMs }) => atMs > nowMs - monthMs)
  const inCase = sameScope.filter((one) => one.axes.caseHandle === axes.caseHandle)
  const subjectsOf = (some: readonly Asked[]): Set<string> =>
    new Set(some.map((one) => one.axes.subjectHandle))
  return {
    officialToday: asked.filter(
      (one) =>
        one.axes.consumer === axes.consumer &&
        one.axes.official === axes.official &&
        one.atMs > nowMs - dayMs,
    ).length,
    caseSubjects: subjectsOf(inCase).size,
    caseHasSubject: subjectsOf(inCase).has(axes.subjectHandle),
    distinctSubjects30d: subjectsOf(inMonth).size,
    subjectCountedAlready: subjectsOf(inMonth).has(axes.subjectHandle),
    subject30d: inMonth.filter((one) => one.axes.subjectHandle === axes.subjectHandle).length,
  }
}

const axes = fc.record({
  consumer: fc.constantFrom('housing', 'social'),
  agreement: fc.constantFrom('rent', 'benefits'),
  official: fc.constantFrom('o1', 'o2'),
  caseHandle: fc.constantFrom('c1', 'c2', 'c3'),
  subjectHandle: fc.constantFrom('s1', 's2', 's3', 's4'),
})
/** Steps of log time that meet the edges of the windows often. */
const step = fc.constantFrom(0, 1, 1_000, dayMs - 1, dayMs, dayMs + 1, monthMs - 1, monthMs)

test('the counters are what counting every question gives, at every step', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ axes, step, counted: fc.constantFrom('all', 'all', 'official') }), {
        maxLength: 25,
      }),
      axes,
      (steps, other) => {
        const db = emptyStore()
        const asked: Asked[] = []
        let nowMs = t0
        for (const { axes: own, step: ms, counted } of steps) {
          nowMs += ms
          for (const one of [own, other]) {
            assert.deepEqual(readCapUse(db, one, nowMs), countNaively(asked, one, nowMs))
          }
          const kind = counted === 'official' ? 'official' : 'all'
          chargeCaps(db, { axes: own, nowMs, counted: kind })
          asked.push({ axes: own, atMs: nowMs, counted: kind })
        }
        db.close()
      },
    ),
    { numRuns: 30 },
  )
})
