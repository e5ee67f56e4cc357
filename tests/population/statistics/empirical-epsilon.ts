import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { canonicalBytes } from '../../../src/bytes/index.ts'
import { parseRelease } from '../../../src/population/index.ts'
import type { AnsweringRegister, OpenRegister } from '../../../src/register/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { leastEpsilon, shareBound } from './epsilon-bound.ts'
import {
  openSyntheticHouse,
  openSyntheticRegister,
  type Synthetic,
  syntheticPeople,
} from './synthetic-register.ts'

/*
 * How well releases tell two registers apart that differ by one person, against the epsilon that they claim. The thousand cells of
 * a table are a thousand such pairs: people of one are in none of the others, and each cell has noise of its own.
 */

const releases = process.env['CLOISON_TEST_ALL'] === '1' ? 60 : 7
const claimed = 0.5
const fewer = syntheticPeople(2)

/** One person more in every cell, with the largest value there is. */
const extra: readonly Synthetic[] = fewer
  .filter((_, at) => at % 2 === 0)
  .map((person) => ({ ...person, age: 200 }))

let without: OpenRegister
let more: OpenRegister

before(async () => {
  without = await openSyntheticRegister(fewer)
  more = await openSyntheticRegister([...fewer, ...extra])
})

after(async () => {
  await without[Symbol.asyncDispose]()
  await more[Symbol.asyncDispose]()
})

/** The numbers of all cells of many releases. */
async function numbersOf(
  register: AnsweringRegister,
  measure: unknown,
  seed: string,
): Promise<readonly number[]> {
  await using house = await openSyntheticHouse({ register, randomness: seededRandom(seed) })
  const found: number[] = []
  for (let at = 0; at < releases; at += 1) {
    // Each release is one of its own: by an epsilon that is less by a millionth.
    const epsilon = (claimed - at / 1_000_000).toFixed(6)
    const answer = await house.ask({ by: ['area', 'trade'], measure, epsilon })
    assert.ok(answer.state === 'released')
    const { cells } = parseRelease(canonicalBytes(answer.release))
    found.push(...cells.flatMap(({ numbers }) => numbers.slice(0, 1)))
  }
  return found
}

/** What each cell has without the person: of a count 2; of a sum the sum of two ages. */
async function baseline(measure: 'count' | 'sum', factor = 1): Promise<readonly number[]> {
  const bounded = { element: 'age', min: 0, max: 100 }
  const { cells } = await without.aggregate({
    v: 1,
    where: [],
    by: ['area', 'trade'],
    measure: measure === 'count' ? { kind: measure } : { kind: measure, ...bounded },
  })
  return cells.map(({ numbers }) => factor * (numbers[0] ?? 0))
}

/** The bound of a measure at two registers; `engine` makes their tables. */
async function boundOf(
  measure: 'count' | 'sum',
  factor: number,
  engine: (register: AnsweringRegister) => AnsweringRegister,
): Promise<number> {
  const asked = measure === 'count' ? measure : { sum: 'age' }
  const base = await baseline(measure, factor)
  const relative = (numbers: readonly number[]): readonly number[] =>
    numbers.map((number, at) => number - (base[at % base.length] ?? 0))
  const name = `${measure} ${factor}`
  return leastEpsilon({
    without: relative(await numbersOf(engine(without), asked, `${name}, without`)),
    with: relative(await numbersOf(engine(more), asked, `${name}, with`)),
  })
}

/** An engine that finds everybody in two rows: noise for one row has half the scale that it needs. */
function doubled(register: AnsweringRegister): AnsweringRegister {
  return {
    lookUp: (subject, elements) => register.lookUp(subject, elements),
    describe: () => register.describe(),
    aggregate: async (plan) => {
      const { by, cells } = await register.aggregate(plan)
      return {
        by,
        cells: cells.map(({ key, numbers }) => ({ key, numbers: numbers.map((one) => 2 * one) })),
      }
    },
  }
}

test('the bound of a share is right, and holds more for more samples', () => {
  for (const count of [100, 10_000]) {
    const below = shareBound(count / 4, count, { alpha: 1e-3, side: 'below' })
    const above = shareBound(count / 4, count, { alpha: 1e-3, side: 'above' })
    assert.ok(below < 0.25 && above > 0.25)
    const sigma = Math.sqrt((0.25 * 0.75) / count)
    assert.ok(0.25 - below > 3 * sigma && 0.25 - below < 4.5 * sigma, `${below}`)
  }
})

for (const measure of ['count', 'sum'] as const) {
  test(`a ${measure} tells a person apart no better than it claims; with half the noise it does`, async () => {
    const found = await boundOf(measure, 1, (register) => register)
    assert.ok(found <= claimed, `${found}`)
    assert.ok(found > 0.4 * claimed, `${found}: too little to see anything`)
    const twin = await boundOf(measure, 2, doubled)
    assert.ok(twin > claimed, `${twin} with half the noise`)
    const samples = 1_000 * releases
    console.log(
      `| ${measure} | ${claimed} | ${samples} | at least ${found.toFixed(3)} | at least ${twin.toFixed(3)} |`,
    )
  })
}
