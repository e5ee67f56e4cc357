import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRegister, type OpenRegister } from '../../src/register/index.ts'
import { writeTable } from '../../src/storage/sqlite/index.ts'
import { sampleTableDescription } from '../../src/testing/population/index.ts'

/** One person of the sample register. */
export interface SampleRow {
  readonly sex: 'f' | 'm'
  readonly district: 'north' | 'south' | 'east' | 'west'
  readonly age: number
  readonly income: number
}

const districts = ['north', 'south', 'east', 'west'] as const

/** People by their number: the same each time. */
export function sampleRow(place: number): SampleRow {
  return {
    sex: place % 2 === 0 ? 'f' : 'm',
    district: districts[(place >> 1) % 4] ?? 'north',
    age: (place * 37) % 101,
    income: (place * 7_919) % 200_001,
  }
}

/** A real register of these people, in a process of its own. */
export async function openSampleRegister(
  rows: readonly SampleRow[],
  publicSize: number = rows.length,
): Promise<OpenRegister> {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-table-'))
  const path = join(dir, 'people.db')
  writeTable({
    path,
    create:
      'CREATE TABLE people (nin TEXT PRIMARY KEY, sex TEXT, district TEXT, origin TEXT, age INTEGER, income INTEGER)',
    insert: 'INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)',
    rows: rows.map(({ sex, district, age, income }, place) => [
      String(place).padStart(10, '0'),
      sex,
      district,
      'here',
      age,
      income,
    ]),
  })
  const register = await openRegister({
    kind: 'sqlite',
    path,
    description: sampleTableDescription(publicSize),
  })
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
