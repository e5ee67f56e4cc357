import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { before, test } from 'node:test'
import { wantsLongRuns } from '../../house/needs.ts'
import { readAdult } from '../../population/adult/adult-data.ts'
import { type AdultJoin, adultJoin, trueStatistic } from './adult-join.ts'
import { adultJoinText } from './adult-join-report.ts'
import { madeUpLines, sampleLines } from './adult-registers.ts'
import { binomialBounds, binomialChance } from './binomial-bounds.ts'
import {
  judgeCounts,
  judgeMeasured,
  oneDrawLaw,
  oneIn,
  twoDrawsLaw,
  usualOneIn,
} from './judge-runs.ts'

/*
 * The Adult data set split into two registers at two organisations, joined through three real gateways: intervals hold the
 * value without noise as often as they say.
 */

const realFile = resolve(import.meta.dirname, '../../../../shared/data/adult-1994.csv')
const isLong = wantsLongRuns()
const chanceOneIn = isLong ? oneIn : usualOneIn
const lines =
  isLong && existsSync(realFile)
    ? sampleLines(readAdult(readFileSync(realFile, 'utf8')), 1_500)
    : madeUpLines(1_500)
let found: AdultJoin

before(async () => {
  found = await adultJoin(lines, isLong ? { counts: 200, measured: 4 } : { counts: 2, measured: 1 })
})

test('both holders and the tally are processes of their own, with ports and folders of their own', () => {
  for (const { role, pid, ports, folder, entries } of found.parties)
    console.log(`${role}: process ${pid}, ports ${ports.join(' ')}, ${folder}, ${entries} entries`)
  const all = found.parties
  assert.equal(new Set(all.map(({ pid }) => pid)).size, 3)
  assert.ok(!all.some(({ pid }) => pid === process.pid))
  assert.equal(new Set(all.map(({ folder }) => folder)).size, 3)
  const ports = all.flatMap((one) => [...new Set(one.ports)])
  assert.ok(ports.length >= 3 && new Set(ports).size === ports.length)
})

test('intervals of counts hold as often as they say, and the noise is that of its law', () => {
  const judged = judgeCounts(found.runs, chanceOneIn)
  const { n, held, low, high, chance, noiseDeviation } = judged
  console.log(
    `${held} of ${n} held, bounds ${low} to ${high}, chance ${chance.toFixed(3)}, noise ${noiseDeviation.toFixed(2)}`,
  )
  assert.equal(n, 4 * (isLong ? 200 : 2))
  assert.ok(held >= low && held <= high)
  if (isLong) assert.ok(Math.abs(noiseDeviation) < 6.5)
})

test('intervals of means and quantiles hold at least as often as they say', () => {
  for (const statistic of ['count', 'mean', 'quantile'] as const) {
    const { n, held, leastPpm } = judgeMeasured(found.runs, statistic)
    const { low } = binomialBounds({ n, levelPpm: leastPpm }, chanceOneIn)
    console.log(`${statistic}: ${held} of ${n} held, at least ${low} wanted`)
    assert.ok(n > 0 && held >= low)
  }
})

test('the report says how many held of how many, at which rate', () => {
  const text = adultJoinText(found)
  assert.match(text, /^\*\*[\d,]+ of [\d,]+ intervals hold the value without noise: /m)
  assert.match(text, /^\| over-50k \| Female \| \d+ \| /m)
})

test('too narrow intervals, and the noise of one holder alone, are found by the same bounds', () => {
  const levelPpm = 953_405
  const n = 800
  const { low, high } = binomialBounds({ n, levelPpm }, oneIn)
  const within = (law: readonly number[], half: number): number =>
    law.reduce((sum, p, at) => (Math.abs(at - (law.length - 1) / 2) <= half ? sum + p : sum), 0)
  const both = twoDrawsLaw(0.27, 140)
  assert.ok(Math.abs(within(both, 15) - levelPpm / 1e6) < 1e-6)
  assert.ok(n * within(both, 12) < low)
  assert.ok(n * within(oneDrawLaw(0.27, 140), 15) > high)
  assert.ok(binomialChance({ n, levelPpm }, low - 1) < 2 / oneIn)
  assert.ok(binomialChance({ n, levelPpm }, Math.round((n * levelPpm) / 1e6)) > 0.9)
  assert.deepEqual(binomialBounds({ n: 4, levelPpm: 500_000 }, 17), { low: 0, high: 4 })
  assert.deepEqual(binomialBounds({ n: 4, levelPpm: 500_000 }, 15), { low: 1, high: 3 })
  assert.deepEqual(binomialBounds({ n: 4, levelPpm: 500_000 }, 3), { low: 2, high: 2 })
})

test('the value without noise is worked out from the lines of both registers', () => {
  const rows = [
    { income_over_50k: '1', sex: 'Male', age: '20' },
    { income_over_50k: '1', sex: 'Male', age: '50' },
    { income_over_50k: '0', sex: 'Male', age: '90' },
  ]
  const question = { left: ['income'], right: ['sex'], measure: {}, element: 'age' }
  const row = {
    ppm: 500_000,
    value: '',
    lower: '',
    upper: '',
    levelPpm: 1,
    level: 'exact',
  } as const
  const of = (statistic: 'count' | 'sum' | 'mean' | 'quantile', key: readonly string[]) =>
    trueStatistic(rows, question, { ...row, key, statistic })
  const key = ['over-50k', 'Male']
  assert.deepEqual(
    (['count', 'sum', 'mean', 'quantile'] as const).map((one) => of(one, key)),
    [2, 70, 35, 20],
  )
  assert.equal(of('mean', ['over-50k', 'Female']), undefined)
})
