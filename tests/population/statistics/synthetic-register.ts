import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '../../../src/bytes/index.ts'
import {
  openRegister,
  type OpenRegister,
  parseRegisterDescription,
  type RegisterDescription,
} from '../../../src/register/index.ts'
import { writeTable } from '../../../src/storage/sqlite/index.ts'
import {
  type HouseSettings,
  leapingTime,
  openPopulationHouse,
  type PopulationHouse,
  sampleTableAgreement,
} from '../../../src/testing/population/index.ts'

/** One person of the synthetic population. */
export interface Synthetic {
  readonly area: string
  readonly trade: string
  readonly region: string
  readonly sex: 'f' | 'm'
  readonly age: number
}

const keys = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${name}${at}`)

/** Areas and trades, crossed, are 1,000 cells; regions are five large ones. */
export const domains: Readonly<Record<'area' | 'trade' | 'region' | 'sex', readonly string[]>> = {
  area: keys('a', 25),
  trade: keys('t', 40),
  region: keys('r', 5),
  sex: ['f', 'm'],
}

/** The bounds of ages. */
export const ages: { readonly min: number; readonly max: number } = { min: 0, max: 100 }

const element = (name: string, type: string, domain: JsonObject): JsonObject => ({
  name,
  column: name,
  type,
  unit: null,
  category: 'ordinary',
  domain,
})

const description: RegisterDescription = parseRegisterDescription({
  v: 1,
  name: 'income',
  category: 'ordinary',
  table: 'people',
  subject: { column: 'nin', scheme: 'demo-nin' },
  population: { name: 'residents', size: 1_000_000 },
  rowsPerPerson: 1,
  elements: [
    ...Object.entries(domains).map(([name, all]) =>
      element(name, 'string', { kind: 'closed', keys: [...all] }),
    ),
    element('age', 'integer', { kind: 'bounded', ...ages }),
  ],
})

/** `each` people in every cell of area and trade. Ages reach beyond their bounds. */
export function syntheticPeople(each: number): readonly Synthetic[] {
  return domains.area.flatMap((area, row) =>
    domains.trade.flatMap((trade, column) =>
      Array.from({ length: each }, (_, at) => {
        const place = (row * 40 + column) * each + at
        return {
          area,
          trade,
          region: domains.region[(row + 3 * column + at) % 5] ?? '',
          sex: place % 2 === 0 ? ('f' as const) : ('m' as const),
          age: (place * 37) % 113,
        }
      }),
    ),
  )
}

/** A real register of these people, in a process of its own. */
export async function openSyntheticRegister(people: readonly Synthetic[]): Promise<OpenRegister> {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-synthetic-'))
  const path = join(dir, 'people.db')
  writeTable({
    path,
    create:
      'CREATE TABLE people (nin TEXT PRIMARY KEY, area TEXT, trade TEXT, region TEXT, sex TEXT, age INTEGER)',
    insert: 'INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)',
    rows: people.map(({ area, trade, region, sex, age }, place) => [
      String(place).padStart(10, '0'),
      area,
      trade,
      region,
      sex,
      age,
    ]),
  })
  const register = await openRegister({ kind: 'sqlite', path, description })
  return {
    lookUp: (subject, elements) => register.lookUp(subject, elements),
    aggregate: (plan) => register.aggregate(plan),
    maskPoints: (plan) => register.maskPoints(plan),
    describe: () => register.describe(),
    [Symbol.asyncDispose]: async () => {
      await register[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A house over it, with the widest year that a test's origin can have. */
export function openSyntheticHouse(settings: HouseSettings): Promise<PopulationHouse> {
  const dataElements = description.elements.map(({ name, category }) => ({
    name,
    register: 'income',
    source: name,
    answerType: 'attribute',
    predicate: null,
    category,
  }))
  return openPopulationHouse({
    agreement: sampleTableAgreement({ dataElements }),
    time: leapingTime(),
    ...settings,
  })
}

/** Filters that each leave somebody, all different: some regions, both sexes or one. */
export function syntheticFilters(count: number): readonly Readonly<Record<string, string[]>>[] {
  const some = <Key>(all: readonly Key[], mask: number): Key[] =>
    all.filter((_, at) => ((mask >> at) & 1) === 1)
  return Array.from({ length: 31 * 3 }, (_, at) => ({
    region: some(domains.region, (at % 31) + 1),
    sex: some(domains.sex, Math.floor(at / 31) + 1),
  })).slice(0, count)
}
