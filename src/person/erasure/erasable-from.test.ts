import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addMonths } from '../../agreement/index.ts'
import { type ErasureFacts, mayErase } from './erasable-from.ts'

const dayMs = 86_400_000
const time = fc.integer({ min: 0, max: 8_000_000_000_000 })
const facts: fc.Arbitrary<ErasureFacts> = fc.record({
  timeMs: time,
  accountingYears: fc.integer({ min: -3, max: 40 }),
  retentionDays: fc.integer({ min: 0, max: 5_000 }),
  notice: fc.oneof(
    fc.constant('open' as const),
    fc.constant('unknown' as const),
    fc.record({ untilMs: time }),
  ),
  reconciled: fc.boolean(),
})

test('no facts permit an erasure before any of the four bounds', () => {
  const near = fc.tuple(facts, fc.integer({ min: -400 * dayMs, max: 400 * dayMs }), time)
  fc.assert(
    fc.property(near, fc.boolean(), ([given, offset, any], isNear) => {
      const five = addMonths(given.timeMs, Math.max(60, given.accountingYears * 12))
      const nowMs = isNear ? five + offset : any
      if (mayErase(given, nowMs).state !== 'may') return
      assert.ok(nowMs >= addMonths(given.timeMs, 60), 'five years, whatever is configured')
      assert.ok(nowMs >= five)
      assert.ok(nowMs >= given.timeMs + given.retentionDays * dayMs)
      assert.ok(given.notice !== 'unknown')
      assert.ok(typeof given.notice === 'string' || nowMs >= given.notice.untilMs)
      assert.ok(given.reconciled)
    }),
    { numRuns: 5_000 },
  )
})

test('the date that a refusal names is the first at which it is good, but for the reconciliation', () => {
  fc.assert(
    fc.property(facts, time, (given, nowMs) => {
      const verdict = mayErase(given, nowMs)
      if (verdict.state === 'may' || verdict.fromMs === undefined) return
      const { fromMs, code } = verdict
      assert.ok(nowMs < fromMs)
      const before = mayErase(given, fromMs - 1)
      assert.deepEqual(before, { state: 'too-early', code, fromMs })
      const after = mayErase({ ...given, reconciled: true }, fromMs)
      assert.deepEqual(after, { state: 'may' })
    }),
  )
})

test('an earlier clock, a longer bound or a missing reconciliation never permits more', () => {
  fc.assert(
    fc.property(facts, facts, fc.tuple(time, time), (one, other, [a, b]) => {
      const [earlier, later] = [Math.min(a, b), Math.max(a, b)]
      if (mayErase(one, earlier).state === 'may') assert.equal(mayErase(one, later).state, 'may')
      const stricter: ErasureFacts = {
        timeMs: Math.max(one.timeMs, other.timeMs),
        accountingYears: Math.max(one.accountingYears, other.accountingYears),
        retentionDays: Math.max(one.retentionDays, other.retentionDays),
        notice: one.notice === 'open' ? other.notice : one.notice,
        reconciled: one.reconciled && other.reconciled,
      }
      if (mayErase(stricter, later).state === 'may') assert.equal(mayErase(one, later).state, 'may')
    }),
  )
})

test('what is no number keeps the record', () => {
  const given = {
    timeMs: 0,
    accountingYears: 5,
    retentionDays: 0,
    notice: 'open',
    reconciled: true,
  } as const
  const later = 9_000_000_000_000
  assert.equal(mayErase(given, later).state, 'may')
  assert.equal(mayErase(given, Number.NaN).state, 'too-early')
  assert.equal(mayErase({ ...given, timeMs: Number.NaN }, later).state, 'too-early')
  assert.equal(mayErase({ ...given, retentionDays: Number.NaN }, later).state, 'too-early')
  assert.equal(mayErase({ ...given, accountingYears: Number.NaN }, later).state, 'too-early')
  assert.equal(mayErase({ ...given, notice: { untilMs: Number.NaN } }, later).state, 'too-early')
})
