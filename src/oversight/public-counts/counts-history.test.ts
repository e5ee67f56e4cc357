import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GovernanceRecord } from '../../log/index.ts'
import { countsHistory } from './counts-history.ts'
import { monthCountsJson, type MonthCounts } from './month-counts.ts'

const origin = 'tax.localhost/log/2026h2'
const earlier = 'tax.localhost/log/2026h1'

function act(kind: string, body: GovernanceRecord['body'] = null): GovernanceRecord {
  const head = { v: 1, class: 'governance', timeMs: 1, organisation: 'tax' } as const
  return { ...head, kind, name: null, digest: null, body }
}

const monthOf = (counts: MonthCounts): GovernanceRecord =>
  act('counts.month', monthCountsJson(counts))
const at = (entry: number, log = origin): MonthCounts['from'] => ({ log, entry })

/** Entries 0, 1 and 25 are of governance, and those of the months; all between them are exchanges. */
const september: MonthCounts = {
  month: '2026-09',
  from: at(0),
  to: at(22),
  exchanges: 20,
  cells: [{ sort: 'answered', agreement: null, count: 20 }],
}
const october: MonthCounts = {
  ...september,
  month: '2026-10',
  from: at(22),
  to: at(64),
  exchanges: 40,
}
const others = [0, 1, 25]

type Month = readonly [entry: number, counts: MonthCounts]

/** What is found at each month of a log that has these. */
function found(months: readonly Month[], log = origin): readonly (readonly string[])[] {
  const history = countsHistory(log)
  const entries = [...others, ...months.map(([entry]) => entry)].toSorted((a, b) => a - b)
  return entries.flatMap((entry) => {
    history.pass(entry)
    const counts = months.find(([place]) => place === entry)?.[1]
    const problems = history.problemsOf(entry, counts ? monthOf(counts) : act('admin.start'))
    assert.ok(counts !== undefined || problems.length === 0)
    return counts === undefined ? [] : [problems]
  })
}

test('months that count the leaves, one after the other, are found good', () => {
  assert.deepEqual(
    found([
      [40, september],
      [70, october],
    ]),
    [[], []],
  )
})

test('a month that says more or fewer exchanges than there are leaves is found', () => {
  const more = { ...september, exchanges: 40 }
  const wider = { ...september, to: at(23) }
  assert.deepEqual(found([[40, more]]), [['COUNTS_LEAVES']])
  assert.deepEqual(found([[40, wider]]), [['COUNTS_LEAVES']])
  assert.deepEqual(
    found([
      [40, september],
      [70, { ...october, exchanges: 20 }],
    ]),
    [[], ['COUNTS_LEAVES']],
  )
  // As many as there would be, were the next three exchanges: what comes after it is not there yet.
  assert.deepEqual(found([[20, wider]]), [['COUNTS_LEAVES']])
})

test('a month that is left out, or counted twice, is found', () => {
  assert.ok(found([[70, october]])[0]?.includes('COUNTS_GAP'))
  const november = { ...october, month: '2026-11' }
  assert.deepEqual(
    found([
      [40, september],
      [70, november],
    ]),
    [[], ['COUNTS_GAP']],
  )
  const again = { ...september, month: '2026-10' }
  assert.deepEqual(
    found([
      [40, september],
      [70, again],
    ])[1]?.includes('COUNTS_GAP'),
    true,
  )
  assert.deepEqual(found([[40, { ...september, from: at(30) }]]), [['COUNTS_GAP']])
})

test('figures beyond the exchanges, and a body of another form, are found', () => {
  const cells = [{ sort: 'answered', agreement: null, count: 30 }] as const
  assert.deepEqual(found([[40, { ...september, cells }]]), [['COUNTS_SUM']])
  const history = countsHistory(origin)
  history.pass(40)
  assert.deepEqual(history.problemsOf(40, act('counts.month', { month: 'September' })), [
    'COUNTS_MALFORMED',
  ])
})

test('of a stretch that began in an earlier log, what lies here must be in it', () => {
  const across: MonthCounts = { ...september, from: at(900, earlier), to: at(22), exchanges: 60 }
  assert.deepEqual(
    found([
      [40, across],
      [70, october],
    ]),
    [[], []],
  )
  assert.deepEqual(found([[40, { ...across, to: at(36), exchanges: 20 }]]), [['COUNTS_LEAVES']])
  const none: MonthCounts = { ...across, to: at(900, earlier), exchanges: 0, cells: [] }
  assert.deepEqual(found([[40, none]]), [[]])
  const back: MonthCounts = { ...october, to: at(900, earlier) }
  assert.deepEqual(
    found([
      [40, september],
      [70, back],
    ]),
    [[], ['COUNTS_GAP']],
  )
})
