import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { addMonths } from './calendar.ts'

test('months are added as the Gregorian calendar does, to the last day where there is no such day', () => {
  const span = { min: Date.UTC(1970, 0, 1), max: Date.UTC(2400, 0, 1) }
  fc.assert(
    fc.property(fc.integer(span), fc.integer({ min: 0, max: 60 }), (timeMs, months) => {
      const from = new Date(timeMs)
      const month = from.getUTCMonth() + months
      const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate()
      const day = Math.min(from.getUTCDate(), lastDay)
      const expected = Date.UTC(from.getUTCFullYear(), month, day) + (timeMs % 86_400_000)
      assert.equal(addMonths(timeMs, months), expected)
    }),
    { numRuns: 2000 },
  )
})

test('eighteen months from 31 August end on the last day of February', () => {
  assert.equal(addMonths(Date.UTC(2026, 7, 31, 12), 18), Date.UTC(2028, 1, 29, 12))
  assert.equal(addMonths(Date.UTC(2025, 7, 31), 18), Date.UTC(2027, 1, 28))
})
