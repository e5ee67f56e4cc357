import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OpenRegister } from '../../../src/register/index.ts'
import { preparePopulation } from '../../../src/population/index.ts'
import type { PreparePopulation } from '../../../src/testing/population/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { type AskedHouse, askNumber, several } from './ask-table.ts'
import { endless, openAttackHouse } from './attack-house.ts'
import { openAttackRegister, streets, targets, townsfolk, towns } from './attack-register.ts'
import { printAttack } from './attack-table.ts'
import { chargedOf } from './spent-of.ts'

/*
 * Averaging: the same question until its noise is gone. Of the twin every exchange is a question of its own, and its year has no
 * end.
 */

const times = 32
/** Its noise has a standard deviation of 28. */
const epsilon = 0.05
const people = townsfolk(Array.from({ length: targets }, (_, at) => at % 3 === 0))
const exact = people.filter(({ work }) => work === 'mill').length
let register: OpenRegister

before(async () => {
  register = await openAttackRegister(people)
})

after(async () => {
  await register[Symbol.asyncDispose]()
})

const ask = (house: AskedHouse, query: object, analyst?: string): Promise<number | undefined> =>
  askNumber(house, { where: { work: ['mill'] }, measure: 'count', epsilon, ...query }, analyst)

/** Asks again and again, in the names of several analysts, and averages: what is told apart, and how far it is off. */
async function average(
  house: AskedHouse,
): Promise<{ readonly different: number; readonly off: number }> {
  const counts: number[] = []
  for (let at = 0; at < times; at += 1)
    counts.push((await ask(house, {}, `analyst-${at % 4}`)) ?? assert.fail())
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return { different: new Set(counts).size, off: Math.abs(mean - exact) }
}

/** Each exchange has a snapshot of its own: no release is the answer to another question. */
const forgetful: PreparePopulation = (tx, intent, batch) => {
  const isApart = intent.type === 'population-reserve' || intent.type === 'population-release'
  const apart = isApart
    ? { ...intent, snapshot: `${intent.snapshot} ${intent.parties.exchangeId}` }
    : intent
  return preparePopulation(tx, apart, batch, { organisation: 'tax' })
}

test('a question that is repeated has one answer and one price; a twin is averaged', async () => {
  await using house = await openAttackHouse(register, { randomness: seededRandom('repeated') })
  const once = await average(house)
  assert.equal(once.different, 1)
  assert.equal((await chargedOf(house.provider.reader)).microEpsilon, 50_000)
  await using twin = await openAttackHouse(register, {
    year: endless,
    prepare: forgetful,
    randomness: seededRandom('averaged'),
  })
  const averaged = await average(twin)
  assert.ok(averaged.different > times / 4)
  // Three standard deviations of the average.
  assert.ok(averaged.off < (3 * 28.3) / Math.sqrt(times))
  printAttack({
    attack: `Averaging: one count ${times} times, by four analysts, at epsilon 0.05`,
    product: `1 answer, off by ${once.off.toFixed(1)}; charged once`,
    twin: `no memory of releases, no ledger: ${averaged.different} answers, their mean off by ${averaged.off.toFixed(1)}`,
  })
})

test('the same meaning in other words is charged, and the year ends it', async () => {
  await using house = await openAttackHouse(register, { randomness: seededRandom('words') })
  const same = [
    { epsilon: '0.05' },
    { epsilon: '0.050' },
    { where: { street: streets, work: ['mill'] } },
    { where: { work: ['mill'], street: streets.toReversed() } },
  ]
  const [first, alike, padded, permuted] = await several(same, (query) => ask(house, query))
  assert.equal(first, alike)
  assert.equal(padded, permuted)
  // Two questions: one plain, one with a filter that leaves nobody out.
  assert.equal((await chargedOf(house.provider.reader)).microEpsilon, 100_000)
  const phrasings = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((mask) => {
    const where = {
      work: ['mill'],
      ...(mask % 2 === 1 ? { town: towns } : {}),
      ...(mask > 1 ? { benefit: ['yes', 'no'] } : {}),
      ...(mask > 3 ? { street: streets } : {}),
    }
    return [0, 1, 2, 3].map((step) => ({ where, epsilon: `0.05000${step}` }))
  })
  const answers = await several(phrasings, (query) => ask(house, query))
  const { microEpsilon, problem } = await chargedOf(house.provider.reader)
  assert.ok(answers.includes(undefined), 'the year is spent before the phrasings are')
  assert.ok(microEpsilon <= 1_000_000 && microEpsilon > 900_000)
  assert.equal(problem, undefined)
})
