import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { seededRandom } from '../../testing/simulator/index.ts'
import { ratio } from '../privacy/index.ts'
import { decimalText, floorRatio } from './decimal.ts'
import { addNoise, drawTableNoise } from './noisy-table.ts'
import { quantilesOf } from './quantiles.ts'
import { meanOf, type Noisy, varianceOf } from './quotients.ts'

const law = { kind: 'discrete-laplace', scale: ratio(5, 1) } as const

test('a table leaves only with a draw for every number, and in its own shape', () => {
  const cells = [['a'], ['b']]
  const table = { by: ['x'], cells: cells.map((key) => ({ key, numbers: [100, 7, 9] })) }
  const noise = drawTableNoise(2, [law, law], seededRandom('noise'))
  const released = addNoise(table, cells, noise)
  assert.deepEqual(
    released.map(({ key }) => key),
    cells,
  )
  // The third number of the register is none of the release's.
  for (const [at, { numbers }] of released.entries()) {
    assert.equal(numbers.length, 2)
    assert.deepEqual(numbers, [100 + (noise[at]?.[0] ?? 0), 7 + (noise[at]?.[1] ?? 0)])
  }
  for (const bad of [
    { ...table, cells: table.cells.slice(1) },
    { ...table, cells: table.cells.toReversed() },
    { ...table, cells: [...table.cells, { key: ['c'], numbers: [1] }] },
  ])
    assert.throws(() => addNoise(bad, cells, noise), TypeError)
  assert.throws(() => addNoise(table, cells, [[], []]), TypeError)
  assert.throws(() => addNoise(table, cells, noise.slice(1)), TypeError)
})

test('ten-thousandths round down, on both sides of zero', () => {
  assert.equal(decimalText(floorRatio(1n, 3n)), '0.3333')
  assert.equal(decimalText(floorRatio(-1n, 3n)), '-0.3334')
  assert.equal(decimalText(floorRatio(-8n, 4n)), '-2.0000')
  assert.equal(decimalText(-5n), '-0.0005')
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 6n), (num, den) => {
      const floor = floorRatio(num, den)
      assert.ok(floor * den <= num * 10_000n && (floor + 1n) * den > num * 10_000n)
      assert.equal(floorRatio(-num, -den), floor)
    }),
  )
})

const noisy = (value: number, halfWidth: number): Noisy => ({ value, halfWidth })

test('whatever the true parts are within their intervals, mean and variance lie in theirs', () => {
  const part = fc.integer({ min: -5_000, max: 5_000 })
  const width = fc.nat(60)
  const at = fc.double({ min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      part,
      part,
      fc.tuple(fc.integer({ min: 61, max: 900 }), width),
      fc.array(at, { minLength: 3, maxLength: 3 }),
      (s, q, [c, w], places) => {
        const [sum, squares, count] = [noisy(s, w), noisy(Math.abs(q) * 50, w), noisy(c, w)]
        const [trueSum, trueSquares, trueCount] = [sum, squares, count].map(
          ({ value, halfWidth }, index) => value + Math.round(halfWidth * (places[index] ?? 0)),
        ) as [number, number, number]
        const mean = meanOf({ sum, count, middle: 17 })
        const isMean = 17 + trueSum / trueCount
        assert.ok(Number(mean.low) <= isMean + 1e-9 && isMean <= Number(mean.high) + 1e-9)
        const variance = varianceOf({ squares, sum, count })
        const isVariance = trueSquares / trueCount - (trueSum / trueCount) ** 2
        assert.ok(
          Number(variance.low) <= isVariance + 1e-6 && isVariance <= Number(variance.high) + 1e-6,
          `${variance.low} ${isVariance} ${variance.high}`,
        )
      },
    ),
  )
})

test('where the noise does not tell that there is anybody, nothing is said about a mean', () => {
  assert.deepEqual(meanOf({ sum: noisy(30, 5), count: noisy(0, 3), middle: 0 }), {
    value: null,
    low: null,
    high: null,
  })
  const open = meanOf({ sum: noisy(30, 5), count: noisy(3, 3), middle: 0 })
  assert.deepEqual(open, { value: '10.0000', low: null, high: null })
})

test('without noise a quantile is the bucket of the sorted values, and they never cross', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 200 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 2, max: 20 }),
      (values, shares, width) => {
        const ppm = shares.toSorted((a, b) => a - b)
        const buckets = Array.from({ length: Math.ceil(100 / width) }, () => 0)
        for (const value of values) {
          const place = Math.floor(value / width)
          buckets[place] = (buckets[place] ?? 0) + 1
        }
        const sorted = values.toSorted((a, b) => a - b)
        const found = quantilesOf(buckets, ppm, { min: 0, width, max: 99 })
        for (const { ppm: share, from, to } of found ?? []) {
          const rank = Math.max(1, Math.ceil((share * values.length) / 1_000_000))
          const exact = sorted[rank - 1] ?? -1
          assert.ok(from <= exact && exact <= to, `${share}: ${from} to ${to}, not ${exact}`)
        }
      },
    ),
  )
  const negative = quantilesOf([-3, 9, -4, 8, -2], [100_000, 500_000, 900_000], {
    min: 0,
    width: 10,
    max: 49,
  })
  const begins = negative?.map(({ from }) => from) ?? []
  assert.deepEqual(
    begins,
    begins.toSorted((a, b) => a - b),
  )
  assert.equal(quantilesOf([-1, 0], [500_000], { min: 0, width: 1, max: 1 }), undefined)
})
