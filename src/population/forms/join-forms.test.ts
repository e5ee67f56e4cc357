import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalBytes, decodeUtf8, type Json, type JsonObject } from '../../bytes/index.ts'
import { seededRandom } from '../../testing/simulator/index.ts'
import { sampleJoinReleaseParts, type SampleTruth } from '../../testing/join/index.ts'
import type { JoinMeasure } from '../join-query/index.ts'
import { type JoinRelease, makeJoinRelease } from '../join-release/index.ts'
import { UniformDraws } from '../privacy/index.ts'
import { dimensionColumns, fixedColumns } from './columns.ts'
import { joinFileBytes, parseJoinFile } from './join-release-file.ts'
import { joinDimensions, joinReleaseForm, joinRows } from './join-rows.ts'
import { tableCsv } from './release-csv.ts'
import { tableVega, type VegaTexts } from './release-vega.ts'

const draws = new UniformDraws(seededRandom('join forms'))
const sum: JoinMeasure = { kind: 'sum', side: 'right', element: 'rent', levels: 4 }
const mean: JoinMeasure = { kind: 'mean', side: 'left', element: 'age', levels: 4 }
const quartiles: JoinMeasure = {
  kind: 'quantiles',
  side: 'right',
  element: 'rent',
  ppm: [250_000, 500_000, 750_000],
}

function released(measure: JoinMeasure, truth: SampleTruth): JoinRelease {
  return makeJoinRelease(sampleJoinReleaseParts({ measure }, truth, draws))
}

const isLong = process.env['CLOISON_TEST_ALL'] === '1'
const runs = isLong ? 400 : 25

/** How often the interval of a statistic holds `value`, over all cells of many releases, in parts per million. */
function coverage(
  { measure, truth }: { readonly measure: JoinMeasure; readonly truth: SampleTruth },
  { statistic, value, ppm = null }: { statistic: string; value: number; ppm?: number | null },
): { readonly found: number; readonly stated: number; readonly count: number } {
  let [held, count, stated] = [0, 0, 1_000_000]
  for (let run = 0; run < runs; run += 1)
    for (const row of joinRows(released(measure, truth))) {
      if (row.statistic !== statistic || row.ppm !== ppm) continue
      if (row.lower === null || row.upper === null) continue
      count += 1
      stated = Math.min(stated, row.levelPpm)
      if (Number(row.lower) <= value && value <= Number(row.upper)) held += 1
    }
  return { found: (held / count) * 1_000_000, stated, count }
}

/** Below it lies a rate that is the stated one in less than one of a million tests. */
function least({ stated, count }: { readonly stated: number; readonly count: number }): number {
  const share = stated / 1_000_000
  return stated - 5 * 1_000_000 * Math.sqrt((share * (1 - share)) / count)
}

test('intervals of counts and sums hold the number without noise as often as they say', () => {
  const counted = coverage(
    { measure: { kind: 'count' }, truth: () => 400 },
    { statistic: 'count', value: 400 },
  )
  assert.ok(counted.found >= least(counted), JSON.stringify(counted))
  // 300 units of a quarter of 4,000.
  const summed = coverage({ measure: sum, truth: () => 300 }, { statistic: 'sum', value: 300_000 })
  assert.ok(summed.found >= least(summed), JSON.stringify(summed))
})

test('intervals of a mean hold it, and its sum counts what lies below the units', () => {
  // 5,000 people with 10,000 of 4 units each: 50 of 0 to 100.
  const truth: SampleTruth = (part) => (part === 'people' ? 5_000 : 10_000)
  const found = coverage({ measure: mean, truth }, { statistic: 'mean', value: 50 })
  assert.ok(found.count > 0 && found.found >= least(found), JSON.stringify(found))
  const [row] = joinRows(released(mean, truth)).filter(({ statistic }) => statistic === 'sum')
  assert.ok(Math.abs(Number(row?.value) - 250_000) < 25_000)
})

test('intervals of quantiles hold them', () => {
  // Everybody pays between 2,000 and 2,999 of 0 to 4,000.
  const plan = released(quartiles, () => 0)
  const { stat } = plan.plan
  assert.ok(stat.kind === 'quantiles')
  const first = Math.floor(2_000 / stat.width)
  const last = Math.floor(2_999 / stat.width)
  const truth: SampleTruth = (_part, _i, j) => {
    const bucket = j % plan.numbers.length
    return bucket >= first && bucket <= last ? 600 : 0
  }
  const middle = (first + last + 1) * 0.5 * stat.width
  const found = coverage(
    { measure: quartiles, truth },
    { statistic: 'quantile', ppm: 500_000, value: middle },
  )
  assert.ok(found.count > 0 && found.found >= least(found), JSON.stringify(found))
})

test('values are exact decimals inside their intervals, and open where the noise says nothing', () => {
  for (const measure of [{ kind: 'count' } as const, sum, mean, quartiles])
    for (const row of joinRows(released(measure, () => 0))) {
      if (row.value === null || row.lower === null || row.upper === null) continue
      assert.match(row.value, /^-?\d+(\.\d+)?$/)
      assert.ok(Number(row.lower) <= Number(row.value) && Number(row.value) <= Number(row.upper))
    }
})

test('a file reads back to the release, and rows that are not its own are refused', () => {
  const release = released(mean, () => 2_000)
  const file = { release, receipt: { inclusion: 'c2sp.org/tlog-proof@v1\n' } }
  const bytes = joinFileBytes(file)
  assert.deepEqual(parseJoinFile(bytes), file)
  const json = JSON.parse(decodeUtf8(bytes)) as JsonObject
  const rows = (json['rows'] as readonly JsonObject[]).toReversed()
  assert.throws(() => parseJoinFile(canonicalBytes({ ...json, rows })), { code: 'RELEASE_ROWS' })
})

test('a table over two registers has the columns of both, and a name that both have says whose it is', () => {
  const release = released({ kind: 'count' }, () => 500)
  const form = joinReleaseForm(release)
  const [header] = decodeUtf8(tableCsv(form)).split('\r\n')
  assert.equal(header, ['district', 'need', ...fixedColumns].join(','))
  assert.deepEqual(
    dimensionColumns(form).map(({ type }) => type),
    ['text', 'text'],
  )
  const { plan } = release
  const same = { ...plan, right: { ...plan.right, by: ['district'] } }
  assert.deepEqual(joinDimensions({ plan: same }), ['left_district', 'right_district'])
})

test('a chart of it has every row, and panels by the first dimension', () => {
  const texts: VegaTexts = {
    title: 'Need',
    note: 'Privacy noise only',
    value: 'people',
    lower: 'from',
    upper: 'to',
    keyOf: (_, key) => String(key),
    elementOf: (element) => element,
    quantileOf: (ppm) => `${ppm / 10_000} %`,
  }
  const spec = tableVega(joinReleaseForm(released({ kind: 'count' }, () => 500)), texts)
  const { values } = spec['data'] as { readonly values: readonly Json[] }
  assert.equal(values.length, 12)
  assert.ok('facet' in spec)
})
