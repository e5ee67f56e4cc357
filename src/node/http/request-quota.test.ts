import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { requestQuota } from './request-quota.ts'

test('in any minute a peer has at most twice its share, and over time its share alone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 400 }),
      (perMinute, pauses) => {
        let nowMs = 0
        const quota = requestQuota(perMinute, { now: () => nowMs })
        const taken: number[] = []
        for (const pause of pauses) {
          nowMs += pause
          if (quota.take('housing')) taken.push(nowMs)
        }
        for (const fromMs of taken) {
          const inMinute = taken.filter((at) => at >= fromMs && at < fromMs + 60_000)
          assert.ok(inMinute.length <= 2 * perMinute)
        }
        assert.ok(taken.length <= perMinute + (nowMs * perMinute) / 60_000 + 1e-6)
      },
    ),
  )
})

test('one peer’s share is not another’s, and a clock put back gives nothing', () => {
  let nowMs = 100_000
  const quota = requestQuota(2, { now: () => nowMs })
  assert.deepEqual([quota.take('a'), quota.take('a'), quota.take('a')], [true, true, false])
  assert.equal(quota.take('b'), true)
  nowMs = 0
  assert.equal(quota.take('a'), false)
  nowMs = 30_000
  assert.equal(quota.take('a'), true, 'half a minute is half the share')
})
