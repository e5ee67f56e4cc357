import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchFigure, type BenchReport, figure } from '../bench-report.ts'
import { fsyncLatencyMs } from '../fsync-latency.ts'
import { describeCpu } from '../machine.ts'
import type { Tell } from '../person-bench.ts'
import { type Floor, insertFloor } from '../rival/insert-floor.ts'
import { median, quantile } from '../statistics.ts'
import { type AppendRound, appendRound } from './append-round.ts'
import { decisionRound } from './decision-round.ts'
import { foundLogWorld, type LogWorld } from './log-world.ts'
import { longFigures } from './long-figures.ts'
import { oneCaller } from './one-caller.ts'

/** How the benchmark of the log runs. */
export interface LogBenchOptions {
  /** Counted rounds of each figure; one more before them warms up. */
  readonly rounds: number
  /** Entries of the long log that is verified and restarted; 0 leaves this part out. */
  readonly entries: number
  /** Which parts to run; all when left out. */
  readonly only?: LogBenchPart
}

/** A part of the benchmark that can be run alone. */
export type LogBenchPart = 'appends' | 'decisions' | 'caller' | 'long'

const appends = { entries: 100_000, callers: 16_384, group: 4_096 } as const
const decisions = { decisions: 12_000, callers: 1_024, group: 256 } as const
/** Leaf and sealed payload of the small record. */
const rowBytes = 34 + 470

/** A round's figures by what they are called. */
type Taken = Map<string, { readonly unit: string; readonly runs: number[] }>

interface Ground {
  readonly dir: string
  readonly tell: Tell
  readonly taken: Taken
  readonly fsyncs: number[]
}

function take({ taken, tell }: Ground, what: string, unit: string, value: number): void {
  const found = taken.get(what) ?? { unit, runs: [] }
  found.runs.push(value)
  taken.set(what, found)
  tell(`${what}: ${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`)
}

/** A new world for one round, gone after it; the disk is timed before. */
async function inNewWorld<Result>(
  { dir, fsyncs }: Ground,
  work: (world: LogWorld) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(dir, 'round-'))
  try {
    fsyncs.push(fsyncLatencyMs(folder))
    return await work(await foundLogWorld(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function takeAppends(ground: Ground, tiles: string, round: AppendRound, floor: Floor): void {
  const what = `raw leaves, tiles ${tiles}`
  take(ground, `${what}: durable appends with receipt`, '1/s', round.rate)
  take(ground, `${what}: appends until all is published`, '1/s', round.publishedRate)
  take(ground, `${what}: published after the last append`, 'ms', round.lagMs)
  take(ground, `${what}: appends ÷ plain inserts`, 'ratio', round.rate / floor.rate)
}

async function appendFigures(ground: Ground): Promise<void> {
  const { entries: rows, group } = appends
  for (const tiles of ['synced', 'behind'] as const) {
    const floor = insertFloor(ground.dir, { rows, group, rowBytes })
    take(ground, `plain inserts, ${group} a transaction`, '1/s', floor.rate)
    const round = await inNewWorld(ground, (world) => appendRound(world, { ...appends, tiles }))
    takeAppends(ground, tiles, round, floor)
  }
}

async function decisionFigures(ground: Ground): Promise<void> {
  const { decisions: rows, group } = decisions
  const floor = insertFloor(ground.dir, { rows, group, rowBytes: 1_000 })
  const rate = await inNewWorld(ground, (world) => decisionRound(world, decisions))
  take(ground, 'full decisions, durable with answer', '1/s', rate)
  take(ground, 'full decisions ÷ plain inserts of 1,000 bytes', 'ratio', rate / floor.rate)
}

async function callerFigures(ground: Ground): Promise<void> {
  const floor = insertFloor(ground.dir, { rows: 2_000, group: 1, rowBytes })
  const takenMs = await inNewWorld(ground, oneCaller)
  take(ground, 'one caller, acknowledgement p50', 'ms', quantile(takenMs, 0.5))
  take(ground, 'one caller, acknowledgement p99', 'ms', quantile(takenMs, 0.99))
  take(ground, 'plain insert, one a transaction, p50', 'ms', quantile(floor.commitsMs, 0.5))
}

function figuresOf(taken: Taken): readonly BenchFigure[] {
  return [...taken].map(([what, { unit, runs }]) => figure(what, unit, runs))
}

async function runRounds(options: LogBenchOptions, ground: Ground): Promise<void> {
  const runs = (part: LogBenchPart): boolean => (options.only ?? part) === part
  for (let round = 0; round <= options.rounds; round += 1) {
    ground.tell(round === 0 ? 'warm-up' : `round ${round} of ${options.rounds}`)
    if (runs('appends')) await appendFigures(ground)
    if (runs('decisions')) await decisionFigures(ground)
    if (runs('caller')) await callerFigures(ground)
    if (round > 0) continue
    ground.taken.clear()
    ground.fsyncs.length = 0
  }
  if (runs('long') && options.entries > 0) {
    const folder = mkdtempSync(join(ground.dir, 'long-'))
    const figures = await longFigures(folder, { ...options, tell: ground.tell })
    for (const { what, unit, value } of figures) take(ground, what, unit, value)
    ground.fsyncs.push(fsyncLatencyMs(ground.dir))
  }
}

/**
 * Measures the log through the gateway's own code on a real disk: appends, decisions, one caller,
 * proofs, verification, restart and memory, each beside what plain inserts of the same size and group
 * cost in the same run. A run in which a receipt, an answer or the log does not verify gives no figures.
 *
 * @throws {@link BenchError} `RUN_REJECTED`, `PROCESS_LOST`
 */
export async function runLogBench(options: LogBenchOptions, tell: Tell): Promise<BenchReport> {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-bench-log-'))
  try {
    const ground: Ground = { dir, tell, taken: new Map(), fsyncs: [] }
    await runRounds(options, ground)
    return {
      name: 'the log',
      figures: [
        ...figuresOf(ground.taken),
        figure('append + fdatasync of 512 bytes', 'ms', ground.fsyncs),
      ],
      fsyncMs: Number(median(ground.fsyncs).toPrecision(3)),
      cpu: describeCpu(),
      node: process.version,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
