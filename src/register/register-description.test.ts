import assert from 'node:assert/strict'
import { test } from 'node:test'

import { contractDescription } from '../testing/index.ts'
import { elementOf, parseRegisterDescription } from './register-description.ts'

const [first] = contractDescription.elements
assert.ok(first !== undefined)

test('a description parses to what was written', () => {
  assert.deepEqual(
    parseRegisterDescription(structuredClone(contractDescription)),
    contractDescription,
  )
})

test('what is not a description is refused, naming the field', () => {
  const refused: readonly (readonly [object, RegExp])[] = [
    [{ rowsPerPerson: 2 }, /rowsPerPerson/],
    [{ table: 'people; DROP TABLE people' }, /table/],
    [{ table: 'people"' }, /table/],
    [{ subject: { column: 'nin = 1 OR', scheme: 'x' } }, /subject.column/],
    [{ elements: [{ ...first, column: 'a"b' }] }, /elements.0.column/],
    [{ elements: [{ ...first, column: 'NIN' }] }, /the subject key is no element/],
    [{ elements: [first, first] }, /two have one name/],
    [
      { elements: [{ ...first, domain: { kind: 'bounded', min: 2, max: 1 } }] },
      /does not fit the type/,
    ],
    [{ elements: [{ ...first, domain: { kind: 'closed', keys: ['a', 'b'] } }] }, /does not fit/],
    [{ elements: [{ ...first, domain: { kind: 'closed', keys: [1, 1] } }] }, /does not fit/],
    [{ category: 'secret' }, /category/],
    [{ filter: 'x' }, /filter/],
  ]
  for (const [changes, message] of refused) {
    assert.throws(() => parseRegisterDescription({ ...contractDescription, ...changes }), {
      code: 'DESCRIPTION_INVALID',
      message,
    })
  }
})

test('an element is found by its name alone', () => {
  assert.equal(elementOf(contractDescription, 'annualIncome').column, 'annual_income')
  for (const name of ['annual_income', 'constructor', '']) {
    assert.throws(() => elementOf(contractDescription, name), { code: 'ELEMENT_UNKNOWN' })
  }
})
