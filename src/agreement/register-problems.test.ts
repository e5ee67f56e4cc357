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

test('a threshold must divide the domain: what answers alike for everybody would tell only who is there', () => {
  const divides = (
    predicate: DataElement['predicate'],
    domain: DescribedRegister['elements'][number]['domain'],
  ): boolean => {
    const described = register.elements.map((one) =>
      one.name === 'annualIncome' && domain !== undefined ? { ...one, domain } : one,
    )
    const found = codes(element({ answerType: 'predicate', predicate }), {
      ...register,
      elements: described,
    })
    assert.ok(found.every((code) => code === 'REGISTER_MISMATCH'))
    return found.length === 0
  }
  const bounded = { kind: 'bounded', min: 0, max: 100 } as const
  const cases: readonly (readonly [NonNullable<DataElement['predicate']>, boolean])[] = [
    [{ op: 'lt', threshold: 0 }, false],
    [{ op: 'lt', threshold: 1 }, true],
    [{ op: 'lt', threshold: 101 }, false],
    [{ op: 'le', threshold: 100 }, false],
    [{ op: 'ge', threshold: 0 }, false],
    [{ op: 'gt', threshold: 99 }, true],
    [{ op: 'gt', threshold: 100 }, false],
    [{ op: 'eq', threshold: 100 }, true],
    [{ op: 'eq', threshold: 101 }, false],
    [{ op: 'in', threshold: [1, 101] }, false],
    [{ op: 'in', threshold: [1, 2] }, true],
  ]
  for (const [predicate, expected] of cases)
    assert.equal(divides(predicate, bounded), expected, JSON.stringify(predicate))
  const closed = { kind: 'closed', keys: [1, 2, 3] } as const
  assert.ok(divides({ op: 'eq', threshold: 2 }, closed))
  assert.ok(!divides({ op: 'eq', threshold: 4 }, closed))
  assert.ok(!divides({ op: 'in', threshold: [1, 2, 3] }, closed))
  assert.ok(divides({ op: 'lt', threshold: 0 }, { kind: 'open' }))
})
