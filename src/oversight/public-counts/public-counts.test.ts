import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { checkMonthCounts } from './check-month-counts.ts'
import { type CountedEntry, countMonths } from './count-months.ts'
import { blockSize, countStep, type MonthCounts, monthCountsSchema } from './month-counts.ts'

const log = 'tax.localhost/log/2026h2'
const start = { at: { log, entry: 0 }, month: '2026-01' }

type Said = readonly [month: number, sort: 'answered' | 'denied', agreement: 'a' | 'b']

/** Entries one after the other; months never fall. */
const said: fc.Arbitrary<readonly Said[]> = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('answered' as const, 'denied' as const),
      fc.constantFrom('a' as const, 'b' as const),
    ),
    { maxLength: 400 },
  )
  .map((all) => all.toSorted(([one], [other]) => one - other))

function entryOf([month, sort, agreement]: Said, entry: number): CountedEntry {
  return { place: { log, entry }, month: `2026-0${month}`, sort, agreement }
}

function monthsOf(all: readonly Said[]): readonly MonthCounts[] {
  const counter = countMonths(start)
  const over = all.flatMap((one, at) => counter.add(entryOf(one, at)))
  return [...over, ...counter.turn('2026-07')]
}

test('every figure is about whole blocks of entries, is rounded down to tens, and none under ten is told', () => {
  fc.assert(
    fc.property(said, (all) => {
      for (const month of monthsOf(all)) {
        assert.doesNotThrow(() => monthCountsSchema.parse(month))
        assert.equal(month.exchanges, month.to.entry - month.from.entry)
        assert.equal(month.exchanges % blockSize, 0)
        for (const { sort, agreement, count } of month.cells) {
          const exact = all
            .slice(month.from.entry, month.to.entry)
            .filter(([, is, of]) => is === sort && (agreement === null || of === agreement)).length
          assert.equal(count, exact - (exact % countStep))
        }
      }
    }),
  )
})

test('months follow on each other without a gap, those without an entry as well, and leave less than a block over', () => {
  fc.assert(
    fc.property(said, (all) => {
      const months = monthsOf(all)
      assert.deepEqual(
        months.map(({ month }) => month),
        ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'],
      )
      let previous: MonthCounts | undefined
      for (const month of months) {
        const exchangeLeaves = month.to.entry - month.from.entry
        assert.deepEqual(checkMonthCounts(month, { exchangeLeaves, previous }), [])
        previous = month
      }
      const end = previous?.to.entry ?? 0
      assert.ok(all.length - end >= 0 && all.length - end < blockSize)
    }),
  )
})

test('between two looks at a month that runs there are none or whole blocks, whenever one looks', () => {
  const counter = countMonths(start)
  const seen = new Set<number>()
  for (let at = 0; at < 205; at += 1) {
    counter.add(entryOf([1, at % 7 === 0 ? 'denied' : 'answered', 'a'], at))
    seen.add(counter.running().exchanges)
  }
  assert.deepEqual([...seen], [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200])
})

test('a rare denial is not told: a block with one has no figure for it, and another way to be read', () => {
  const one = (denials: number): MonthCounts =>
    monthsOf(
      Array.from({ length: 20 }, (_none, at) => [1, at < denials ? 'denied' : 'answered', 'a']),
    )[0] ?? assert.fail()
  assert.deepEqual(one(1).cells, one(9).cells)
  assert.deepEqual(
    one(1).cells.map(({ sort, count }) => [sort, count]),
    [
      ['answered', 10],
      ['answered', 10],
    ],
  )
})

test('counts that the log does not bear out are found: leaves, gaps and sums', () => {
  const all = Array.from({ length: 60 }, (_none, at): Said => [at < 40 ? 1 : 2, 'answered', 'a'])
  const [first, second] = monthsOf(all)
  assert.ok(first !== undefined && second !== undefined)
  const against = { exchangeLeaves: 20, previous: first }
  assert.deepEqual(checkMonthCounts(second, against), [])
  assert.deepEqual(checkMonthCounts(second, { ...against, exchangeLeaves: 40 }), ['COUNTS_LEAVES'])
  assert.deepEqual(checkMonthCounts(second, { ...against, previous: undefined }), ['COUNTS_GAP'])
  assert.deepEqual(checkMonthCounts({ ...second, month: '2026-03' }, against), ['COUNTS_GAP'])
  const cells = second.cells.map((cell) => ({ ...cell, count: cell.count + 20 }))
  assert.deepEqual(checkMonthCounts({ ...second, cells }, against), ['COUNTS_SUM'])
  const parts = second.cells.filter(({ agreement }) => agreement !== null)
  assert.deepEqual(checkMonthCounts({ ...second, cells: parts }, against), ['COUNTS_SUM'])
})
