import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RegisterDescription } from '../register/index.ts'
import { populationDay } from './population.ts'
import {
  ageGroups,
  benefitsDescription,
  householdsDescription,
  incomeBands,
  incomeDescription,
} from './population-descriptions.ts'
import type { SyntheticPerson } from './population-person.ts'

/** A register that was written: what a gateway's configuration says about it. */
export interface WrittenRegister {
  readonly organisation: 'tax' | 'social' | 'housing'
  readonly name: string
  readonly kind: 'sqlite' | 'csv'
  readonly path: string
  readonly descriptionPath: string
  readonly rows: number
}

/** A table that makes a register file: statements of SQLite, and rows in the order of `insert`. */
export interface NewTable {
  /** The file, replaced if it is there. */
  readonly path: string
  /** One `CREATE TABLE`. */
  readonly create: string
  /** One `INSERT` with a placeholder a column. */
  readonly insert: string
  readonly rows: readonly (readonly (string | number)[])[]
}

/** Writes a table as a file of its own, in one transaction. */
export type WriteTable = (table: NewTable) => void

/** Where the registers go and how a SQLite file is written. */
export interface RegisterFiles {
  readonly dir: string
  readonly writeTable: WriteTable
}

function folderOf(dir: string, organisation: string): string {
  const folder = join(dir, organisation, 'register')
  mkdirSync(folder, { recursive: true })
  return folder
}

function writeDescription(folder: string, description: RegisterDescription): string {
  const path = join(folder, 'description.json')
  writeFileSync(path, `${JSON.stringify(description, null, 2)}\n`)
  return path
}

function ageGroupOf({ age }: SyntheticPerson): string {
  return ageGroups.findLast(({ from }) => age >= from)?.name ?? ''
}

function incomeBandOf({ annualIncome }: SyntheticPerson): string {
  return incomeBands.findLast(({ from }) => annualIncome >= from)?.name ?? ''
}

function writeIncome(
  { dir, writeTable }: RegisterFiles,
  people: readonly SyntheticPerson[],
): WrittenRegister {
  const folder = folderOf(dir, 'tax')
  const taxYear = Number(populationDay.slice(0, 4)) - 1
  const adults = people.filter(({ age }) => age >= 18)
  const path = join(folder, 'income.db')
  writeTable({
    path,
    create: `CREATE TABLE income (nin TEXT PRIMARY KEY, annual_income INTEGER NOT NULL,
      employment TEXT NOT NULL, tax_year INTEGER NOT NULL, dependants INTEGER NOT NULL,
      age_group TEXT NOT NULL, income_band TEXT NOT NULL, district TEXT NOT NULL)
      WITHOUT ROWID, STRICT`,
    insert: 'INSERT INTO income VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    rows: adults.map((person) => [
      person.nin,
      person.annualIncome,
      person.employment,
      taxYear,
      person.dependants,
      ageGroupOf(person),
      incomeBandOf(person),
      person.household.district,
    ]),
  })
  const descriptionPath = writeDescription(folder, incomeDescription(people.length))
  const written = { organisation: 'tax', name: 'income', kind: 'sqlite' } as const
  return { ...written, path, descriptionPath, rows: adults.length }
}

function writeHouseholds(
  { dir, writeTable }: RegisterFiles,
  people: readonly SyntheticPerson[],
): WrittenRegister {
  const folder = folderOf(dir, 'housing')
  const path = join(folder, 'households.db')
  writeTable({
    path,
    create: `CREATE TABLE households (nin TEXT PRIMARY KEY, household_size INTEGER NOT NULL,
      children INTEGER NOT NULL, school_age_children INTEGER NOT NULL, tenure TEXT NOT NULL,
      monthly_rent INTEGER NOT NULL, district TEXT NOT NULL, street TEXT NOT NULL,
      postcode TEXT NOT NULL) WITHOUT ROWID, STRICT`,
    insert: 'INSERT INTO households VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    rows: people.map(({ nin, household }) => [
      nin,
      household.size,
      household.children,
      household.schoolAgeChildren,
      household.tenure,
      household.monthlyRent,
      household.district,
      `${household.houseNumber} ${household.street}`,
      household.postcode,
    ]),
  })
  const descriptionPath = writeDescription(folder, householdsDescription(people.length))
  const written = { organisation: 'housing', name: 'households', kind: 'sqlite' } as const
  return { ...written, path, descriptionPath, rows: people.length }
}

/** From 1 to 5 for everybody of 80 and more and every eleventh else, 0 for the rest. */
function careDegree({ nin, age }: SyntheticPerson): number {
  const number = Number(nin.slice(0, 8))
  return age >= 80 || number % 11 === 0 ? 1 + (number % 5) : 0
}

function writeBenefits(
  { dir }: RegisterFiles,
  people: readonly SyntheticPerson[],
): WrittenRegister {
  const folder = folderOf(dir, 'social')
  const path = join(folder, 'benefits.csv')
  const paid = people.filter(({ benefitSince }) => benefitSince !== null)
  const lines = paid.map((person) => {
    const { nin, benefitKind, benefitMonthly, childAllowance, benefitSince, household } = person
    const paidOut = [nin, benefitKind, benefitMonthly, childAllowance, benefitSince]
    return [...paidOut, careDegree(person), household.postcode].join(',')
  })
  const header = 'nin,benefit_kind,benefit_monthly,child_allowance,since,care_degree,postcode'
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`)
  const descriptionPath = writeDescription(folder, benefitsDescription(people.length))
  const written = { organisation: 'social', name: 'benefits', kind: 'csv' } as const
  return { ...written, path, descriptionPath, rows: paid.length }
}

/**
 * Writes the registers of the three agencies below `files.dir`, each with its description, in place of
 * what stood there: `tax/register/income.db` (adults), `social/register/benefits.csv` (who is paid
 * something), `housing/register/households.db` (everybody). One row per person in each.
 */
export function writeRegisters(
  files: RegisterFiles,
  people: readonly SyntheticPerson[],
): readonly WrittenRegister[] {
  // By identifier, so that the order of a file says nothing about who lives with whom.
  const sorted = people.toSorted((a, b) => (a.nin < b.nin ? -1 : 1))
  return [writeIncome(files, sorted), writeBenefits(files, sorted), writeHouseholds(files, sorted)]
}
