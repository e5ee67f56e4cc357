import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { DataElement, Predicate } from './data-element.ts'
import { evaluateElement } from './evaluate-element.ts'
import { mostBounds, thresholdBound } from './threshold-bound.ts'

function element(predicate: Predicate | null, source = 'income'): DataElement {
  const answerType = predicate === null ? 'attribute' : 'predicate'
  return { name: 'one', register: 'tax', source, answerType, predicate, category: 'ordinary' }
}

const threshold = fc.integer({ min: 0, max: 3 })
const predicate: fc.Arbitrary<Predicate> = fc.oneof(
  fc.record({ op: fc.constantFrom('lt', 'le', 'eq', 'ge', 'gt'), threshold }),
  fc.record({
    op: fc.constant('in' as const),
    threshold: fc.uniqueArray(threshold, { minLength: 1, maxLength: 3 }),
  }),
)
const values = [-1, 0, 1, 2, 3, 4]

/** Which values a predicate tells apart from the others, whichever way it says so. */
function cut(one: Predicate): string {
  const answers = values.map((income) => evaluateElement(element(one), { income }) === true)
  return answers.map((answer) => (answer === answers[0] ? '0' : '1')).join('')
}

test('predicates that one bound stands for tell the same values apart', () => {
  fc.assert(
    fc.property(predicate, predicate, (one, other) => {
      const isOne = thresholdBound(element(one)) === thresholdBound(element(other))
      if (isOne) assert.equal(cut(one), cut(other))
    }),
  )
  const below = thresholdBound(element({ op: 'lt', threshold: 3 }))
  assert.equal(below, thresholdBound(element({ op: 'ge', threshold: 3 })))
  assert.notEqual(below, thresholdBound(element({ op: 'le', threshold: 3 })))
  assert.notEqual(below, thresholdBound(element({ op: 'lt', threshold: 3 }, 'other')))
  assert.equal(thresholdBound(element(null)), undefined)
  assert.equal(thresholdBound(element({ op: 'equals-supplied', threshold: null })), undefined)
})

test('bounds are counted on the element of the question that has most of them', () => {
  const before = ['tax.income below 1', 'tax.income below 2', 'tax.age below 1']
  assert.equal(mostBounds(before, ['tax.income below 2']), 2)
  assert.equal(mostBounds(before, ['tax.income below 3']), 3)
  assert.equal(mostBounds(before, ['tax.age below 1', 'tax.income below 2']), 2)
  assert.equal(mostBounds(before, ['tax.incomes below 1']), 1)
  assert.equal(mostBounds(before, []), 0)
})
