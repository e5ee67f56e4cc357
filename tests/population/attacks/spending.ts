import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { encodeBase64 } from '../../../src/bytes/index.ts'
import { LogError } from '../../../src/log/index.ts'
import { checkLedgers, NodeError } from '../../../src/node/index.ts'
import {
  type LedgerTransaction,
  PopulationAnswerer,
  type PopulationDeps,
  type PopulationIntent,
  preparePopulation,
} from '../../../src/population/index.ts'
import type { OpenRegister } from '../../../src/register/index.ts'
import {
  type HouseSettings,
  leapingTime,
  logSecrets,
  type LogSecrets,
  openPopulationOrganisation,
  type PopulationOrganisation,
  type PreparePopulation,
} from '../../../src/testing/population/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { type AskedHouse, askNumber, several } from './ask-table.ts'
import { endless, openAttackHouse, yearOfOne } from './attack-house.ts'
import { openAttackRegister, streets, targets, towns, townsfolk } from './attack-register.ts'
import { printAttack } from './attack-table.ts'
import { chargedOf } from './spent-of.ts'

const isLong = process.env['CLOISON_TEST_ALL'] === '1'

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

/*
 * A race for the last millionth: every question is another one and costs all that is left. They reach four answerers over one
 * store, as if a gateway had four doors.
 */

const askers = isLong ? 1_000 : 250
const twinAskers = 40

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

/*
 * Whoever runs the machine makes it forget: an older store is put back, or rows of charges are taken out. The twin starts without
 * the checks.
 */

const folder = mkdtempSync(join(tmpdir(), 'cloison-rollback-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const { clock } = leapingTime()
let tries = 0

function question(query: number): PopulationIntent {
  return {
    type: 'population-reserve',
    population: 'residents',
    snapshot: '2026-11',
    cost: { microEpsilon: yearOfOne / 2, deltaUnits: 0 },
    agreed: yearOfOne,
    parties: {
      exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
      consumer: 'housing',
      agreement: { id: 'statistics', version: 1, digest: encodeBase64(new Uint8Array(32)) },
      purpose: 'https://cloison.eu/purpose/official-statistics',
      legalBasis: 'eu-gdpr:A6-1-e',
      elements: ['sex'],
      analyst: 'analyst',
      query: encodeBase64(new Uint8Array(32).fill(query)),
    },
  }
}

type Start = (dir: string, secrets: LogSecrets) => Promise<PopulationOrganisation>

/** As a gateway starts: the log's checks, then the ledger's. */
const checkedStart: Start = async (dir, secrets) => {
  const organisation = await openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
  try {
    await checkLedgers(organisation.reader, ['residents'])
    return organisation
  } catch (cause) {
    organisation[Symbol.dispose]()
    throw cause
  }
}

/** Whatever the stores say is good: the head store is put back with the state, and no ledger is looked at. */
const trustingStart: Start = async (dir, secrets) => {
  cpSync(join(dir, 'yesterday', 'head.db'), join(dir, 'head.db'))
  return openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
}

async function spend(
  organisation: PopulationOrganisation,
  queries: readonly number[],
): Promise<number> {
  let spent = 0
  for (const query of queries) {
    const done = await organisation.writer.commit(question(query))
    if (done.type === 'population-reserve' && done.state === 'reserved') spent += yearOfOne / 2
  }
  return spent
}

interface Tried {
  /** All that was answered for, before and after, in millionths of epsilon. */
  readonly spent: number
  /** Why the start was refused. */
  readonly refused: string | undefined
}

/** Spends the year, makes the stores forget, starts again and spends what is there. */
async function rollBack(forget: (dir: string) => void, start: Start): Promise<Tried> {
  tries += 1
  const dir = join(folder, String(tries))
  const secrets = logSecrets()
  const found = await openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
  await found.writer.commit({
    type: 'budget-open',
    population: 'residents',
    budget: {
      composition: 'basic',
      microEpsilon: yearOfOne,
      deltaExponent: null,
      perAnalystMicroEpsilon: null,
      fromMs: clock.now(),
      countersigned: false,
    },
    demo: false,
  })
  found[Symbol.dispose]()
  for (const name of ['state.db', 'head.db'])
    cpSync(join(dir, name), join(dir, 'yesterday', name), { recursive: true })
  const again = await openPopulationOrganisation({ id: 'tax', dir, clock, secrets })
  const spent = await spend(again, [1, 2, 3])
  assert.equal(spent, yearOfOne, 'the third is refused')
  again[Symbol.dispose]()
  forget(dir)
  try {
    using late = await start(dir, secrets)
    return { spent: spent + (await spend(late, [4, 5, 6])), refused: undefined }
  } catch (cause) {
    if (cause instanceof NodeError || cause instanceof LogError)
      return { spent, refused: cause.code }
    throw cause
  }
}

function olderState(dir: string): void {
  cpSync(join(dir, 'yesterday', 'state.db'), join(dir, 'state.db'))
}

function chargesGone(dir: string): void {
  const db = new DatabaseSync(join(dir, 'state.db'))
  db.exec('DELETE FROM charge; DELETE FROM release')
  db.close()
}

/** As {@link trustingStart}, with the head store as it is. */
const unlookedStart: Start = (dir, secrets) =>
  openPopulationOrganisation({ id: 'tax', dir, clock, secrets })

test('an older store and a store without its charges do not start; a twin spends the year twice', async () => {
  const restored = await rollBack(olderState, checkedStart)
  assert.deepEqual(restored, { spent: yearOfOne, refused: 'LOG_REGRESSED' })
  const emptied = await rollBack(chargesGone, checkedStart)
  assert.deepEqual(emptied, { spent: yearOfOne, refused: 'LEDGER_REGRESSED' })
  const trusted = await rollBack(olderState, trustingStart)
  assert.deepEqual(trusted, { spent: 2 * yearOfOne, refused: undefined })
  const unlooked = await rollBack(chargesGone, unlookedStart)
  assert.deepEqual(unlooked, { spent: 2 * yearOfOne, refused: undefined })
  printAttack({
    attack: 'Rollback: an older state store put back after a year was spent',
    product: `does not start: ${restored.refused ?? ''}`,
    twin: 'no head store beside it: the year spent twice',
  })
  printAttack({
    attack: 'Rollback: the rows of all charges deleted, the log as it was',
    product: `does not start: ${emptied.refused ?? ''}`,
    twin: 'counters believed: the year spent twice',
  })
})
