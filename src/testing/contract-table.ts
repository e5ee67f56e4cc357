import { parseRegisterDescription } from '../register/index.ts'
import type { RegisterDescription, RegisterValue } from '../register/index.ts'

/** One line of the contract's table, by column. */
export type ContractRow = Readonly<Record<string, RegisterValue>>

/** The description of the contract's table. */
export const contractDescription: RegisterDescription = parseRegisterDescription({
  v: 1,
  name: 'income',
  category: 'ordinary',
  table: 'people',
  subject: { column: 'nin', scheme: 'test-number' },
  population: { name: 'residents', size: 1000 },
  rowsPerPerson: 1,
  elements: [
    {
      name: 'annualIncome',
      column: 'annual_income',
      type: 'integer',
      unit: 'EUR/year',
      category: 'ordinary',
      domain: { kind: 'bounded', min: 0, max: 1_000_000 },
    },
    {
      name: 'district',
      column: 'district',
      type: 'string',
      unit: null,
      category: 'ordinary',
      domain: { kind: 'closed', keys: ['north', 'south', "l'est", 'nowhere'] },
    },
    {
      name: 'insured',
      column: 'insured',
      type: 'boolean',
      unit: null,
      category: 'ordinary',
      domain: { kind: 'closed', keys: [false, true] },
    },
    {
      name: 'dependants',
      column: 'dependants',
      type: 'integer',
      unit: null,
      category: 'ordinary',
      domain: { kind: 'closed', keys: [0, 1, 2, 3] },
    },
    {
      name: 'birthDate',
      column: 'birth_date',
      type: 'date',
      unit: null,
      category: 'ordinary',
      domain: { kind: 'open' },
    },
    {
      name: 'street',
      column: 'street',
      type: 'string',
      unit: null,
      category: 'locating',
      domain: { kind: 'open' },
    },
    {
      name: 'religion',
      column: 'religion',
      type: 'string',
      unit: null,
      category: 'special',
      domain: { kind: 'closed', keys: ['a', 'b'] },
    },
  ],
})

/** The contract's table: 1,000 people, with values missing here and there. Column `secret` is not described. */
export function contractRows(): readonly ContractRow[] {
  return Array.from({ length: 1000 }, (_, index) => ({
    nin: `P${String(index).padStart(4, '0')}`,
    annual_income: index % 13 === 0 ? null : (index * 7919) % 90_001,
    district: index % 17 === 0 ? null : (['north', 'south', "l'est"][index % 3] ?? null),
    insured: index % 11 === 0 ? null : index % 2 === 0,
    dependants: index % 19 === 0 ? null : index % 4,
    birth_date: index % 23 === 0 ? null : `19${10 + (index % 90)}-0${1 + (index % 9)}-15`,
    street: index % 29 === 0 ? null : `Rue "${index}", d'en haut`,
    religion: index % 2 === 0 ? 'a' : 'b',
    secret: `not for anyone ${index}`,
  }))
}
