import { parseRegisterDescription, type RegisterDescription } from '../../../src/register/index.ts'

/** A line of the Adult data set: the columns that the register has, by their names there. */
export type AdultRow = Readonly<Record<string, string>>

const closed = (name: string, keys: readonly (string | boolean)[], category = 'ordinary') => ({
  name,
  column: name,
  type: typeof keys[0] === 'boolean' ? 'boolean' : 'string',
  unit: null,
  category,
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

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Keys as the data set's own documentation lists them; `?` and everything else is in no cell. */
const elements = [
  bounded('age', 'years', 17, 90),
  closed(
    'employment',
    words(
      'Private Self-emp-not-inc Self-emp-inc Federal-gov Local-gov State-gov Without-pay Never-worked',
    ),
  ),
  closed(
    'education',
    words(`Preschool 1st-4th 5th-6th 7th-8th 9th 10th 11th 12th HS-grad Some-college Assoc-voc Assoc-acdm
      Bachelors Masters Prof-school Doctorate`),
  ),
  closed(
    'marital_status',
    words(`Married-civ-spouse Divorced Never-married Separated Widowed Married-spouse-absent
      Married-AF-spouse`),
  ),
  closed('sex', ['Female', 'Male']),
  closed('race', words('White Asian-Pac-Islander Amer-Indian-Eskimo Other Black'), 'special'),
  closed(
    'native_country',
    words(`United-States Cambodia England Puerto-Rico Canada Germany Outlying-US(Guam-USVI-etc) India
      Japan Greece South China Cuba Iran Honduras Philippines Italy Poland Jamaica Vietnam Mexico
      Portugal Ireland France Dominican-Republic Laos Ecuador Taiwan Haiti Columbia Hungary Guatemala
      Nicaragua Scotland Thailand Yugoslavia El-Salvador Trinadad&Tobago Peru Hong
      Holand-Netherlands`),
    'special',
  ),
  bounded('hours_per_week', 'hours/week', 1, 99),
  closed('income_over_50k', [false, true]),
]

/** The public description of the data set as a register of `size` people. */
export function adultDescription(size: number): RegisterDescription {
  return parseRegisterDescription({
    v: 1,
    name: 'adult',
    category: 'ordinary',
    table: 'adult',
    subject: { column: 'id', scheme: 'demo-nin' },
    population: { name: 'residents', size },
    rowsPerPerson: 1,
    elements,
  })
}

const columns = elements.map(({ column }) => column)

/** The rows of the data set's file: no field of it has a comma or a quote. */
export function readAdult(text: string): readonly AdultRow[] {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/)
  const names = head.split(',').map((name) => name.replaceAll('-', '_'))
  return lines.map((line) => {
    const fields = line.split(',')
    return Object.fromEntries(names.map((name, at) => [name, fields[at] ?? '']))
  })
}

/** People of the same columns that nobody is: the same each time. Each key has some. */
export function madeUpAdults(size: number): readonly AdultRow[] {
  const keysOf = (name: string): readonly string[] => {
    const { domain } = elements.find((one) => one.name === name) ?? { domain: { keys: [] } }
    return 'keys' in domain ? domain.keys.map(String) : []
  }
  const domains = new Map(columns.map((name) => [name, keysOf(name)]))
  let state = 0x2545f491
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const oneOf = (name: string): string => {
    const keys = domains.get(name) ?? []
    return keys[draw(keys.length)] ?? ''
  }
  return Array.from({ length: size }, () => ({
    ...Object.fromEntries(columns.map((name) => [name, oneOf(name)])),
    age: String(17 + draw(74)),
    hours_per_week: String(Math.min(99, 20 + draw(30) + draw(30))),
    income_over_50k: String(draw(4) === 0 ? 1 : 0),
  }))
}

/** The register's file: the rows with a number for each person before them. */
export function registerCsv(rows: readonly AdultRow[]): string {
  const lines = rows.map((row, place) =>
    [String(place + 1).padStart(10, '0'), ...columns.map((name) => row[name] ?? '')].join(','),
  )
  return `${['id', ...columns].join(',')}\n${lines.join('\n')}\n`
}
