import type { DomainKey, ElementDescription, RegisterDescription } from '../register/index.ts'
import { districts } from './population-names.ts'

const subject = { column: 'nin', scheme: 'demo-nin' } as const

function integer(
  name: string,
  range: { readonly min: number; readonly max: number; readonly unit?: string },
): ElementDescription {
  const { min, max, unit = null } = range
  const domain = { kind: 'bounded', min, max } as const
  return { name, column: name, type: 'integer', unit, category: 'ordinary', domain }
}

function closed(name: string, keys: readonly DomainKey[]): ElementDescription {
  const domain = { kind: 'closed', keys } as const
  return { name, column: name, type: 'string', unit: null, category: 'ordinary', domain }
}

function locating(name: string): ElementDescription {
  const domain = { kind: 'open' } as const
  return { name, column: name, type: 'string', unit: null, category: 'locating', domain }
}

function described(
  name: string,
  size: number,
  elements: readonly ElementDescription[],
): RegisterDescription {
  return {
    v: 1,
    name,
    category: 'ordinary',
    table: name,
    subject,
    population: { name: 'residents', size },
    rowsPerPerson: 1,
    elements,
  }
}

/** Age groups of adults in the tax agency's register, youngest first, a closed domain. */
export const ageGroups = [
  { name: '18 to 29', from: 18 },
  { name: '30 to 44', from: 30 },
  { name: '45 to 64', from: 45 },
  { name: '65 and over', from: 65 },
] as const

/** Bands of yearly income in the tax agency's register, lowest first, a closed domain; euro. */
export const incomeBands = [
  { name: 'under 15,000', from: 0 },
  { name: '15,000 to 29,999', from: 15_000 },
  { name: '30,000 to 49,999', from: 30_000 },
  { name: '50,000 and over', from: 50_000 },
] as const

/** The tax agency's register of incomes. `size` is the number of residents. */
export function incomeDescription(size: number): RegisterDescription {
  return described('income', size, [
    integer('annual_income', { min: 0, max: 500_000, unit: 'EUR/year' }),
    closed('employment', [
      'employed',
      'self-employed',
      'unemployed',
      'student',
      'retired',
      'at-home',
    ]),
    integer('tax_year', { min: 2000, max: 2100 }),
    integer('dependants', { min: 0, max: 12 }),
    closed(
      'age_group',
      ageGroups.map(({ name }) => name),
    ),
    closed(
      'income_band',
      incomeBands.map(({ name }) => name),
    ),
    { ...closed('district', districts), geography: 0 },
  ])
}

/** The social agency's register of payments. `size` is the number of residents. */
export function benefitsDescription(size: number): RegisterDescription {
  return described('benefits', size, [
    closed('benefit_kind', ['none', 'housing-support', 'unemployment', 'pension-supplement']),
    integer('benefit_monthly', { min: 0, max: 2_000, unit: 'EUR/month' }),
    integer('child_allowance', { min: 0, max: 1_500, unit: 'EUR/month' }),
    {
      name: 'since',
      column: 'since',
      type: 'date',
      unit: null,
      category: 'ordinary',
      domain: { kind: 'open' },
    },
    { ...integer('care_degree', { min: 0, max: 5 }), category: 'special' },
    locating('postcode'),
  ])
}

/** The housing agency's register of who lives how. `size` is the number of residents. */
export function householdsDescription(size: number): RegisterDescription {
  return described('households', size, [
    integer('household_size', { min: 1, max: 12 }),
    integer('children', { min: 0, max: 10 }),
    integer('school_age_children', { min: 0, max: 10 }),
    closed('tenure', ['owner', 'private-rent', 'social-rent']),
    integer('monthly_rent', { min: 0, max: 4_000, unit: 'EUR/month' }),
    closed('district', districts),
    locating('street'),
    locating('postcode'),
  ])
}
