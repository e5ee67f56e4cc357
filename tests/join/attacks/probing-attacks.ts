import {
  planCost,
  type JoinPlan,
  drawHolderNoise,
  partsOf,
} from '../../../src/population/psi/index.ts'
import { planTag } from '../../../src/population/psi/plan/index.ts'
import { sharedCount } from '../../../src/population/psi/points/index.ts'
import { planChecks, planOf, refuseHeld } from '../../../src/population/join-query/index.ts'
import { readDraftJoin } from '../../../src/population/index.ts'
import { systemRandomness } from '../../../src/platform/index.ts'
import {
  numbersFrom,
  oneCell,
  openCarryingHouse,
  openJoinHouse,
  people,
  runJoin,
  sampleBothTerms,
  sampleJoinQuestion,
  samplePlan,
  testGroup,
} from '../../../src/testing/join/index.ts'
import { seededRandom } from '../../../src/testing/simulator/index.ts'
import { type Attempt, counted, type JoinAttack } from './join-attack.ts'
import { cellOf, freshScalar } from './sample-run.ts'

/*
 * Is this one person in the other register? A holder brings a register with nobody else in it, takes away its own noise,
 * and asks as often as it may.
 */

const guesses = 4_000

/** What a year of an epsilon allows of yes-or-no guesses with even odds before. */
export const mostRight = (epsilon: number): number => Math.exp(epsilon) / (1 + Math.exp(epsilon))

/** One run whose left register is this one person: what the left holder reads, less its own dummies. */
export function probeOnce(
  plan: JoinPlan,
  isMember: boolean,
): { readonly read: number; readonly peers: number } {
  const right = [people(...numbersFrom(isMember ? 0 : 1, 41))]
  const run = runJoin(plan, { rows: { left: [people(0)], right } })
  const read = (cellOf(run) ?? Number.NaN) - (run.noise.left.used[0] ?? Number.NaN)
  return { read, peers: run.noise.right.used[0] ?? Number.NaN }
}

/** The share of right guesses from so many runs about each person, with the noise that the product draws out of a seed. */
export function guessedRight(plan: JoinPlan, runs: number, rounds: number = guesses): number {
  const half = (partsOf(plan)[0]?.tau ?? 0) / 2
  const randomness = seededRandom(`guesses from ${runs} runs`)
  let right = 0
  for (let round = 0; round < rounds; round += 1) {
    const isMember = round % 2 === 0
    let votes = 0
    for (let run = 0; run < runs; run += 1) {
      const { used } = drawHolderNoise(plan, 'right', randomness)
      votes += Math.sign((isMember ? 1 : 0) + (used[0] ?? 0) - half - 0.5)
    }
    const said = votes === 0 ? round % 4 < 2 : votes > 0
    if (said === isMember) right += 1
  }
  return right / rounds
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Runs that a year of an epsilon of 1 lets begin, one after the other, until the other holder refuses. */
async function runsOfAYear(): Promise<{
  readonly begun: number
  readonly code: string
  readonly entries: number
  readonly plan: JoinPlan
}> {
  const rows = {
    left: [{ subject: 'person 1', keys: { sex: 'f', district: 'north' } }],
    right: numbersFrom(1, 301).map((at) => ({
      subject: `person ${at}`,
      keys: { need: 'none', block: 'a' },
    })),
  }
  await using house = await openCarryingHouse({ rows, microEpsilon: { right: 1_000_000 } })
  const { tally, right } = house.at
  for (let begun = 0; begun < 9; begun += 1) {
    const plan = house.plan(oneCell)
    const before = (await right.store.reader.head())?.size ?? 0
    const start = await tally.tally.run(plan, 'analyst')
    if (start.state === 'begun') continue
    const entries = ((await right.store.reader.head())?.size ?? 0) - before
    return { begun, code: start.code, entries, plan }
  }
  throw new TypeError('the ledger lets everything begin')
}

/** Two parties who count exactly: one person against twenty people, for forty persons; how many are told right. */
function exactGuesses(plan: JoinPlan): number {
  const tag = planTag(plan)
  const [own, peer] = [freshScalar(), freshScalar()]
  const twice = (list: readonly Uint8Array[]): Uint8Array =>
    testGroup.mask(own, testGroup.mask(peer, testGroup.hash(list, tag)))
  const members = numbersFrom(0, 40).filter((number) => number % 2 === 0)
  const register = twice(people(...members))
  return numbersFrom(0, 40).filter(
    (number) => (sharedCount(twice(people(number)), register) === 1) === members.includes(number),
  ).length
}

async function oneElementSets(target: 'product' | 'twin'): Promise<Attempt> {
  const plan = samplePlan()
  if (target === 'twin') {
    const right = exactGuesses(plan)
    return {
      succeeds: right > 30,
      got: `${right} of 40 people told right, by one question each`,
      evidence: 'nothing',
    }
  }
  for (const isMember of [true, false]) {
    const { read, peers } = probeOnce(plan, isMember)
    if (read - peers !== Number(isMember)) throw new TypeError('a cell is people and dummies')
  }
  const { begun, code, entries, plan: asked } = await runsOfAYear()
  const share = guessedRight(asked, begun)
  const epsilon = (begun * planCost(asked).microEpsilon) / 1e6
  const allowed = mostRight(epsilon)
  const sigma = Math.sqrt(0.25 / guesses)
  const got = `${percent(share)} of ${guesses} guesses right, from the ${begun} runs of a year; ${percent(allowed)} allowed`
  const evidence = `${counted(begun, 'charge')} and ${counted(entries, 'refusal')} in the holder’s log`
  return { succeeds: share > allowed + 3 * sigma, got, code, evidence }
}

async function averaging(target: 'product' | 'twin'): Promise<Attempt> {
  const times = 200
  if (target === 'twin') {
    const plan = samplePlan()
    const tau = partsOf(plan)[0]?.tau ?? 0
    const truth = 40
    const noises = numbersFrom(0, times).map(() => {
      const [left, right] = (['left', 'right'] as const).map(
        (side) => drawHolderNoise(plan, side, systemRandomness).used[0] ?? 0,
      )
      return truth + (left ?? 0) + (right ?? 0) - tau
    })
    const mean = noises.reduce((sum, one) => sum + one, 0) / times
    const off = Math.abs(mean - truth)
    return {
      succeeds: off < 2,
      got: `the mean of ${times} tables, off by ${off.toFixed(1)}`,
      evidence: 'nothing',
    }
  }
  await using house = await openJoinHouse({
    rowsOf: () => ({
      left: [people(...numbersFrom(0, 60))],
      right: [[], people(...numbersFrom(20, 80)), []],
    }),
  })
  const draft = readDraftJoin({
    left: { agreement: 'tax-joins' },
    right: { agreement: 'labour-joins', by: ['need'] },
    measure: 'count',
    epsilon: '0.5',
    delta: '1e-7',
  })
  const numbers = new Set<string>()
  for (let at = 0; at < times; at += 1) {
    const asked = await house.desk.ask(draft, `analyst-${at % 4}`)
    if (asked.state === 'refused') throw new TypeError('it is held')
    numbers.add(asked.qid)
  }
  const got = `${counted(numbers.size, 'table')} for ${times} questions by 4 analysts, charged ${house.rows.length === 1 ? 'once' : 'more than once'}`
  return { succeeds: numbers.size > 1, got, evidence: 'one plan in three logs, with its charge' }
}

/** A table about few people, in a register that its public size says is small. */
function fewPeople(target: 'product' | 'twin'): Attempt {
  const nowMs = 1_800_000_000_000
  const qid = '00112233445566778899aabbccddeeff'
  const planning = planOf(sampleJoinQuestion(), { ...sampleBothTerms(), nowMs, qid })
  if (!planning.ok) throw new TypeError('it has a plan where the register is large')
  const terms = sampleBothTerms(240).right
  const checks =
    target === 'product' ? planChecks : planChecks.filter(({ name }) => name !== 'agreedSide')
  const held = { plan: planning.plan, side: 'right', terms, nowMs } as const
  const refused = refuseHeld(held, checks)
  const got = refused === undefined ? 'a table of 12 cells about 240 people' : 'no plan'
  const evidence = refused === undefined ? 'nothing' : 'a refusal in the holder’s log'
  return { succeeds: refused === undefined, got, code: refused?.code, evidence }
}

/** One person, by a set of one and by many questions. */
export const probingAttacks: readonly JoinAttack[] = [
  {
    name: 'one-element-sets',
    who: 'a holder',
    what: 'brings one person alone, takes its own noise off, and asks as often as a year allows',
    stoppedBy: 'the other holder’s noise, and its ledger',
    twin: 'a protocol that counts exactly',
    attempt: oneElementSets,
  },
  {
    name: 'averaging',
    who: 'an analyst',
    what: 'asks the same 200 times, by four names, to average the noise away',
    stoppedBy: 'the same question is the same table',
    twin: 'fresh noise for every question, and no ledger',
    attempt: averaging,
  },
  {
    name: 'few-people',
    who: 'an analyst',
    what: 'asks about so few that a cell is about one of them',
    stoppedBy: 'at least 100 publicly expected people in a cell, held by each holder itself',
    twin: 'a holder that leaves that to the one who asks',
    attempt: fewPeople,
  },
]
