import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { extendedDueMs, requestDueMs } from './request-clock.ts'

const at = (text: string): number => Date.parse(text)

test('a request is due one calendar month later, at the last day where the month is shorter', () => {
  assert.equal(requestDueMs(at('2026-03-15T09:30:00Z')), at('2026-04-15T09:30:00Z'))
  assert.equal(requestDueMs(at('2026-01-31T23:59:59Z')), at('2026-02-28T23:59:59Z'))
  assert.equal(requestDueMs(at('2028-01-31T00:00:00Z')), at('2028-02-29T00:00:00Z'))
  assert.equal(requestDueMs(at('2026-12-31T12:00:00Z')), at('2027-01-31T12:00:00Z'))
})

test('an extension gives two further months, counted from the entry and not from a shortened month', () => {
  assert.equal(extendedDueMs(at('2026-01-31T12:00:00Z')), at('2026-04-30T12:00:00Z'))
  assert.equal(extendedDueMs(at('2026-11-30T12:00:00Z')), at('2027-02-28T12:00:00Z'))
})

test('at any moment: due after 28 to 31 days, extended after 89 to 92, and never earlier for a later entry', () => {
  const dayMs = 86_400_000
  const moment = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') })
  fc.assert(
    fc.property(moment, fc.nat({ max: 40 * dayMs }), (filedAtMs, laterMs) => {
      const due = requestDueMs(filedAtMs)
      const extended = extendedDueMs(filedAtMs)
      assert.ok(due - filedAtMs >= 28 * dayMs && due - filedAtMs <= 31 * dayMs)
      assert.ok(extended - filedAtMs >= 89 * dayMs && extended - filedAtMs <= 92 * dayMs)
      assert.equal((due - filedAtMs) % dayMs, 0)
      // Month ends fold together, so days may swap their time of day within one; whole days never fall.
      const later = requestDueMs(filedAtMs + laterMs)
      assert.ok(Math.floor(later / dayMs) >= Math.floor(due / dayMs))
    }),
  )
})
