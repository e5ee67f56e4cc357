import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import type { DataElement, Predicate } from './data-element.ts'
import { evaluateElement } from './evaluate-element.ts'

const attribute: DataElement = {
  name: 'income',
  register: 'income',
  source: 'annualIncome',
  answerType: 'attribute',
  predicate: null,
  category: 'ordinary',
}
const asking = (predicate: Predicate): DataElement => ({
  ...attribute,
  answerType: 'predicate',
  predicate,
})
const holding = (annualIncome: boolean | number | string | null) => ({ annualIncome })

test('an integer predicate is what arithmetic says', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (held, threshold) => {
      const is = (op: 'lt' | 'le' | 'eq' | 'ge' | 'gt'): unknown =>
        evaluateElement(asking({ op, threshold }), holding(held))
      assert.equal(is('lt'), held < threshold)
      assert.equal(is('le'), held <= threshold)
      assert.equal(is('eq'), held === threshold)
      assert.equal(is('ge'), held >= threshold)
      assert.equal(is('gt'), held > threshold)
    }),
  )
})

test('dates compare as days', () => {
  const before = asking({ op: 'lt', threshold: '2008-07-01' })
  assert.equal(evaluateElement(before, holding('2008-06-30')), true)
  assert.equal(evaluateElement(before, holding('2008-07-01')), false)
  assert.equal(
    evaluateElement(asking({ op: 'ge', threshold: '2008-07-01' }), holding('2008-07-01')),
    true,
  )
})

test('equality and lists compare whole values', () => {
  assert.equal(evaluateElement(asking({ op: 'eq', threshold: 'north' }), holding('north')), true)
  assert.equal(evaluateElement(asking({ op: 'eq', threshold: 'north' }), holding('North')), false)
  assert.equal(evaluateElement(asking({ op: 'in', threshold: [1, 2] }), holding(2)), true)
  assert.equal(evaluateElement(asking({ op: 'in', threshold: ['a'] }), holding('b')), false)
  const compare = asking({ op: 'equals-supplied', threshold: null })
  assert.equal(
    evaluateElement(compare, holding('Main Street 1'), { supplied: 'Main Street 1' }),
    true,
  )
  assert.equal(
    evaluateElement(compare, holding('Main Street 1'), { supplied: 'Main Street' }),
    false,
  )
  assert.equal(evaluateElement(compare, holding(75_001), { supplied: '75001' }), true)
})

test('with hidden presence absent, empty and false are one', () => {
  const below = asking({ op: 'lt', threshold: 1 })
  for (const row of [undefined, {}, holding(null), holding('')]) {
    assert.equal(evaluateElement(below, row), false)
    assert.equal(evaluateElement(attribute, row), null)
  }
  assert.equal(evaluateElement(below, holding(1)), false)
  assert.equal(evaluateElement(attribute, holding(false)), null)
  assert.equal(evaluateElement(attribute, holding(true)), true)
  assert.equal(evaluateElement(attribute, holding(0)), 0)
})

test('with revealed presence what is not held is none, and false is false', () => {
  const terms = { presence: 'revealed' } as const
  const below = asking({ op: 'lt', threshold: 1 })
  assert.equal(evaluateElement(below, undefined, terms), null)
  assert.equal(evaluateElement(below, holding(null), terms), null)
  assert.equal(evaluateElement(below, holding(1), terms), false)
  assert.equal(evaluateElement(attribute, undefined, terms), null)
  assert.equal(evaluateElement(attribute, holding(false), terms), false)
})

test('a predicate over a value of another type is refused, not answered', () => {
  const mismatched: readonly (readonly [Predicate, boolean | number | string])[] = [
    [{ op: 'lt', threshold: 1 }, '0'],
    [{ op: 'lt', threshold: 1 }, true],
    [{ op: 'lt', threshold: '2008-07-01' }, 'yesterday'],
    [{ op: 'eq', threshold: 1 }, '1'],
    [{ op: 'in', threshold: [1] }, '1'],
    [{ op: 'equals-supplied', threshold: null }, 'nothing was supplied'],
  ]
  for (const [predicate, held] of mismatched) {
    assert.throws(() => evaluateElement(asking(predicate), holding(held)), {
      code: 'VALUE_MISMATCH',
    })
  }
})

test('names that every object has are not held', () => {
  const inherited = { ...attribute, source: 'constructor' }
  assert.equal(evaluateElement(inherited, {}), null)
})
