import type { ProviderRegister } from '../../person/index.ts'
import { makeDemoNin } from '../../protocol/index.ts'
import { type AnsweringRegister, RegisterError, type Row } from '../../register/index.ts'
import { parseRegisterDescription } from '../../register/index.ts'
import type { Faults, ProcessLife } from '../simulator/index.ts'

/** The people of the simulation; the last one is not in the register. */
export const simSubjects: readonly string[] = [1, 2, 3, 4, 5, 6, 7].map((number) =>
  makeDemoNin(10_000_000 + number),
)

/** What the register holds about a subject; the oracle reads it too. */
export function rowOf(subject: string): Readonly<Record<string, number | null>> | undefined {
  const place = simSubjects.indexOf(subject)
  if (place < 0 || place === simSubjects.length - 1) return undefined
  return { annual_income: 9_000 + 5_000 * place, dependants: place === 3 ? null : place % 3 }
}

const description = parseRegisterDescription({
  v: 1,
  name: 'income',
  category: 'ordinary',
  table: 'income',
  subject: { column: 'nin', scheme: 'demo-nin' },
  population: { name: 'residents', size: 100_000 },
  rowsPerPerson: 1,
  elements: ['annual_income', 'dependants'].map((name) => ({
    name,
    column: name,
    type: 'integer',
    unit: null,
    category: 'ordinary',
    domain: { kind: 'bounded', min: 0, max: 1_000_000 },
  })),
})

function pickElements(subject: string, elements: readonly string[]): Row | undefined {
  const row = rowOf(subject)
  return row && Object.fromEntries(elements.map((name) => [name, row[name] ?? null]))
}

/** A register of seven made-up people, sometimes away. */
export function simRegister(life: ProcessLife, faults: Faults): ProviderRegister {
  const register: AnsweringRegister = {
    describe: () => description,
    aggregate: () => Promise.reject(new RegisterError('SHAPE_REFUSED', 'no tables here')),
    lookUp: ({ value }, elements) =>
      life.call('register.lookUp', () => {
        if (faults.strikes('register away')) throw new RegisterError('UNAVAILABLE', 'injected')
        return pickElements(value, elements)
      }),
  }
  return {
    register,
    scheme: 'demo-nin',
    categories: { annual_income: 'ordinary', dependants: 'ordinary' },
    populationSize: description.population.size,
  }
}
