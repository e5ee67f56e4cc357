import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviationOfFit, type FitCell } from './goodness-of-fit.ts'

/** Cells whose chi-square is this: all of it in the first. */
function cellsWith(chiSquare: number, degrees: number): FitCell[] {
  const expected = 1_000
  return Array.from({ length: degrees + 1 }, (_, at) => ({
    expected,
    seen: at === 0 ? expected + Math.sqrt(chiSquare * expected) : expected,
  }))
}

test('one chi-square of a thousand lies beyond 3.09 deviations, however few cells there are', () => {
  // Quantiles of the chi-square, as tables have them.
  for (const [degrees, quantile] of [
    [4, 18.467],
    [10, 29.588],
    [100, 149.449],
  ] as const) {
    const found = deviationOfFit(cellsWith(quantile, degrees))
    assert.ok(Math.abs(found - 3.09) < 0.05, `${degrees}: ${found}`)
  }
})

test('with nine cells one chi-square of 10^9 lies beyond 58, where a normal law has six deviations', () => {
  const found = deviationOfFit(cellsWith(58.308, 8))
  assert.ok(Math.abs(found - 6) < 0.25, String(found))
  // 6.5 of its own standard deviations above its mean: one of 25,000 lies there.
  assert.ok(deviationOfFit(cellsWith(34, 8)) < 4)
})

test('rare cells count as one, or with the rarest other, and what they hold is not lost', () => {
  const common = [{ expected: 100, seen: 100 }, { expected: 50, seen: 50 }, ...cellsWith(0, 4)]
  const rare = Array.from({ length: 30 }, () => ({ expected: 1, seen: 0 }))
  assert.equal(
    deviationOfFit([...common, ...rare]),
    deviationOfFit([...common, { expected: 30, seen: 0 }]),
  )
  assert.equal(
    deviationOfFit([...common, { expected: 0.5, seen: 60 }]),
    deviationOfFit([...common.toSpliced(1, 1), { expected: 50.5, seen: 110 }]),
  )
  assert.ok(deviationOfFit([...common, { expected: 0.5, seen: 60 }]) > 6.5)
})
