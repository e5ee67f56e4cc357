import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { canonicalBytes, type JsonObject, readCanonicalJson } from '../../../src/bytes/index.ts'
import {
  PopulationError,
  preparePopulation,
  type ReleasedCell,
} from '../../../src/population/index.ts'
import { type OpenRegister, type Register, RegisterError } from '../../../src/register/index.ts'
import type { PopulationHouse, PreparePopulation } from '../../../src/testing/population/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { type AskedHouse, askNumber, askTable, epsilonText, several } from './ask-table.ts'
import { endless, openAttackHouse } from './attack-house.ts'
import {
  openAttackRegister,
  type Person,
  streetKey,
  streets,
  targets,
  townsfolk,
  towns,
  withAggregate,
} from './attack-register.ts'
import { mostRight, percent, printAttack, threeSigma } from './attack-table.ts'
import { chargedOf } from './spent-of.ts'

/*
 * Attacks on what is not a number: which keys are there, how far one value moves a sum, and what fails. The twins keep the
 * noise, and lack the guard that is named.
 */

const half = 500_000
const trials = process.env['CLOISON_TEST_ALL'] === '1' ? 200 : 12
const others = townsfolk(Array.from({ length: targets }, (_, at) => at % 3 === 0))
/** Whom the attackers look for: alone in a town, and richer than the agreement's bounds. */
const looked: Person = {
  work: 'none',
  street: 21,
  benefit: 'no',
  town: 'harbour',
  income: 1_000_000_000,
}
/** Whose income an import has left as a text. */
const broken: Person = { ...looked, street: 13, town: 'castle', income: 'unknown' }

interface Side {
  readonly isThere: boolean
  readonly register: OpenRegister
  readonly product: PopulationHouse
  readonly twin: PopulationHouse
}

let sides: readonly Side[]

before(async () => {
  sides = await Promise.all([openSide(true), openSide(false)])
})

after(async () => {
  for (const { register, product, twin } of sides) {
    await product[Symbol.asyncDispose]()
    await twin[Symbol.asyncDispose]()
    await register[Symbol.asyncDispose]()
  }
})

/** The register with or without the person, the product's house over it, and the twin's. */
async function openSide(isThere: boolean): Promise<Side> {
  const register = await openAttackRegister([...others, broken, ...(isThere ? [looked] : [])])
  const randomness = seededRandom(`side ${String(isThere)}`)
  return {
    isThere,
    register,
    product: await openAttackHouse(register, { year: endless, randomness }),
    twin: await openAttackHouse(unclamped(register), {
      year: endless,
      randomness: randomness.fork('twin'),
      prepare: onlyFilled(register),
    }),
  }
}

/** The share of guesses that are right, over both registers. */
async function guess(
  whose: 'product' | 'twin',
  isThere: (house: AskedHouse, epsilon: string) => Promise<boolean>,
): Promise<number> {
  let right = 0
  for (const side of sides) {
    const epsilons = Array.from({ length: trials }, (_, at) => epsilonText(half - at))
    // One after the other, so that a seed gives the same guesses in every run.
    const guesses = await several(epsilons, (epsilon) => isThere(side[whose], epsilon), 1)
    right += guesses.filter((one) => one === side.isThere).length
  }
  return right / (sides.length * trials)
}

function assertAllowed(share: number): void {
  const most = mostRight(0.5)
  assert.ok(share <= most + threeSigma(most, 2 * trials), `${percent(share)} right`)
}

/** Leaves out the groups that have nobody, as an engine's GROUP BY does. */
function onlyFilled(register: Register): PreparePopulation {
  return async (tx, intent, batch) => {
    const of = { organisation: 'tax' }
    if (intent.type !== 'population-release' || intent.release === undefined)
      return preparePopulation(tx, intent, batch, of)
    const made = readCanonicalJson(intent.release) as JsonObject
    const cells = made['cells'] as readonly JsonObject[]
    const plan = { v: 1, where: [], by: ['town'], measure: { kind: 'count' } } as const
    const exact = cells.length === towns.length ? (await register.aggregate(plan)).cells : []
    const kept = cells.filter((_, at) => exact[at]?.numbers[0] !== 0)
    const release = canonicalBytes({ ...made, cells: kept })
    return preparePopulation(tx, { ...intent, release }, batch, of)
  }
}

/** Sums what is there, however large. */
function unclamped(register: Register): Register {
  return withAggregate(register, (plan) => {
    const { measure } = plan
    const bounds = { min: -1_000_000_000, max: 1_000_000_000 }
    const wide = measure.kind === 'sum' ? { ...measure, ...bounds } : measure
    return register.aggregate({ ...plan, measure: wide })
  })
}

test('a group without anybody is in the table; a twin that leaves it out tells of one person', async () => {
  const harbourOf = async (
    house: AskedHouse,
    epsilon: string,
  ): Promise<ReleasedCell | undefined> => {
    const release = await askTable(house, { by: ['town'], measure: 'count', epsilon })
    return (release ?? assert.fail('not released')).cells.find(({ key }) => key[0] === 'harbour')
  }
  const isKey = async (house: AskedHouse, epsilon: string): Promise<boolean> =>
    (await harbourOf(house, epsilon)) !== undefined
  const byKey = await guess('product', isKey)
  assert.equal(byKey, 0.5, 'the keys are the same in both')
  // The same releases once more, for nothing: by their numbers.
  const byNumber = await guess(
    'product',
    async (house, epsilon) => ((await harbourOf(house, epsilon))?.numbers[0] ?? 0) > 0.5,
  )
  assertAllowed(byNumber)
  const told = await guess('twin', isKey)
  assert.equal(told, 1)
  printAttack({
    attack: 'Group keys: is there anybody in the harbour? By the keys that come back',
    product: `${percent(byKey)} right by keys, ${percent(byNumber)} by the number; ${percent(mostRight(0.5))} allowed`,
    twin: `empty groups left out, noise kept: ${percent(told)} right`,
  })
})

test('an extreme value moves a sum no further than the bounds; without clamping it shows', async () => {
  const known = others.reduce((sum, { income }) => sum + Number(income), 0)
  /** Half way between the sums without and with the person, as far as a person can move one. */
  const isMoved =
    (step: number) =>
    async (house: AskedHouse, epsilon: string): Promise<boolean> => {
      const sum = await askNumber(house, { measure: { sum: 'income' }, epsilon })
      return (sum ?? assert.fail('not released')) > known + step / 2
    }
  const clamped = await guess('product', isMoved(200_000))
  assertAllowed(clamped)
  assert.equal(await guess('product', isMoved(1_000_000_000)), 0.5)
  const shown = await guess('twin', isMoved(1_000_000_000))
  assert.equal(shown, 1)
  printAttack({
    attack: 'Clamping: an income of 1,000,000,000 where the agreement says 200,000 at most',
    product: `${percent(clamped)} right; ${percent(mostRight(0.5))} allowed`,
    twin: `values summed as they are, noise kept: ${percent(shown)} right`,
  })
})

/** An engine that stops at a value it cannot read, among the rows that a plan selects. */
function stumbling(register: Register, people: readonly Person[]): Register {
  return withAggregate(register, (plan) => {
    const wanted = plan.where.find(({ element }) => element === 'street')?.keys
    const isRead = ({ street }: Person): boolean => wanted?.includes(streetKey(street)) !== false
    if (people.filter(isRead).some(({ income }) => typeof income === 'string'))
      throw new RegisterError('UNAVAILABLE', 'a value is not of its type')
    return register.aggregate(plan)
  })
}

/** What the desk says of a question: the outcome, or the code of what kept it from one. */
async function outcomeOf(house: AskedHouse, query: object): Promise<string> {
  try {
    return (await house.ask(query)).state
  } catch (cause) {
    if (cause instanceof PopulationError) return `${cause.code} ${cause.detail ?? ''}`
    throw cause
  }
}

/** Where the person with the broken value lives, bit by bit, by which questions fail. */
async function searchByErrors(house: AskedHouse): Promise<readonly string[]> {
  const digits = Math.ceil(Math.log2(targets))
  return several(Array.from({ length: digits }), (_, digit) => {
    const street = streets.filter((_key, at) => ((at >> digit) & 1) === 1)
    return outcomeOf(house, {
      where: { street },
      measure: { sum: 'income' },
      epsilon: epsilonText(half),
    })
  })
}

test('a value that is not of its type changes no outcome; a twin that stops at it tells where', async () => {
  const [side = assert.fail()] = sides
  const outcomes = await searchByErrors(side.product)
  assert.deepEqual(new Set(outcomes), new Set(['released']))
  const stumbles = stumbling(side.register, [...others, broken])
  await using twin = await openAttackHouse(stumbles, { year: endless })
  const told = await searchByErrors(twin)
  const found = told.reduce(
    (at, outcome, digit) => at + (outcome === 'released' ? 0 : 2 ** digit),
    0,
  )
  assert.equal(found, broken.street)
  printAttack({
    attack: `Error oracle: in which of ${targets} streets is the value that is no number? By which sums fail`,
    product: `${outcomes.length} of ${outcomes.length} released: nothing learnt`,
    twin: 'an engine that stops at such a value: the street found, without any number',
  })
})

test('a register that is away gives one problem whatever it holds, and what was reserved stays spent', async () => {
  const seen: unknown[] = []
  for (const { register } of sides) {
    const away = withAggregate(register, () =>
      Promise.reject(new RegisterError('UNAVAILABLE', 'the register is away')),
    )
    await using house = await openAttackHouse(away)
    const outcome = await outcomeOf(house, { measure: 'count', epsilon: '0.3' })
    seen.push({ outcome, ...(await chargedOf(house.provider.reader)) })
  }
  const [first, second] = seen
  assert.deepEqual(first, second)
  assert.deepEqual(first, {
    outcome: 'PEER_REFUSED REGISTER_UNAVAILABLE',
    microEpsilon: 300_000,
    problem: undefined,
  })
})

/** Shapes that would single people out, and what a refusal says; nothing of it depends on the records. */
const forbidden: readonly (readonly [name: string, query: object, code: string])[] = [
  ['race as a filter', { where: { race: ['a'] } }, 'PROTECTED_ELEMENT'],
  ['race as a dimension', { by: ['race'] }, 'PROTECTED_ELEMENT'],
  ['race crossed with streets', { by: ['race', 'work'] }, 'PROTECTED_ELEMENT'],
  ['native country as a filter', { where: { native_country: ['n1'] } }, 'PROTECTED_ELEMENT'],
  ['native country as a dimension', { by: ['native_country'] }, 'PROTECTED_ELEMENT'],
  ['a near-identifier', { by: ['parcel'] }, 'SHAPE_REFUSED'],
  ['one key of it', { where: { parcel: ['p7'] } }, 'SHAPE_REFUSED'],
  ['more than 1,000 cells', { by: ['parcel', 'work'] }, 'SHAPE_REFUSED'],
  ['few people in a cell', { by: ['street', 'trade'] }, 'SHAPE_REFUSED'],
  [
    'a street of one workplace',
    { where: { street: ['s03'] }, by: ['work', 'town'] },
    'SHAPE_REFUSED',
  ],
  ['values as a dimension', { by: ['income'] }, 'SHAPE_REFUSED'],
  ['a key that is not of the domain', { where: { town: ['nowhere'] } }, 'SHAPE_REFUSED'],
  ['a sum that could pass 2^53', { measure: { sum: 'fortune' } }, 'SHAPE_REFUSED'],
  ['too much epsilon', { epsilon: '0.500001' }, 'EPSILON_TOO_LARGE'],
  ['an element that nobody agreed on', { by: ['shoe'] }, 'ELEMENT_NOT_AGREED'],
]

test('what would single people out is refused alike by both registers, and costs nothing', async () => {
  const refusals = await several(sides, async ({ product }) => {
    const { microEpsilon: before } = await chargedOf(product.provider.reader)
    const answers = await several(forbidden, async ([name, query, code]) => {
      const answer = await product.ask({ measure: 'count', epsilon: '0.1', ...query })
      assert.ok(answer.state === 'refused', name)
      assert.equal(answer.code, code, name)
      return [answer.code, answer.path, answer.message]
    })
    assert.equal((await chargedOf(product.provider.reader)).microEpsilon, before)
    return answers
  })
  assert.deepEqual(refusals[0], refusals[1])
  printAttack({
    attack: `Shapes: ${forbidden.length} questions about few people, protected elements, 2^53, too much epsilon`,
    product: `${forbidden.length} refused, with the same words whatever is held; nothing spent`,
    twin: '`query.test.ts` leaves out each check, and its question passes',
  })
})
