import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { capWindows } from '../../agreement/index.ts'
import type { CapAxes } from '../../person/index.ts'
import { emptyTables, memoryCapUse, memoryCharge } from '../../testing/memory-store/index.ts'
import { type Database, openDatabase } from './open-database.ts'
import { stateSchema } from './schema.ts'
import { capCounters, readCapUse, readDenials } from './sqlite-caps.ts'

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
  bounds: [],
  locating: false,
  emergency: false,
}
const hourMs = 3_600_000
/** The first moment of an hour. */
const t0 = 1_700_000_000_000 - (1_700_000_000_000 % hourMs)
const monthMs = capWindows.monthHours * hourMs
const yearMs = capWindows.yearHours * hourMs

function charge(db: Database, change: Partial<CapAxes>, nowMs: number): void {
  capCounters(db).charge({ axes: { ...asker, ...change }, nowMs, counted: 'all' })
}

function rowsOf(db: Database, key: string): number {
  return Number(db.get('SELECT count(*) AS n FROM cap_use WHERE key LIKE ?', key)?.['n'])
}

test('what no window holds any more is dropped at the next charge of its axis', () => {
  const db = emptyStore()
  for (let place = 0; place < 5; place += 1) charge(db, {}, t0 + place * hourMs)
  assert.deepEqual([rowsOf(db, 'official%'), rowsOf(db, 'subject%')], [5, 5])
  assert.equal(rowsOf(db, 'distinct%'), 10)
  charge(db, {}, t0 + yearMs + 3 * hourMs)
  assert.deepEqual([rowsOf(db, 'official%'), rowsOf(db, 'subject%')], [1, 3])
  assert.equal(rowsOf(db, 'distinct%'), 6)
})

test('a question touches one page of a subject and one of a case, however many agreements there are', () => {
  const db = emptyStore()
  for (let place = 0; place < 4; place += 1) charge(db, { agreement: `agreement-${place}` }, t0)
  const keys = db.all('SELECT DISTINCT key FROM cap_use ORDER BY key').map(({ key }) => key)
  assert.deepEqual(
    keys.filter((key) => String(key).startsWith('subject') || String(key).startsWith('case')),
    ['case housing case-1', 'subject subject-1'],
  )
})

test('denials are counted by consumer, and forgotten after a day', () => {
  const db = emptyStore()
  const counters = capCounters(db)
  counters.countDenial('housing', t0)
  counters.countDenial('housing', t0 + hourMs)
  counters.countDenial('social', t0)
  assert.equal(readDenials(db, 'housing', t0 + hourMs), 2)
  assert.equal(readDenials(db, 'housing', t0 + 25 * hourMs), 1)
  assert.equal(readDenials(db, 'housing', t0 + 26 * hourMs), 0)
  counters.countDenial('housing', t0 + 26 * hourMs)
  assert.equal(rowsOf(db, 'denied housing'), 1)
})

const axes = fc.record({
  consumer: fc.constantFrom('housing', 'social', 'housing-2'),
  agreement: fc.constantFrom('rent', 'benefits', 'rent-2'),
  official: fc.constantFrom('o1', 'o2'),
  caseHandle: fc.constantFrom('c1', 'c2', 'c3'),
  subjectHandle: fc.constantFrom('s1', 's2', 's3', 's4'),
  bounds: fc.subarray(['r.income below 1', 'r.income below 2', 'r.income to 2', 'r.age below 1']),
  locating: fc.boolean(),
  emergency: fc.boolean(),
})
/** Steps of log time that meet the edges of the windows often. */
const step = fc.constantFrom(
  0,
  1,
  hourMs - 1,
  hourMs,
  24 * hourMs,
  25 * hourMs,
  monthMs - hourMs,
  monthMs,
  monthMs + hourMs,
  monthMs + 2 * hourMs,
  yearMs - monthMs,
  yearMs,
  yearMs + hourMs,
)
const steps = fc.array(
  fc.record({
    axes,
    step,
    counted: fc.constantFrom('all' as const, 'all' as const, 'official' as const),
    isRead: fc.boolean(),
  }),
  { minLength: 5, maxLength: 25 },
)

test('the counters are what counting every question gives, at every step', () => {
  let compared = 0
  fc.assert(
    fc.property(steps, axes, fc.nat(hourMs - 1), (charges, other, within) => {
      const db = emptyStore()
      const tables = emptyTables()
      const counters = capCounters(db)
      let nowMs = t0 + within
      for (const { axes: own, step: ms, counted, isRead } of charges) {
        nowMs += ms
        for (const one of [other, own]) {
          const expected = memoryCapUse(tables, one, nowMs)
          assert.deepEqual(readCapUse(db, one, nowMs), expected)
          // What was read for the one is still known at the charge of the other.
          if (isRead) assert.deepEqual(counters.use(one, nowMs), expected)
          compared += 1
        }
        counters.charge({ axes: own, nowMs, counted })
        memoryCharge(tables, { axes: own, nowMs, counted })
      }
      db.close()
    }),
    { numRuns: 60 },
  )
  assert.ok(compared > 500, `${compared} comparisons`)
})
