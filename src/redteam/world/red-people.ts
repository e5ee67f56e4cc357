import { makeDemoNin } from '../../protocol/index.ts'
import type { DataCategory, RegisterDescription } from '../../register/index.ts'

const firstNumber = 20_000_003
const step = 37

/** The identifier of the made-up person at `place`, from 0. */
export function redSubject(place: number): string {
  return makeDemoNin(firstNumber + place * step)
}

/** Their yearly income, spread over a wide range so that both answers occur. */
export function redIncome(place: number): number {
  return (place * 7_907) % 60_000
}

/** Their address, in one line. */
export function redAddress(place: number): string {
  return `${1 + (place % 190)} Quarry Row, flat ${place}`
}

/** Their degree of disability, in tens. */
export function redDisability(place: number): number {
  return (place % 11) * 10
}

/** One register of a provider under attack: what it tells publicly, and how its table is filled. */
export interface RedRegister {
  readonly description: RegisterDescription
  readonly create: string
  readonly insert: string
  readonly row: (place: number) => readonly [string, string | number]
}

function described(
  name: string,
  column: string,
  is: { readonly category: DataCategory; readonly text?: boolean; readonly population: number },
): RegisterDescription {
  const isText = is.text === true
  return {
    v: 1,
    name,
    category: 'ordinary',
    table: name,
    subject: { column: 'nin', scheme: 'demo-nin' },
    population: { name: 'residents', size: is.population },
    rowsPerPerson: 1,
    elements: [
      {
        name: column,
        column,
        type: isText ? 'string' : 'integer',
        unit: null,
        category: is.category,
        domain: isText ? { kind: 'open' } : { kind: 'bounded', min: 0, max: 500_000 },
      },
    ],
  }
}

function table(name: string, column: string, type: 'TEXT' | 'INTEGER') {
  return {
    create: `CREATE TABLE ${name} (nin TEXT PRIMARY KEY, ${column} ${type} NOT NULL)`,
    insert: `INSERT INTO ${name} (nin, ${column}) VALUES (?, ?)`,
  }
}

/** Income (ordinary), residence (locating) and care (special) of `population` residents. */
export function redRegisters(population: number): readonly RedRegister[] {
  return [
    {
      description: described('income', 'annual_income', { category: 'ordinary', population }),
      ...table('income', 'annual_income', 'INTEGER'),
      row: (place) => [redSubject(place), redIncome(place)],
    },
    {
      description: described('residence', 'address', {
        category: 'locating',
        text: true,
        population,
      }),
      ...table('residence', 'address', 'TEXT'),
      row: (place) => [redSubject(place), redAddress(place)],
    },
    {
      description: described('care', 'disability', { category: 'special', population }),
      ...table('care', 'disability', 'INTEGER'),
      row: (place) => [redSubject(place), redDisability(place)],
    },
  ]
}
