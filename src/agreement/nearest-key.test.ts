import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { editDistance, nearestKey } from './nearest-key.ts'

test('the edit distance is a metric, at most the longer length', () => {
  const word = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      assert.equal(editDistance(a, a), 0)
      assert.equal(editDistance(a, b), editDistance(b, a))
      assert.ok(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c))
      assert.ok(editDistance(a, b) <= Math.max(a.length, b.length))
      assert.equal(editDistance(a, b) === 0, a === b)
    }),
  )
  assert.equal(editDistance('kitten', 'sitting'), 3)
})

test('the nearest key is the one with the fewest edits, whatever the case', () => {
  const known = ['purpose', 'provider', 'presence']
  assert.equal(nearestKey('porpose', known), 'purpose')
  assert.equal(nearestKey('PROVIDER', known), 'provider')
  assert.equal(nearestKey('presense', known), 'presence')
  assert.equal(nearestKey('x', []), undefined)
})
