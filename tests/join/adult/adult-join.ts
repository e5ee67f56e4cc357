import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'
import * as z from 'zod'
import { canonicalBytes } from '../../../src/bytes/index.ts'
import {
  type JoinRelease,
  joinRows,
  parseJoinRelease,
  type StatisticRow,
} from '../../../src/population/index.ts'
import type { AdultRow } from '../../population/adult/adult-data.ts'
import { runHere } from '../../scenario/command-server.ts'
import { type JoinGateways, type JoinOrg, openJoinGateways } from '../join-gateways.ts'
import { type AdultRegisters, adultRegisters, fieldOf } from './adult-registers.ts'

/** One statistic of one cell of one run, with what it would be without noise. */
export interface ComparedStatistic extends StatisticRow {
  readonly truth: number | undefined
  readonly covered: boolean | undefined
}

/** What came of one question. */
export interface AdultRun {
  readonly question: AdultQuestion
  readonly release: JoinRelease
  readonly rows: readonly ComparedStatistic[]
  readonly seconds: number
}

/** One gateway of the run: a process of its own. */
export interface PartyFacts {
  readonly org: JoinOrg
  readonly role: string
  readonly pid: number
  readonly ports: readonly string[]
  readonly folder: string
  /** Of its log, after all runs. */
  readonly entries: number
  /** Millionths of epsilon that its ledger says were spent; the tally has none. */
  readonly spent: number | undefined
}

/** Everything that a report says. */
export interface AdultJoin {
  readonly people: AdultRegisters['people']
  readonly runs: readonly AdultRun[]
  readonly parties: readonly PartyFacts[]
}

/** A question as people write it, apart from its epsilon. */
export interface AdultQuestion {
  readonly left: readonly string[]
  readonly right: readonly string[]
  readonly measure: 'count' | Readonly<Record<string, unknown>>
  /** What is measured, by its column. */
  readonly element?: string
}

/** People by income and sex: four cells. */
export const countQuestion: AdultQuestion = { left: ['income'], right: ['sex'], measure: 'count' }

/** Questions whose intervals hold at least as often as they say. */
export const measuredQuestions: readonly AdultQuestion[] = [
  {
    left: ['income'],
    right: [],
    measure: { mean: 'right.hours_per_week' },
    element: 'hours_per_week',
  },
  {
    left: ['income'],
    right: [],
    measure: { quantiles: ['right.age', ['0.25', '0.5', '0.75']] },
    element: 'age',
  },
]

const parties = { tax: 'left holder', homes: 'right holder', office: 'tally' } as const
const orgs = ['tax', 'homes', 'office'] as const
/** Millionths: with one more for each run, so that each is a question of its own. */
const microEpsilon = 450_000
/** So many questions are under way at a time. */
export const atOnce = 4
/** At most so many fit into a year of an epsilon of 100. */
export const mostRuns = 220

const released = z.looseObject({ state: z.literal('released'), release: z.looseObject({}) })

function quantile(values: readonly number[], ppm: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * ppm) / 1_000_000) - 1)]
}

/** The value without noise, from the lines themselves; written apart from the product's own code. */
export function trueStatistic(
  both: readonly AdultRow[],
  { left, right, element }: AdultQuestion,
  { key, statistic, ppm }: StatisticRow,
): number | undefined {
  const names = [...left, ...right]
  const cell = both.filter((row) => names.every((name, at) => fieldOf(row, name) === key[at]))
  if (statistic === 'count') return cell.length
  const values = cell.map((row) => Number(fieldOf(row, element ?? '')))
  const sum = values.reduce((total, one) => total + one, 0)
  if (statistic === 'sum') return sum
  if (values.length === 0) return undefined
  return statistic === 'quantile' ? quantile(values, ppm ?? 0) : sum / values.length
}

function compare(
  both: readonly AdultRow[],
  question: AdultQuestion,
  row: StatisticRow,
): ComparedStatistic {
  const truth = trueStatistic(both, question, row)
  const { lower, upper } = row
  const isOpen = truth === undefined || lower === null || upper === null
  const covered = isOpen ? undefined : truth >= Number(lower) && truth <= Number(upper)
  return { ...row, truth, covered }
}

/** Where a gateway is too busy to be heard the question is asked again: it is the same run, and the same charge. */
async function askUntilHeard(house: JoinGateways, question: unknown): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { exit, stdout, stderr } = await house.join('run', question, '--json')
    if (exit === 0) return stdout
    assert.ok(exit === 5 && tries < 300, stderr)
    await sleep(1_000)
  }
}

async function askOne(
  house: JoinGateways,
  both: readonly AdultRow[],
  { question, epsilon }: { readonly question: AdultQuestion; readonly epsilon: number },
): Promise<AdultRun> {
  const begunMs = performance.now()
  const stdout = await askUntilHeard(house, {
    left: { agreement: 'tax-joins', by: question.left },
    right: { agreement: 'homes-joins', by: question.right },
    measure: question.measure,
    epsilon: (epsilon / 1_000_000).toFixed(6),
    delta: '1e-9',
  })
  const seconds = (performance.now() - begunMs) / 1_000
  const release = parseJoinRelease(
    canonicalBytes(
      released.parse(JSON.parse(stdout)).release as Parameters<typeof canonicalBytes>[0],
    ),
  )
  const rows = joinRows(release).map((row) => compare(both, question, row))
  return { question, release, rows, seconds }
}

async function factsOf(house: JoinGateways, org: keyof typeof parties): Promise<PartyFacts> {
  const config: unknown = parse(readFileSync(house.at(org, 'cloison.yaml'), 'utf8'))
  const { listen } = z.looseObject({ listen: z.record(z.string(), z.unknown()) }).parse(config)
  const ports = Object.values(listen).flatMap(
    (one) => /:(\d+)"?/.exec(JSON.stringify(one))?.[1] ?? [],
  )
  const population = { tax: 'earnings-people', homes: 'households-people', office: undefined }[org]
  const verified = await runHere(['log', 'verify', house.at(org, 'log', '2026h2')])
  assert.equal(verified.exit, 0, verified.stderr)
  const [entries, spent] = await house.read(org, async (reader) => {
    const size = (await reader.head())?.size ?? 0
    if (population === undefined) return [size, undefined] as const
    const fromMs = (await reader.budgetOf(population))?.budget.fromMs ?? 0
    return [size, (await reader.spentOf(population, fromMs)).microEpsilon] as const
  })
  const { pid } = house.gateways[org]
  return { org, role: parties[org], pid, ports, folder: house.at(org), entries, spent }
}

/** How many runs of each kind. */
export interface AdultCounts {
  readonly counts: number
  /** Of each of {@link measuredQuestions}. */
  readonly measured: number
}

/**
 * Asks three real gateways that many questions by `cloison stats join run`, four at a time, and holds the releases
 * against the lines themselves. Each is charged to both ledgers, signed and logged by all three; afterwards the three logs
 * verify and both ledgers have what the questions cost.
 */
export async function adultJoin(
  lines: readonly AdultRow[],
  { counts, measured }: AdultCounts,
  tell: (what: string) => void = () => undefined,
): Promise<AdultJoin> {
  const { left, right, both, people } = adultRegisters(lines)
  await using house = await openJoinGateways({
    tax: left,
    homes: right,
    epsilon: { tax: '100', homes: '100' },
  })
  const questions = [
    ...Array.from({ length: counts }, () => countQuestion),
    ...measuredQuestions.flatMap((one) => Array.from({ length: measured }, () => one)),
  ]
  assert.ok(questions.length <= mostRuns)
  const runs: AdultRun[] = []
  const waiting = questions.map((question, at) => ({ question, epsilon: microEpsilon + at }))
  const asked = waiting.reduce((sum, { epsilon }) => sum + epsilon, 0)
  const askAll = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const run = await askOne(house, both, next)
      runs.push(run)
      tell(`run ${runs.length} of ${questions.length}: ${run.seconds.toFixed(1)} s`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, () => askAll()))
  const facts: PartyFacts[] = []
  for (const org of orgs) facts.push(await factsOf(house, org))
  for (const { org, spent } of facts) assert.equal(spent, org === 'office' ? undefined : asked)
  return { people, runs, parties: facts }
}
