import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { wantsLongRuns } from '../../house/needs.ts'
import { madeUpAdults, readAdult } from './adult-data.ts'
import { adultReport, reportText } from './adult-report.ts'
import { trueValue } from './true-value.ts'

const realFile = resolve(import.meta.dirname, '../../../../shared/data/adult-1994.csv')
const people =
  wantsLongRuns() && existsSync(realFile)
    ? readAdult(readFileSync(realFile, 'utf8'))
    : madeUpAdults(4_000)

test('five tables by the command hold what the rows say, and protected elements are refused', async () => {
  const report = await adultReport(people)
  assert.deepEqual(
    report.tables.map(({ rows }) => rows.length),
    [64, 16, 24, 32, 6],
  )
  const judged = report.tables.flatMap(({ rows }) => rows.map(({ covered }) => covered))
  const held = judged.filter((one) => one === true).length
  const missed = judged.filter((one) => one === false).length
  // At 95 % about 7 of 142 are missed; 30 would be more than eight standard deviations.
  assert.ok(missed < 30 && held > 90, `${held} held, ${missed} missed`)
  assert.deepEqual(
    report.refusals.map(({ code, path }) => `${code} ${path}`),
    ['where.race', 'by[1]', 'by[0]', 'where.native_country', 'by[0]'].map(
      (path) => `ELEMENT_NOT_AGREED ${path}`,
    ),
  )
  const text = reportText(report)
  assert.match(text, /for an epsilon of 1 in all/)
  assert.match(text, /^\| Doctorate \| Female \| mean \| /m)
})

test('the value without noise is worked out from the rows themselves', () => {
  const rows = [
    { sex: 'Female', age: '20' },
    { sex: 'Female', age: '30' },
    { sex: 'Female', age: '70' },
    { sex: 'Male', age: '90' },
  ]
  const of = (statistic: 'count' | 'sum' | 'mean' | 'variance' | 'quantile', key = 'Female') =>
    trueValue(rows, { by: ['sex'], key: [key], statistic, ppm: 500_000, element: 'age' })
  assert.deepEqual(
    (['count', 'sum', 'mean', 'quantile'] as const).map((statistic) => of(statistic)),
    [3, 120, 40, 30],
  )
  assert.equal(of('variance'), (400 + 100 + 900) / 3)
  assert.equal(of('mean', 'nobody'), undefined)
})
