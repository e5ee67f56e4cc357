import { makeDemoNin } from '../../../src/protocol/index.ts'
import { parseRegisterDescription } from '../../../src/register/index.ts'
import type { AdultRow } from '../../population/adult/adult-data.ts'
import type { HolderRegister } from '../join-gateways.ts'

/** The data set split by columns: who earns, and who lives how. Some lines are in one register alone. */
export interface AdultRegisters {
  readonly left: HolderRegister
  readonly right: HolderRegister
  /** The lines that are in both. Nobody but a test ever has them. */
  readonly both: readonly AdultRow[]
  readonly people: { readonly left: number; readonly right: number; readonly both: number }
}

const words = (text: string): string[] => text.trim().split(/\s+/)

const closed = (name: string, keys: readonly string[]) => ({
  name,
  column: name,
  type: 'string',
  unit: null,
  category: 'ordinary',
  domain: { kind: 'closed', keys },
})

const bounded = (name: string, unit: string, min: number, max: number) => ({
  name,
  column: name,
  type: 'integer',
  unit,
  category: 'ordinary',
  domain: { kind: 'bounded', min, max },
})

const incomeKeys = ['up-to-50k', 'over-50k']
const positions = words('Husband Wife Own-child Other-relative Unmarried Not-in-family')

const leftElements = [
  closed('income', incomeKeys),
  closed(
    'education',
    words(`Preschool 1st-4th 5th-6th 7th-8th 9th 10th 11th 12th HS-grad Some-college Assoc-voc Assoc-acdm
      Bachelors Masters Prof-school Doctorate`),
  ),
  bounded('capital_gain', 'dollars', 0, 20_000),
]
const rightElements = [
  closed('sex', ['Female', 'Male']),
  closed('relationship', positions),
  bounded('age', 'years', 17, 90),
  bounded('hours_per_week', 'hours/week', 1, 99),
]

/** A field as both registers hold it; income in words. */
export function fieldOf(row: AdultRow, name: string): string {
  if (name === 'income') return incomeKeys[Number(row['income_over_50k'])] ?? ''
  return row[name] ?? ''
}

function holderOf(
  name: string,
  elements: readonly { readonly name: string; readonly type: string }[],
  lines: readonly (readonly [number, AdultRow])[],
): HolderRegister {
  const description = parseRegisterDescription({
    v: 1,
    name,
    category: 'ordinary',
    table: name,
    subject: { column: 'nin', scheme: 'demo-nin' },
    population: { name: `${name}-people`, size: lines.length },
    rowsPerPerson: 1,
    elements,
  })
  const rows = lines.map(([number, row]) => [
    makeDemoNin(number + 1),
    ...elements.map((element) => {
      const text = fieldOf(row, element.name)
      return element.type === 'integer' ? Number(text) : text
    }),
  ])
  return { description, rows }
}

/**
 * Splits lines of the data set into two registers. The line's number stands in for the identifier; of each 15 lines the
 * first two are in the left register alone, the last two in the right one alone.
 */
export function adultRegisters(rows: readonly AdultRow[]): AdultRegisters {
  const lines = rows.map((row, number) => [number, row] as const)
  const left = lines.filter(([number]) => number % 15 < 13)
  const right = lines.filter(([number]) => number % 15 >= 2)
  const both = rows.filter((_, number) => number % 15 >= 2 && number % 15 < 13)
  return {
    left: holderOf('earnings', leftElements, left),
    right: holderOf('households', rightElements, right),
    both,
    people: { left: left.length, right: right.length, both: both.length },
  }
}

/** `count` lines spread over the whole data set. */
export function sampleLines(rows: readonly AdultRow[], count: number): readonly AdultRow[] {
  return Array.from(
    { length: Math.min(count, rows.length) },
    (_, at) => rows[Math.floor((at * rows.length) / Math.min(count, rows.length))] ?? {},
  )
}

/** Lines of the same columns about people whom nobody is: the same each time. */
export function madeUpLines(count: number): readonly AdultRow[] {
  const schools = leftElements.flatMap(({ name, domain }) =>
    name === 'education' && 'keys' in domain ? domain.keys : [],
  )
  return Array.from({ length: count }, (_, at) => ({
    income_over_50k: String(Number(at % 4 === 0)),
    education: schools[(at * 7) % schools.length] ?? '',
    capital_gain: String(at % 11 === 0 ? (at * 37) % 20_000 : 0),
    sex: at % 3 === 0 ? 'Female' : 'Male',
    relationship: positions[(at * 5) % positions.length] ?? '',
    age: String(17 + ((at * 13) % 74)),
    hours_per_week: String(20 + ((at * 3) % 40)),
  }))
}
