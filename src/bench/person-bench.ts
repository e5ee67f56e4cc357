import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BenchError } from './bench-error.ts'
import { type BenchFigure, type BenchReport, figure, type RivalReport } from './bench-report.ts'
import {
  type Contender,
  type ContenderWorld,
  startGateway,
  startPair,
  startRivalUnderLoad,
} from './contender.ts'
import { fsyncLatencyMs } from './fsync-latency.ts'
import type { RoundReport } from './load/load-messages.ts'
import { cpuSecondsOf, describeCpu } from './machine.ts'
import { quantile } from './statistics.ts'

/** How the benchmark of person questions runs. */
export interface PersonBenchOptions {
  /** Seconds of load in a round. */
  readonly seconds: number
  readonly connections: number
  readonly rounds: number
  /** A folder for CPU profiles of the gateway, written when it ends. */
  readonly profile?: string
}

/** Told what is being done, in a few words. */
export type Tell = (what: string) => void

/** One round as it counts. */
interface Round {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor time an answer; absent where the system does not tell. */
  readonly cpu: number | undefined
  readonly seconds: number
}

const people = 100_000
/** No round is expected to be faster; sets how much is made before the first one. */
const fastestRate = 8_000
/** Code that has answered less often is still being compiled, the longer the busier the machine is. */
const warmUp = { requests: 3_000, seconds: 20 }

/**
 * Refuses a round that measured something else than good answers.
 *
 * @throws {@link BenchError} `RUN_REJECTED`
 */
export function requireGood(report: RoundReport): void {
  const { answered, refused, checked, faults } = report
  const [fault] = faults
  if (answered === 0) throw new BenchError('RUN_REJECTED', 'Nothing was answered.')
  if (refused > 0) {
    throw new BenchError('RUN_REJECTED', `${refused} of ${answered} answers were not 200.`)
  }
  if (fault !== undefined) {
    throw new BenchError(
      'RUN_REJECTED',
      `${faults.length} of ${checked} checked receipts did not verify, the first one: ${fault}.`,
    )
  }
}

function cpuOf(pids: readonly number[]): number | undefined {
  let sum = 0
  for (const pid of pids) {
    const seconds = cpuSecondsOf(pid)
    if (seconds === undefined) return undefined
    sum += seconds
  }
  return sum
}

async function runRound(
  contender: Contender,
  order: { readonly requests: number; readonly connections: number; readonly seconds: number },
): Promise<Round> {
  const { load, pids } = contender
  await load.make(order)
  const before = cpuOf(pids)
  const report = await load.send()
  const after = cpuOf(pids)
  requireGood(report)
  const { answered, seconds, latenciesMs } = report
  const used = before === undefined || after === undefined ? undefined : after - before
  return {
    rate: answered / seconds,
    p50: quantile(latenciesMs, 0.5),
    p99: quantile(latenciesMs, 0.99),
    cpu: used === undefined ? undefined : (used / answered) * 1e6,
    seconds,
  }
}

function figuresOf(rounds: readonly Round[]): readonly BenchFigure[] {
  const cpu = rounds.flatMap((round) => round.cpu ?? [])
  return [
    figure(
      'answers',
      '1/s',
      rounds.map(({ rate }) => rate),
    ),
    figure(
      'latency p50',
      'ms',
      rounds.map(({ p50 }) => p50),
    ),
    figure(
      'latency p99',
      'ms',
      rounds.map(({ p99 }) => p99),
    ),
    ...(cpu.length === 0 ? [] : [figure('processor time per answer', 'µs', cpu)]),
  ]
}

const rivalName =
  'rival: Fastify + JWT (RS256) + PostgreSQL, one SELECT and one audit INSERT per request'

/** Rounds of all contenders, taking turns; the first turn of each warms up and does not count. */
async function takeTurns(
  contenders: readonly Contender[],
  { rounds, connections, seconds }: PersonBenchOptions,
  tell: Tell,
): Promise<readonly (readonly Round[])[]> {
  const counted = contenders.map((): Round[] => [])
  const rates = contenders.map(() => 0)
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [place, contender] of contenders.entries()) {
      const requests = Math.ceil((rates[place] ?? 0) * seconds * 1.4)
      const order = turn === 0 ? warmUp : { requests, seconds }
      const round = await runRound(contender, { ...order, connections })
      rates[place] = round.rate
      const what = turn === 0 ? 'warm-up' : `round ${turn} of ${rounds}`
      tell(
        `${contender.name}, ${what}: ${Math.round(round.rate)}/s, p99 ${round.p99.toFixed(1)} ms`,
      )
      if (turn > 0) counted[place]?.push(round)
    }
  }
  return counted
}

function rivalReport(own: readonly Round[], rival: readonly Round[]): RivalReport {
  const pairs = (value: (round: Round) => number | undefined): readonly number[] =>
    own.map((round, place) => {
      const other = rival[place]
      const [one, two] = [value(round), other === undefined ? undefined : value(other)]
      return (one ?? Number.NaN) / (two ?? Number.NaN)
    })
  const what = (of: string): string => `gateway ÷ rival, ${of}`
  return {
    state: 'run',
    what: rivalName,
    figures: [
      ...figuresOf(rival),
      figure(
        what('answers'),
        'ratio',
        pairs(({ rate }) => rate),
      ),
      figure(
        what('processor time'),
        'ratio',
        pairs(({ cpu }) => cpu),
      ),
    ],
  }
}

/** The figures of several contenders in one list, each told apart by its name. */
function named(name: string, figures: readonly BenchFigure[]): readonly BenchFigure[] {
  return figures.map((one) => ({ ...one, what: `${name}: ${one.what}` }))
}

/**
 * Measures durable, signed answers to distinct signed questions, beside the rival, in rounds that take
 * turns: one provider's gateway, `cloison serve` in a process of its own with its register's process;
 * and, end to end, `POST /v1/ask` at a consumer's gateway, through TLS 1.3, its case system and both
 * gateways, until the verified answer is back. The load is made by other processes. A run in which an
 * answer is not 200, or a checked one does not hold, gives no figures.
 *
 * @throws {@link BenchError} `RUN_REJECTED`, `PROCESS_LOST`
 */
export async function runPersonBench(
  options: PersonBenchOptions,
  tell: Tell,
): Promise<BenchReport> {
  await using stack = new AsyncDisposableStack()
  const dir = mkdtempSync(join(tmpdir(), 'cloison-bench-'))
  stack.defer(() => rmSync(dir, { recursive: true, force: true }))
  const { rounds, seconds, profile, connections } = options
  const questions = fastestRate * rounds * seconds + warmUp.requests
  const world = (name: string): ContenderWorld => ({
    dir: join(dir, name),
    people,
    questions,
    profile,
  })
  tell(`a provider with a register of ${people.toLocaleString('en')} people, and its consumer`)
  const alone = stack.use(await startGateway(world('alone')))
  tell('a second provider and a gateway of its consumer')
  const pair = stack.use(await startPair(world('pair')))
  tell('the rival')
  const rival = await startRivalUnderLoad({ dir, people })
  const install = typeof rival === 'string' ? rival : undefined
  const others = typeof rival === 'string' ? [] : [stack.use(rival).contender]
  const fsyncMs = fsyncLatencyMs(dir)
  const contenders = [alone.contender, ...others, pair.contender]
  const measured = await takeTurns(contenders, options, tell)
  const own = measured[0] ?? []
  const through = measured.at(-1) ?? []
  return {
    name: `person questions, ${connections} connections`,
    figures: [
      ...named('provider alone', figuresOf(own)),
      ...named('end to end with TLS', figuresOf(through)),
    ],
    fsyncMs: Number(fsyncMs.toPrecision(3)),
    rival:
      install === undefined ? rivalReport(own, measured[1] ?? []) : { state: 'not-run', install },
    cpu: describeCpu(),
    node: process.version,
  }
}
