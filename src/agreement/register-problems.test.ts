import assert from 'node:assert/strict'
import { test } from 'node:test'

import { samplePersonAgreement } from '../testing/index.ts'
import type { AgreementErrorCode } from './agreement-error.ts'
import type { PersonAgreement } from './agreement.ts'
import type { DataElement } from './data-element.ts'
import { registerProblems } from './register-problems.ts'
import type { DescribedRegister } from './register-problems.ts'

const register: DescribedRegister = {
  name: 'income',
  category: 'ordinary',
  subject: { scheme: 'demo-nin' },
  population: { size: 10_000 },
  elements: [
    { name: 'annualIncome', type: 'integer', category: 'ordinary' },
    { name: 'insured', type: 'boolean', category: 'ordinary' },
    { name: 'street', type: 'string', category: 'locating' },
    { name: 'birthDate', type: 'date', category: 'ordinary' },
  ],
}
const agreement = samplePersonAgreement()

function codes(
  changed: Partial<PersonAgreement>,
  described: DescribedRegister = register,
  countersigned = false,
): readonly AgreementErrorCode[] {
  const problems = registerProblems({ ...agreement, ...changed }, [described], { countersigned })
  return problems.map(({ code }) => code)
}

const element = (changes: Partial<DataElement>): Partial<PersonAgreement> => ({
  dataElements: [
    {
      name: 'one',
      register: 'income',
      source: 'annualIncome',
      answerType: 'attribute',
      predicate: null,
      category: 'ordinary',
      ...changes,
    },
  ],
})

test('an agreement that fits its register has no problems', () => {
  assert.deepEqual(codes({}), [])
})

test('registers and elements must be there', () => {
  assert.deepEqual(codes(element({ register: 'other' }))[0], 'REGISTER_MISMATCH')
  assert.deepEqual(codes(element({ source: 'salary' })), ['REGISTER_MISMATCH'])
})

test('a threshold must have the type of the element', () => {
  const fits = (source: string, predicate: DataElement['predicate']): boolean =>
    codes(element({ source, answerType: 'predicate', predicate })).length === 0
  assert.ok(fits('annualIncome', { op: 'lt', threshold: 5 }))
  assert.ok(!fits('annualIncome', { op: 'lt', threshold: '2000-01-01' }))
  assert.ok(fits('birthDate', { op: 'lt', threshold: '2000-01-01' }))
  assert.ok(!fits('birthDate', { op: 'lt', threshold: 5 }))
  assert.ok(fits('annualIncome', { op: 'in', threshold: [5] }))
  assert.ok(!fits('annualIncome', { op: 'in', threshold: ['5'] }))
  assert.ok(!fits('insured', { op: 'eq', threshold: 1 }))
  assert.ok(!fits('insured', { op: 'equals-supplied', threshold: null }))
})

test('an agreement cannot call an element less sensitive than the description does', () => {
  assert.deepEqual(codes(element({ source: 'street' })), ['RULE_PROTECTED'])
  assert.deepEqual(codes(element({ source: 'street', category: 'locating' })), [])
})

test('to be in a protected register is protected, whatever the element', () => {
  const clinic = { ...register, category: 'special' } as const
  assert.deepEqual(codes(element({}), clinic), ['RULE_PROTECTED'])
  assert.deepEqual(codes(element({ category: 'locating', source: 'street' }), clinic), [
    'RULE_PROTECTED',
  ])
  assert.deepEqual(codes(element({ category: 'special' }), clinic), [])
})

test('thirty days reach at most one per cent of the register, unless an inspector countersigned', () => {
  const small = { ...register, population: { size: 9999 } }
  assert.deepEqual(codes({}, small), ['RULE_CAPS'])
  assert.deepEqual(codes({}, small, true), [])
})
