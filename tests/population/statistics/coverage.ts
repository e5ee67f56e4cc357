import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { canonicalBytes } from '../../../src/bytes/index.ts'
import {
  askedRows,
  gridOf,
  parseRelease,
  type Release,
  type StatisticRow,
} from '../../../src/population/index.ts'
import type { OpenRegister } from '../../../src/register/index.ts'
import type { PopulationHouse } from '../../../src/testing/population/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { chiSquareDeviation } from './exact-law.ts'
import {
  ages,
  domains,
  openSyntheticHouse,
  openSyntheticRegister,
  type Synthetic,
  syntheticFilters,
  syntheticPeople,
} from './synthetic-register.ts'

/*
 * What comes out of the whole path, held against tables that are reckoned here from the synthetic people: intervals hold as
 * often as they say, and the noise is that of its law.
 */

const isLong = process.env['CLOISON_TEST_ALL'] === '1'
const wideReleases = isLong ? 93 : 4
const regionReleases = isLong ? 2_000 : 12
const narrowReleases = isLong ? 5_000 : 20
/** A right path passes it in all but one of 10^9 runs. */
const mostDeviation = 6.5

const people = syntheticPeople(3)
let register: OpenRegister

before(async () => {
  register = await openSyntheticRegister(people)
})

after(async () => {
  await register[Symbol.asyncDispose]()
})

interface Asking {
  readonly by: readonly string[]
  readonly measure: unknown
  readonly delta?: string
}

async function ask(house: PopulationHouse, query: object): Promise<Release> {
  const answer = await house.ask(query)
  assert.ok(answer.state === 'released', JSON.stringify(answer))
  return parseRelease(canonicalBytes(answer.release))
}

const open = (seed: string): Promise<PopulationHouse> =>
  openSyntheticHouse({ register, randomness: seededRandom(seed) })

/** The same table by other releases: with one filter after the other, at one epsilon, so that all have one law. */
async function askWide(seed: string, asking: Asking): Promise<readonly Release[]> {
  await using house = await open(seed)
  const releases: Release[] = []
  for (const where of syntheticFilters(wideReleases))
    releases.push(await ask(house, { ...asking, where, epsilon: '0.5' }))
  return releases
}

/** The same table at other epsilons, each a question of its own. */
async function askOften(
  seed: string,
  asking: Asking,
  {
    count,
    from,
    atOnce,
  }: { readonly count: number; readonly from: number; readonly atOnce: number },
): Promise<readonly Release[]> {
  await using house = await open(seed)
  const releases: Release[] = []
  const left = Array.from({ length: count }, (_, at) => ((from + at) / 1_000_000).toFixed(6))
  const worker = async (): Promise<void> => {
    for (let epsilon = left.pop(); epsilon !== undefined; epsilon = left.pop())
      releases.push(await ask(house, { ...asking, epsilon }))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return releases
}

const clamp = (age: number): number => Math.min(ages.max, Math.max(ages.min, age))
const middle = 50

const memberships = new Map<string, readonly (readonly Synthetic[])[]>()

/** The people of each cell of a release, in its order. */
function membersOf(release: Release): readonly (readonly Synthetic[])[] {
  const { where, by } = release.query
  const name = JSON.stringify([where, by])
  const known = memberships.get(name) ?? assignedMembers(release)
  memberships.set(name, known)
  return known
}

function assignedMembers({ query, cells }: Release): readonly (readonly Synthetic[])[] {
  const valueOf = (person: Synthetic, name: string): string =>
    String(Object.entries(person).find(([key]) => key === name)?.[1])
  const groups = new Map<string, Synthetic[]>()
  for (const person of people) {
    const isAsked = Object.entries(query.where).every(([name, all]) =>
      all.includes(valueOf(person, name)),
    )
    const key = query.by.map((name) => valueOf(person, name)).join()
    if (isAsked) groups.set(key, [...(groups.get(key) ?? []), person])
  }
  return cells.map(({ key }) => groups.get(key.join()) ?? [])
}

/** The numbers of a cell without noise. */
function exactNumbers({ query }: Release, members: readonly Synthetic[]): readonly number[] {
  const values = members.map(({ age }) => clamp(age))
  const sumOf = (of: (value: number) => number): number =>
    values.reduce((sum, value) => sum + of(value), 0)
  switch (query.measure.kind) {
    case 'count':
      return [members.length]
    case 'sum':
      return [sumOf((value) => value)]
    case 'mean':
    case 'variance':
      return [
        members.length,
        sumOf((value) => value - middle),
        sumOf((value) => (value - middle) ** 2),
      ]
    case 'quantiles': {
      const { min, width, buckets } = gridOf(ages)
      return Array.from(
        { length: buckets },
        (_, at) => values.filter((value) => Math.floor((value - min) / width) === at).length,
      )
    }
  }
}

interface Tally {
  held: number
  all: number
  /** What the levels say of how many are held, and the variance of that. */
  expected: number
  variance: number
}

function tallied(outcomes: Iterable<readonly [isHeld: boolean, levelPpm: number]>): Tally {
  const tally: Tally = { held: 0, all: 0, expected: 0, variance: 0 }
  for (const [isHeld, levelPpm] of outcomes) {
    const level = levelPpm / 1_000_000
    tally.held += isHeld ? 1 : 0
    tally.all += 1
    tally.expected += level
    tally.variance += level * (1 - level)
  }
  return tally
}

function printCoverage(name: string, releases: number, { held, all, expected }: Tally): void {
  const share = (count: number): string => `${((100 * count) / all).toFixed(2)} %`
  console.log(`| ${name} | ${releases} | ${all} | ${share(expected)} | ${share(held)} |`)
}

/** Every released number of every cell: whether its interval holds the exact one, and how often it says it does. */
function* numbersHeld(releases: readonly Release[]): Generator<readonly [boolean, number]> {
  for (const release of releases)
    for (const [at, members] of membersOf(release).entries()) {
      const exact = exactNumbers(release, members)
      for (const [place, { halfWidth, levelPpm }] of release.numbers.entries()) {
        const off = (release.cells[at]?.numbers[place] ?? 0) - (exact[place] ?? 0)
        yield [Math.abs(off) <= halfWidth, levelPpm]
      }
    }
}

/** All noise of the releases, which have one law. */
function noiseOf(releases: readonly Release[]): readonly number[] {
  return releases.flatMap((release) =>
    membersOf(release).map(
      (members, at) =>
        (release.cells[at]?.numbers[0] ?? 0) - (exactNumbers(release, members)[0] ?? 0),
    ),
  )
}

function isExactLevel({ held, expected, variance }: Tally): boolean {
  return Math.abs(held - expected) <= 3 * Math.sqrt(variance)
}

const wide = { by: ['area', 'trade'] }
const laws: readonly (readonly [name: string, asking: Asking])[] = [
  ['count, discrete Laplace', { ...wide, measure: 'count' }],
  ['count, discrete Gaussian', { ...wide, measure: 'count', delta: '1e-12' }],
  ['sum, discrete Laplace', { ...wide, measure: { sum: 'age' } }],
  ['sum, discrete Gaussian', { ...wide, measure: { sum: 'age' }, delta: '1e-12' }],
]

for (const [name, asking] of laws) {
  test(`${name}: intervals hold at their exact level, and the noise fits its law`, async () => {
    const releases = await askWide(name, asking)
    const tally = tallied(numbersHeld(releases))
    printCoverage(name, releases.length, tally)
    assert.ok(isExactLevel(tally), JSON.stringify(tally))
    const noise = noiseOf(releases)
    const law = releases[0]?.numbers[0]?.law ?? assert.fail()
    const deviation = chiSquareDeviation(noise, law)
    console.log(`${name}: ${noise.length} released numbers, ${deviation.toFixed(2)} deviations`)
    assert.ok(Math.abs(deviation) < mostDeviation)
    // The checks can fail: intervals of one less to each side, and noise of half its scale.
    const narrow = releases.map((release) => ({
      ...release,
      numbers: release.numbers.map((one) => ({
        ...one,
        halfWidth: Math.floor(one.halfWidth * 0.9),
      })),
    }))
    assert.ok(!isExactLevel(tallied(numbersHeld(narrow))))
    const halved = noise.map((draw) => Math.trunc(draw / 2))
    assert.ok(Math.abs(chiSquareDeviation(halved, law)) > mostDeviation)
  })
}

for (const delta of [undefined, '1e-12']) {
  const name = `count over many releases, discrete ${delta === undefined ? 'Laplace' : 'Gaussian'}`
  test(`${name}: intervals hold at their exact level`, async () => {
    const asking = { by: ['region'], measure: 'count', ...(delta === undefined ? {} : { delta }) }
    // One after the other, so that a seed gives the same figures in every run.
    const plan = { count: narrowReleases, from: 100_000, atOnce: 1 }
    const releases = await askOften(name, asking, plan)
    const tally = tallied(numbersHeld(releases))
    printCoverage(name, releases.length, tally)
    assert.ok(isExactLevel(tally), JSON.stringify(tally))
  })
}

/** The exact value of a row's statistic, as the lowest and the highest that it can be called. */
function exactRange(
  { ppm, statistic }: StatisticRow,
  release: Release,
  members: readonly Synthetic[],
): readonly [number, number] {
  const values = members.map(({ age }) => clamp(age))
  if (ppm === null) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const exact = statistic === 'mean' ? mean : squares / values.length
    return [exact, exact]
  }
  const { min, width } = gridOf(ages)
  let running = 0
  for (const [at, count] of exactNumbers(release, members).entries()) {
    running += count
    if (running * 1_000_000 < ppm * values.length) continue
    return [min + at * width, Math.min(ages.max, min + (at + 1) * width - 1)]
  }
  return assert.fail('no quantile')
}

/** What is computed from several numbers: whether its interval holds the exact one. One that says nothing is left out. */
function* rowsHeld(releases: readonly Release[]): Generator<readonly [boolean, number]> {
  for (const release of releases) {
    const members = membersOf(release)
    for (const row of askedRows(release)) {
      const { lower, upper, levelPpm } = row
      if (lower === null || upper === null) continue
      const at = release.cells.findIndex(({ key }) => key.join() === row.key.join())
      const [low, high] = exactRange(row, release, members[at] ?? [])
      yield [Number(lower) <= low && high <= Number(upper), levelPpm]
    }
  }
}

const computed: readonly (readonly [name: string, measure: unknown])[] = [
  ['mean', { mean: 'age' }],
  ['variance', { variance: 'age' }],
  ['quantiles', { quantiles: ['age', [0.25, 0.5, 0.75]] }],
]

for (const [name, measure] of computed) {
  test(`${name}: intervals hold at their level or more`, async () => {
    // One after the other in the usual run, so that a seed gives the same figures every time.
    const plan = { count: regionReleases, from: 400_000, atOnce: isLong ? 16 : 1 }
    const releases = await askOften(name, { by: ['region'], measure }, plan)
    const tally = tallied(rowsHeld(releases))
    printCoverage(`${name}, at least`, releases.length, tally)
    assert.ok(tally.all > releases.length, 'intervals that say something')
    assert.ok(tally.held >= tally.expected - 3 * Math.sqrt(tally.variance), JSON.stringify(tally))
    assert.deepEqual(
      releases[0]?.cells.map(({ key }) => key[0]),
      [...domains.region],
    )
  })
}
