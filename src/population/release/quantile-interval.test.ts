import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { seededRandom } from '../../testing/simulator/index.ts'
import { type NoiseLaw, noiseSampler, ratio } from '../privacy/index.ts'
import { quantileInterval } from './quantile-interval.ts'
import { quantilesOf } from './quantiles.ts'

const exact = [40, 90, 160, 220, 180, 140, 90, 50, 20, 10]
const grid = { min: 0, width: 1, max: 9 }

const laws: readonly NoiseLaw[] = [
  { kind: 'discrete-laplace', scale: ratio(10, 1) },
  { kind: 'discrete-laplace', scale: ratio(1, 2) },
  { kind: 'discrete-gaussian', variance: ratio(400, 1) },
]

for (const law of laws) {
  test(`the true quantile is in its interval at least 95 times in 100: ${JSON.stringify(law)}`, () => {
    const draw = noiseSampler(law, seededRandom('quantiles'))
    const rounds = 400
    for (const ppm of [100_000, 500_000, 930_000]) {
      const truth = quantilesOf(exact, [ppm], grid)?.[0]?.from ?? -1
      let held = 0
      let met = 0
      for (let round = 0; round < rounds; round += 1) {
        const noisy = exact.map((count) => count + draw())
        const found = quantileInterval(noisy, ppm, law)
        held += Number(found !== undefined && found.first <= truth && truth <= found.last)
        met += Number(quantilesOf(noisy, [ppm], grid)?.[0]?.from === truth)
      }
      const least = 0.95 * rounds - 3 * Math.sqrt(0.95 * 0.05 * rounds)
      assert.ok(held >= least, `${ppm}: ${held} of ${rounds}`)
      // Without an interval, the bucket alone is wrong more often than that where the noise is wide.
      if (law.kind === 'discrete-gaussian' && ppm === 930_000) assert.ok(met < least, `${met}`)
    }
  })
}

test('without noise to speak of, the interval is the bucket of the quantile', () => {
  const law = { kind: 'discrete-laplace', scale: ratio(1, 1_000) } as const
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 999_999 }),
      (buckets, ppm) => {
        const width = 1
        const found = quantilesOf(buckets, [ppm], { min: 0, width, max: buckets.length - 1 })?.[0]
        if (found === undefined) return
        const interval = quantileInterval(buckets, ppm, law)
        assert.ok(interval !== undefined)
        assert.ok(interval.first <= found.from && found.from <= interval.last)
      },
    ),
  )
  assert.deepEqual(quantileInterval([10, 10, 10, 10], 300_000, law), { first: 1, last: 1 })
})
