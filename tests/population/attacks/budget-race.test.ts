import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type LedgerTransaction,
  PopulationAnswerer,
  type PopulationDeps,
  preparePopulation,
} from '../../../src/population/index.ts'
import type { OpenRegister } from '../../../src/register/index.ts'
import type { HouseSettings, PreparePopulation } from '../../../src/testing/population/index.ts'
import { several } from './ask-table.ts'
import { openAttackHouse } from './attack-house.ts'
import { openAttackRegister, streets, targets, towns, townsfolk } from './attack-register.ts'
import { printAttack } from './attack-table.ts'
import { chargedOf } from './spent-of.ts'

/*
 * A race for the last millionth: every question is another one and costs all that is left. They reach four answerers over one
 * store, as if a gateway had four doors.
 */

const askers = 1_000
const twinAskers = 60

let register: OpenRegister

before(async () => {
  register = await openAttackRegister(townsfolk(Array.from({ length: targets }, () => true)))
})

after(async () => {
  await register[Symbol.asyncDispose]()
})

type Served = Parameters<PopulationAnswerer['question']>

/** Several answerers, none of which knows of the others; each request goes to the next. */
class Doors extends PopulationAnswerer {
  readonly #doors: readonly PopulationAnswerer[]
  #next = 0

  constructor(deps: PopulationDeps) {
    super(deps)
    this.#doors = Array.from({ length: 4 }, () => new PopulationAnswerer(deps))
  }

  override question(...[request, by]: Served): ReturnType<PopulationAnswerer['question']> {
    this.#next += 1
    const door = this.#doors[this.#next % this.#doors.length] ?? assert.fail()
    return door.question(request, by)
  }
}

/** Different questions, all at once: of every two streets in each town. */
function questions(count: number): readonly unknown[] {
  const pairs = streets.flatMap((one, at) => streets.slice(at + 1).map((other) => [one, other]))
  return pairs
    .flatMap((street) => towns.map((town) => ({ street, town: [town] })))
    .slice(0, count)
    .map((where) => ({ where, measure: 'count', epsilon: '0.000001' }))
}

interface Raced {
  readonly answered: number
  readonly microEpsilon: number
  readonly problem: string | undefined
}

/** Asks everything at once; what was charged is added up from the public log. */
async function race(count: number, settings: Omit<HouseSettings, 'register'> = {}): Promise<Raced> {
  await using house = await openAttackHouse(register, {
    budget: { microEpsilon: 1 },
    answererOf: (deps) => new Doors(deps),
    ...settings,
  })
  const outcomes = await several(
    questions(count),
    async (query, at) => {
      const outcome = await house.ask(query, `analyst-${at % 7}`)
      assert.ok(outcome.state === 'released' || outcome.code === 'BUDGET_SPENT')
      return outcome.state
    },
    count,
  )
  const answered = outcomes.filter((state) => state === 'released').length
  return { answered, ...(await chargedOf(house.provider.reader)) }
}

/** Counters that are read before the commit: each question finds the year as it was when the race began. */
const stale: PreparePopulation = (tx, intent, batch) => {
  const before: LedgerTransaction = {
    ...tx,
    spentOf: () => Promise.resolve({ seq: 0, microEpsilon: 0, deltaUnits: 0, last: null }),
    spentUnder: () => Promise.resolve(0),
  }
  return preparePopulation(before, intent, batch, { organisation: 'tax' })
}

test('of a thousand at once for the last millionth one is answered; with counters read before the commit all are', async () => {
  const product = await race(askers)
  assert.deepEqual(product, { answered: 1, microEpsilon: 1, problem: undefined })
  const twin = await race(twinAskers, { prepare: stale })
  assert.equal(twin.answered, twinAskers)
  assert.equal(twin.microEpsilon, twinAskers)
  assert.notEqual(twin.problem, undefined, 'and anybody who adds the log up sees it')
  printAttack({
    attack: `Budget race: ${askers} questions at once through 4 answerers for the last millionth of epsilon`,
    product: `${product.answered} answered; overspent by ${product.microEpsilon - 1}`,
    twin: `counters read before the commit, ${twinAskers} at once: ${twin.answered} answered; overspent by ${twin.microEpsilon - 1}`,
  })
})
