import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bestEd25519, systemClock, systemRandomness } from '../platform/index.ts'
import { BenchError } from './bench-error.ts'
import { startBenchProcess } from './bench-process.ts'
import { type BenchFigure, type BenchReport, figure, type RivalReport } from './bench-report.ts'
import { foundBench } from './fixture/found-bench.ts'
import { freePort } from './free-port.ts'
import { fsyncLatencyMs } from './fsync-latency.ts'
import { type LoadHost, startLoad } from './load/load-host.ts'
import type { RoundReport } from './load/load-messages.ts'
import { cpuSecondsOf, describeCpu } from './machine.ts'
import { findRival } from './rival/find-rival.ts'
import { startRival } from './rival/start-rival.ts'
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

/** A server under load. */
interface Contender {
  readonly name: string
  readonly load: LoadHost
  /** Roots of the process trees that do the work. */
  readonly pids: readonly number[]
}

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
const questionsPerOfficial = 150
/** No round is expected to be faster; sets how much is made before the first one. */
const fastestRate = 8_000
const firstRate = 2_000
const warmUpSeconds = 3

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const cli = fileURLToPath(new URL(`../cli/main${extension}`, import.meta.url))

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
  const rates = contenders.map(() => firstRate)
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [place, contender] of contenders.entries()) {
      const length = turn === 0 ? warmUpSeconds : seconds
      const requests = Math.ceil((rates[place] ?? firstRate) * length * 1.4)
      const round = await runRound(contender, { requests, connections, seconds: length })
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

async function startGateway(
  dir: string,
  { rounds, seconds, profile }: PersonBenchOptions,
): Promise<{ readonly contender: Contender } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const deps = {
    clock: systemClock,
    randomness: systemRandomness,
    ed25519: bestEd25519(),
  }
  const questions = fastestRate * (rounds * seconds + warmUpSeconds)
  const world = {
    dir,
    people,
    officials: Math.ceil(questions / questionsPerOfficial),
    publicPort: await freePort(),
    adminPort: await freePort(),
  }
  const { configFile, trust } = await foundBench(world, deps)
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const gateway = stack.use(
    await startBenchProcess({
      name: 'gateway',
      command: process.execPath,
      args: [...profiling, cli, 'serve', '-c', configFile],
    }),
  )
  const settings = { kind: 'gateway', port: gateway.port, trust } as const
  const load = stack.use(await startLoad(settings, join(dir, 'load-gateway.json')))
  const owned = stack.move()
  return {
    contender: { name: 'gateway', load, pids: [gateway.pid] },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function startRivalUnderLoad(
  dir: string,
  stack: AsyncDisposableStack,
): Promise<Contender | string> {
  const found = findRival()
  if (found.state === 'missing') return found.install
  const rival = stack.use(await startRival(found, { dir, people }))
  const settings = { kind: 'rival', port: rival.port, target: rival.target } as const
  const load = stack.use(await startLoad(settings, join(dir, 'load-rival.json')))
  return { name: 'rival', load, pids: rival.pids }
}

function rivalReport(own: readonly Round[], rival: readonly Round[]): RivalReport {
  const ratios = own.map(({ rate }, place) => rate / (rival[place]?.rate ?? Number.NaN))
  const ratio = figure('gateway ÷ rival, each pair of rounds', 'ratio', ratios)
  return { state: 'run', what: rivalName, figures: [...figuresOf(rival), ratio] }
}

/**
 * Measures one provider's gateway, `cloison serve` in a process of its own with its register's
 * process, beside the rival: durable, signed answers to distinct signed questions from a third
 * process, in rounds that take turns. A run in which an answer is not 200, or a checked receipt does
 * not verify, gives no figures.
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
  tell(`a provider with a register of ${people.toLocaleString('en')} people, and its consumer`)
  const { contender } = stack.use(await startGateway(dir, options))
  tell('the rival')
  const rival = await startRivalUnderLoad(dir, stack)
  const install = typeof rival === 'string' ? rival : undefined
  const contenders = typeof rival === 'string' ? [contender] : [contender, rival]
  const fsyncMs = fsyncLatencyMs(dir)
  const [own = [], others = []] = await takeTurns(contenders, options, tell)
  return {
    name: `person questions at one provider, ${options.connections} connections`,
    figures: figuresOf(own),
    fsyncMs: Number(fsyncMs.toPrecision(3)),
    rival: install === undefined ? rivalReport(own, others) : { state: 'not-run', install },
    cpu: describeCpu(),
    node: process.version,
  }
}
