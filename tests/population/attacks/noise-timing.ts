import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { systemRandomness } from '../../../src/platform/index.ts'
import { PopulationAnswerer, type PopulationDeps } from '../../../src/population/index.ts'
import type { Randomness } from '../../../src/ports/index.ts'
import type { OpenRegister, Register } from '../../../src/register/index.ts'
import { hurriedTime } from '../../../src/testing/population/index.ts'
import { askNumber, type AskedHouse, epsilonText, several } from './ask-table.ts'
import { endless, openAttackHouse } from './attack-house.ts'
import { openAttackRegister, targets, townsfolk, withAggregate } from './attack-register.ts'
import { printAttack } from './attack-table.ts'

/*
 * The time of an answer against its noise. How long an exact draw takes depends on what is drawn; a generator that hands out one
 * word every few milliseconds makes that ten thousand times as loud as it is. Time is the machine's.
 */

const isLong = process.env['CLOISON_TEST_ALL'] === '1'
/** Of the long run so many that three standard deviations are 0.02. */
const runs = isLong ? 22_500 : 64
const atATime = isLong ? 64 : 16
/** What a dudect-style test takes for a sign: a correlation so many standard deviations from none. */
const telling = 4.5
/** Chance passes these bounds now and then, and not in so many sets of questions in a row, as a sign would. */
const mostSets = 3
/**
 * The public size by which slots are two seconds long: a busy machine must not make large noise, whose words take longer, miss
 * its slot.
 */
const slowSize = 2_000_000
/** Questions of a round at the twin, and most rounds until it has told. */
const round = 60
const mostRounds = 40
const exact = 400

let register: OpenRegister

before(async () => {
  register = await openAttackRegister(townsfolk(Array.from({ length: targets }, () => true)))
})

after(async () => {
  await register[Symbol.asyncDispose]()
})

const never = new Int32Array(new SharedArrayBuffer(4))

/** Hands out a word at a time, each after `wordMs`; a message's nonce comes at once. */
function slowGenerator(wordMs: number): Randomness {
  return {
    bytes(length) {
      if (length <= 64) return systemRandomness.bytes(length)
      if (wordMs > 0) Atomics.wait(never, 0, 0, wordMs)
      return systemRandomness.bytes(4)
    },
  }
}

/** Answers as soon as there is a release: no slot is waited for. */
function hasty(deps: PopulationDeps): PopulationAnswerer {
  const { timers } = deps
  const sleep = (ms: number): Promise<void> => timers.sleep(ms < 5_000 ? 0 : ms)
  return new PopulationAnswerer({ ...deps, timers: { sleep } })
}

/** Places in the order of size: what a busy machine adds to a few does not hide the others. */
function ranks(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2)
}

function correlation(ones: readonly number[], others: readonly number[]): number {
  const off = (values: readonly number[]): readonly number[] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value - mean)
  }
  const [x, y] = [off(ranks(ones)), off(ranks(others))]
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))
}

interface Heard {
  /** Sizes of noise, and how long their answers took. */
  readonly sizes: number[]
  readonly times: number[]
}

/** The same people where slots are long. */
const slowly = (of: Register): Register => ({
  ...withAggregate(of, (plan) => of.aggregate(plan)),
  describe() {
    const { population, ...rest } = of.describe()
    return { ...rest, population: { ...population, size: slowSize } }
  },
})

/** Asks one count in many ways, each set of them in other ways, and notes how long each took and how large its noise was. */
async function listen(
  house: AskedHouse,
  { sizes, times }: Heard,
  plan: { readonly count: number; readonly atOnce: number; readonly set?: number },
): Promise<void> {
  const first = 40_000 + sizes.length + (plan.set ?? 0) * plan.count
  await several(
    Array.from({ length: plan.count }),
    async (_, at) => {
      const beginMs = performance.now()
      const query = { measure: 'count', epsilon: epsilonText(first + at) }
      const released = (await askNumber(house, query)) ?? assert.fail('not released')
      sizes.push(Math.abs(released - exact))
      times.push(performance.now() - beginMs)
    },
    plan.atOnce,
  )
}

/** Rank correlation (Spearman) of noise and time. */
function told({ sizes, times }: Heard): number {
  return correlation(sizes, times)
}

test('when a release leaves says nothing about its noise; what leaves when it is ready does', async () => {
  await using house = await openAttackHouse(slowly(register), {
    year: endless,
    time: hurriedTime(1),
    randomness: slowGenerator(isLong ? 0.1 : 1),
  })
  const most = isLong ? 0.02 : telling / Math.sqrt(runs)
  let silent = Number.POSITIVE_INFINITY
  for (let set = 0; set < mostSets && Math.abs(silent) > most; set += 1) {
    const product: Heard = { sizes: [], times: [] }
    await listen(house, product, { count: runs, atOnce: atATime, set })
    silent = told(product)
  }
  assert.ok(Math.abs(silent) <= most, `${silent}, at most ${most}`)
  await using open = await openAttackHouse(register, {
    year: endless,
    time: hurriedTime(1),
    randomness: slowGenerator(4),
    answererOf: hasty,
  })
  const twin: Heard = { sizes: [], times: [] }
  const isTelling = (): boolean => told(twin) * Math.sqrt(twin.sizes.length) > telling
  for (let done = 0; done < mostRounds && !(done > 0 && isTelling()); done += 1)
    await listen(open, twin, { count: round, atOnce: 1 })
  assert.ok(isTelling(), `${told(twin)} of ${twin.sizes.length}`)
  printAttack({
    attack: `Timing: how long an answer took against how large its noise is, ${runs} questions`,
    product: `correlation ${silent.toFixed(3)}, by chance up to ${(3 / Math.sqrt(runs)).toFixed(3)}`,
    twin: `leaves when it is ready: correlation ${told(twin).toFixed(3)} in ${twin.sizes.length} questions`,
  })
})
