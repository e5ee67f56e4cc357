import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PopulationAgreement } from '../../../src/agreement/index.ts'
import type { JsonObject } from '../../../src/bytes/index.ts'
import {
  openRegister,
  type OpenRegister,
  parseRegisterDescription,
  type Register,
  type RegisterDescription,
} from '../../../src/register/index.ts'
import { writeTable } from '../../../src/storage/sqlite/index.ts'
import { sampleTableAgreement } from '../../../src/testing/population/index.ts'

/** One person of the attacked register. */
export interface Person {
  readonly work: 'mill' | 'office' | 'school' | 'none'
  /** From 0 on, below {@link targets}. In the mill, one person lives in each street. */
  readonly street: number
  readonly benefit: 'yes' | 'no'
  readonly town: string
  /** As the engine has it; a text is what a faulty import left there. */
  readonly income: number | string
}

/** How many work in the mill: the people whose benefit is guessed. */
export const targets: number = process.env['CLOISON_TEST_ALL'] === '1' ? 64 : 24
/** How many people are publicly expected, far more than a test fills in: enough for two streets of the mill, not for one. */
const publicSize = 625 * targets
/** The towns of the domain; nobody need live in one. */
export const towns: readonly string[] = ['bridge', 'castle', 'field', 'harbour']
/** The key of a street. */
export const streetKey = (street: number): string => `s${String(street).padStart(2, '0')}`
/** The keys of all streets. */
export const streets: readonly string[] = Array.from({ length: targets }, (_, at) => streetKey(at))

const keys = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${name}${at}`)

function closed(name: string, all: readonly string[], category = 'ordinary'): JsonObject {
  const domain = { kind: 'closed', keys: [...all] }
  return { name, column: name, type: 'string', unit: null, category, domain }
}

function bounded(name: string, min: number, max: number): JsonObject {
  const domain = { kind: 'bounded', min, max }
  return { name, column: name, type: 'integer', unit: null, category: 'ordinary', domain }
}

const description: RegisterDescription = parseRegisterDescription({
  v: 1,
  name: 'income',
  category: 'ordinary',
  table: 'people',
  subject: { column: 'nin', scheme: 'demo-nin' },
  population: { name: 'residents', size: publicSize },
  rowsPerPerson: 1,
  elements: [
    closed('work', ['mill', 'office', 'school', 'none']),
    closed('street', streets),
    closed('benefit', ['yes', 'no']),
    closed('town', towns),
    closed('trade', keys('t', 20)),
    closed('parcel', keys('p', 500)),
    closed('race', ['a', 'b', 'c'], 'special'),
    closed('native_country', keys('n', 5), 'migration'),
    bounded('income', 0, 200_000),
    bounded('fortune', 0, 1_099_511_627_776),
  ],
})

/** The agreement under which the attackers ask, in everything as two officers may sign it. */
export function attackAgreement(perYearMicroEpsilon: number): PopulationAgreement {
  const dataElements = description.elements.map(({ name, category }) => ({
    name,
    register: 'income',
    source: name,
    answerType: 'attribute',
    predicate: null,
    category,
  }))
  const perQuestionMicroEpsilon = 500_000
  return sampleTableAgreement({
    dataElements,
    legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-j'],
    privacyBudget: { perQuestionMicroEpsilon, perYearMicroEpsilon, deltaExponent: 6 },
  })
}

/** The people of the mill, whose benefits are `bits`, and others: 400 together. */
export function townsfolk(bits: readonly boolean[]): readonly Person[] {
  return Array.from({ length: 400 }, (_, place) => ({
    work: place < targets ? 'mill' : ((['office', 'school', 'none'] as const)[place % 3] ?? 'none'),
    street: place % targets,
    benefit: (place < targets ? bits[place] === true : place % 5 === 0) ? 'yes' : 'no',
    town: towns[place % 3] ?? '',
    income: (place * 7_919) % 200_001,
  }))
}

/** A real register of these people, in a process of its own. */
export async function openAttackRegister(people: readonly Person[]): Promise<OpenRegister> {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-attacked-'))
  const path = join(dir, 'people.db')
  const columns = description.elements.map(({ column, type }) =>
    type === 'integer' ? `${column} INTEGER` : `${column} TEXT`,
  )
  writeTable({
    path,
    create: `CREATE TABLE people (nin TEXT PRIMARY KEY, ${columns.join(', ')})`,
    insert:
      'INSERT INTO people (nin, work, street, benefit, town, income) VALUES (?, ?, ?, ?, ?, ?)',
    rows: people.map(({ work, street, benefit, town, income }, place) => [
      String(place).padStart(10, '0'),
      work,
      streetKey(street),
      benefit,
      town,
      income,
    ]),
  })
  const register = await openRegister({ kind: 'sqlite', path, description })
  return {
    ...withAggregate(register, (plan) => register.aggregate(plan)),
    [Symbol.asyncDispose]: async () => {
      await register[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A register that makes its tables in another way: a twin. */
export function withAggregate(register: Register, aggregate: Register['aggregate']): Register {
  return {
    lookUp: (subject, elements) => register.lookUp(subject, elements),
    aggregate,
    maskPoints: (plan) => register.maskPoints(plan),
    describe: () => register.describe(),
  }
}
