import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { readSubjectIdentifier } from '../protocol/index.ts'
import { parseRegisterDescription } from '../register/index.ts'
import { makePopulation } from './population.ts'
import type { SyntheticPerson } from './population-person.ts'
import { writeRegisters } from './population-registers.ts'
import type { NewTable } from './population-registers.ts'

const startedAt = performance.now()
const people = makePopulation({ seed: 'law', size: 100_000 })
const tookMs = performance.now() - startedAt

function writeTable({ path, create, insert, rows }: NewTable): void {
  rmSync(path, { force: true })
  using db = new DatabaseSync(path)
  db.exec(`BEGIN; ${create}`)
  const statement = db.prepare(insert)
  for (const row of rows) statement.run(...row)
  db.exec('COMMIT')
}

function meanIncome(of: (person: SyntheticPerson) => boolean): number {
  const chosen = people.filter(of)
  assert.ok(chosen.length > 100, 'the group is large enough to have a mean')
  return chosen.reduce((sum, { annualIncome }) => sum + annualIncome, 0) / chosen.length
}

test('a hundred thousand people are made, as many as were asked for', (t) => {
  t.diagnostic(`${people.length} people in ${Math.round(tookMs)} ms`)
  assert.equal(people.length, 100_000)
})

test('one seed gives the same people, another seed others', () => {
  const once = makePopulation({ seed: 'a', size: 500 })
  assert.deepEqual(once, makePopulation({ seed: 'a', size: 500 }))
  assert.notDeepEqual(once, makePopulation({ seed: 'b', size: 500 }))
})

test('the first people of a seed are fixed for good', () => {
  const [first] = makePopulation({ seed: 'demo', size: 1 })
  assert.deepEqual(
    [first?.nin, first?.givenName, first?.familyName, first?.birthDate, first?.annualIncome],
    ['6629733206', 'Piet', 'Reedwade', '1948-11-03', 26_130],
  )
})

test('every identifier has valid check digits and belongs to one person', () => {
  assert.ok(people.every(({ nin }) => readSubjectIdentifier('demo-nin', nin) === 'valid'))
  assert.equal(new Set(people.map(({ nin }) => nin)).size, people.length)
})

test('a wrong check digit and a repeated identifier would be noticed', () => {
  const [one] = people
  const nin = one?.nin ?? ''
  const wrong = nin.slice(0, 9) + String((Number(nin.slice(9)) + 1) % 10)
  assert.equal(readSubjectIdentifier('demo-nin', wrong), 'invalid')
  assert.equal(new Set([nin, nin]).size, 1)
})

test('counting upwards from somebody’s number meets mostly nobody', () => {
  const held = new Set(people.map(({ nin }) => nin.slice(0, 8)))
  const start = Number(people[0]?.nin.slice(0, 8))
  const met = Array.from({ length: 1000 }, (_, step) => String(start + step + 1).padStart(8, '0'))
  assert.ok(met.filter((number) => held.has(number)).length < 10)
})

test('mean income rises from 20 to 45 and falls with retirement', () => {
  const at = [20, 25, 30, 35, 40, 45].map((age) => meanIncome((person) => person.age === age))
  assert.deepEqual(
    at,
    at.toSorted((a, b) => a - b),
  )
  assert.ok(meanIncome(({ age }) => age >= 70) < 0.7 * (at[5] ?? 0))
})

test('people behind one door have like incomes', () => {
  const byDoor = Map.groupBy(
    people.filter(({ employment }) => employment === 'employed'),
    ({ household }) => household.id,
  )
  const pairs = [...byDoor.values()].filter((members) => members.length === 2)
  const median = 33_000
  const alike = pairs.filter(([a, b]) => {
    return (a?.annualIncome ?? 0) > median === (b?.annualIncome ?? 0) > median
  })
  assert.ok(alike.length / pairs.length > 0.65, `${alike.length} of ${pairs.length}`)
})

test('support and allowances follow from income, rent and children', () => {
  const supported = people.filter(({ benefitKind }) => benefitKind === 'housing-support')
  assert.ok(supported.length > 3000)
  assert.ok(supported.every(({ household }) => household.monthlyRent > 0))
  const heads = (paid: boolean) => (person: SyntheticPerson) =>
    person.household.tenure !== 'owner' &&
    person.age >= 18 &&
    (person.benefitKind === 'housing-support') === paid
  assert.ok(meanIncome(heads(true)) < 0.6 * meanIncome(heads(false)))
  const allowed = people.filter(({ childAllowance }) => childAllowance > 0)
  assert.ok(allowed.every(({ dependants }) => dependants > 0))
})

test('a household shares its address and counts its own', () => {
  const byDoor = Map.groupBy(people, ({ household }) => household)
  for (const [household, members] of [...byDoor].slice(0, 2000)) {
    assert.equal(household.size, members.length)
    assert.equal(household.children, members.filter(({ age }) => age < 18).length)
  }
})

test('a size that is no number of people is refused', () => {
  for (const size of [0, -1, 1.5, 1_000_001, Number.NaN]) {
    assert.throws(() => makePopulation({ seed: 'a', size }), RangeError)
  }
})

test('the registers hold one row per person under a description that parses', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'population-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const some = people.slice(0, 5000)
  const written = writeRegisters({ dir, writeTable }, some)
  for (const { organisation, name, descriptionPath } of written) {
    const description = parseRegisterDescription(JSON.parse(readFileSync(descriptionPath, 'utf8')))
    assert.equal(description.name, name)
    assert.ok(descriptionPath.startsWith(join(dir, organisation)))
  }
  using income = new DatabaseSync(join(dir, 'tax/register/income.db'), { readOnly: true })
  const counts = income.prepare('SELECT count(*) AS n, count(DISTINCT nin) AS people FROM income')
  const adults = some.filter(({ age }) => age >= 18).length
  assert.deepEqual({ ...counts.get() }, { n: adults, people: adults })
  const csv = readFileSync(join(dir, 'social/register/benefits.csv'), 'utf8').trim().split('\n')
  const nins = csv.slice(1).map((line) => line.split(',')[0])
  assert.equal(new Set(nins).size, some.filter(({ benefitSince }) => benefitSince !== null).length)
  assert.equal(nins.length, new Set(nins).size)
})

test('writing the registers again replaces them', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'population-'))
  t.after(() => rmSync(dir, { recursive: true }))
  writeRegisters({ dir, writeTable }, people.slice(0, 100))
  const [first] = writeRegisters({ dir, writeTable }, people.slice(0, 50))
  assert.equal(first?.rows, people.slice(0, 50).filter(({ age }) => age >= 18).length)
})
