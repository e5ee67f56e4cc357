import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeHex, utf8 } from '../../bytes/index.ts'
import { identifierTag } from '../../crypto/index.ts'
import {
  joinTiers,
  type JoinTier,
  systemRandomness,
  threadedJoinGroup,
} from '../../platform/index.ts'
import {
  asJoinPlan,
  type JoinPlan,
  planHash,
  readResult,
  smallestTau,
} from '../../population/psi/index.ts'
import { BenchError } from '../bench-error.ts'
import { type BenchFigure, type BenchReport, figure } from '../bench-report.ts'
import { fsyncLatencyMs } from '../fsync-latency.ts'
import { describeCpu } from '../machine.ts'
import type { Tell } from '../person-bench.ts'
import { plainCount } from './plain-counting.ts'
import { InProcessJoin, type InProcessRun, processorSeconds } from './run-in-process.ts'

/** How a join is measured. */
export interface JoinBenchOptions {
  /** In each register; half of them are in both. */
  readonly people: number
  /** Of each side. */
  readonly groups: number
  readonly rounds: number
  /** That compute points at the same time; 1 where it is left out. */
  readonly threads?: number
  /** Only these tiers; all native ones that the machine has where it is left out. */
  readonly tiers?: readonly string[]
}

const [cellMicroEpsilon, paddingMicroEpsilon, deltaExponent] = [300_000, 100_000, 9]

function planOf({ people, groups }: JoinBenchOptions): JoinPlan {
  const holder = (organisation: string): object => ({
    organisation,
    agreement: { id: 'bench-joins', version: 1 },
    register: 'people',
    where: {},
    by: ['kind'],
    groups: Array.from({ length: groups }, (_, at) => [`group ${at}`]),
  })
  return asJoinPlan({
    v: 1,
    suite: 'cloison-psi/1',
    qid: encodeHex(systemRandomness.bytes(16)),
    keyspace: 'demo.resident',
    left: holder('tax'),
    right: holder('housing'),
    tally: 'social',
    inspector: 'inspector',
    stat: { kind: 'count' },
    cellMicroEpsilon,
    padding: { kind: 'noisy', microEpsilon: paddingMicroEpsilon },
    deltaExponent,
    taus: [smallestTau(cellMicroEpsilon, deltaExponent)],
    maxRows: 4 * people + 4_000_000,
    auditK: 64,
    expiresMs: Number.MAX_SAFE_INTEGER,
  })
}

/** Identifiers of a register from its first person on, dealt out to the groups. */
function tokensOf({ people, groups }: JoinBenchOptions, from: number): Uint8Array[][] {
  const lists = Array.from({ length: groups }, (): Uint8Array[] => [])
  for (let at = 0; at < people; at += 1) lists[at % groups]?.push(utf8(`resident ${from + at}`))
  return lists
}

/** The true table is known here: half of the people, in pairs of groups that the dealing gives. */
function checkTable(plan: JoinPlan, { people }: JoinBenchOptions, result: Uint8Array): void {
  const [table] = readResult(plan, result).parts
  const cells = table?.cells.flat() ?? []
  const sum = cells.reduce((all, one) => all + one, 0)
  // Each cell deviates by at most tau.
  const most = cells.length * (plan.taus[0] ?? 0)
  if (Math.abs(sum - Math.floor(people / 2)) > most)
    throw new BenchError('RUN_REJECTED', 'The table of the join is not that of the registers.')
}

interface TierRuns {
  readonly tier: JoinTier
  readonly runs: InProcessRun[]
  readonly plain: number[]
  /** Seconds on the clock of whole joins. */
  readonly elapsed: number[]
}

function runRound(
  of: TierRuns,
  options: JoinBenchOptions,
): { run: InProcessRun; plain: number; elapsed: number } {
  const plan = planOf(options)
  const half = options.people - Math.floor(options.people / 2)
  const tokens = { left: tokensOf(options, 0), right: tokensOf(options, half) }
  const startedMs = performance.now()
  const run = InProcessJoin.run(plan, of.tier.group, tokens)
  const elapsed = (performance.now() - startedMs) / 1000
  checkTable(plan, options, run.result)
  const begun = processorSeconds()
  const lists = { left: tokens.left.flat(), right: tokens.right.flat() }
  plainCount(of.tier.group, identifierTag(planHash(plan)), lists)
  return { run, plain: processorSeconds() - begun, elapsed }
}

function figuresOf({ tier, runs, elapsed }: TierRuns): BenchFigure[] {
  const named = (what: string): string => `${tier.name}: ${what}`
  return [
    figure(
      named('whole join without openings'),
      's',
      runs.map(({ rows, lists }) => rows + lists),
    ),
    figure(
      named('of it hashing and masking rows'),
      's',
      runs.map(({ rows }) => rows),
    ),
    figure(named('whole join with openings, on the clock'), 's', elapsed),
    figure(
      named('openings'),
      's',
      runs.map(({ openings }) => openings),
    ),
    figure(
      named('bytes of all messages'),
      'MB',
      runs.map(({ bytes }) => bytes / 1e6),
    ),
  ]
}

function threaded(tiers: readonly JoinTier[], { threads = 1 }: JoinBenchOptions): JoinTier[] {
  return tiers.map((tier) => ({ ...tier, group: threadedJoinGroup(tier, threads) }))
}

/**
 * Measures what all parties of a join compute, in seconds of processor time of one core, with each tier of the group that
 * this machine has; beside it the plain counting of two parties who trust each other, with the same tier.
 */
export function runJoinBench(options: JoinBenchOptions, tell: Tell): BenchReport {
  const tiers = joinTiers().filter(({ name }) => options.tiers?.includes(name) ?? name !== 'noble')
  if (tiers.length === 0)
    throw new BenchError(
      'TIER_UNKNOWN',
      `This machine has no such tier: it has ${joinTiers()
        .map(({ name }) => name)
        .join(', ')}.`,
    )
  const all = threaded(tiers, options).map((tier): TierRuns => ({
    tier,
    runs: [],
    plain: [],
    elapsed: [],
  }))
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const of of all) {
      tell(`round ${round} of ${options.rounds}: ${of.tier.name}`)
      const { run, plain, elapsed } = runRound(of, options)
      of.runs.push(run)
      of.elapsed.push(elapsed)
      of.plain.push(plain)
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'cloison-bench-'))
  const fsyncMs = fsyncLatencyMs(folder)
  rmSync(folder, { recursive: true, force: true })
  const { people, groups } = options
  return {
    name: `join of ${people} and ${people} people in ${groups} × ${groups} groups, processor time of all parties`,
    figures: all.flatMap(figuresOf),
    rival: {
      state: 'run',
      what: 'two parties who trust each other, counting exactly',
      figures: all.map(({ tier, plain }) => figure(`${tier.name}: whole count`, 's', plain)),
    },
    fsyncMs,
    cpu: describeCpu(),
    node: process.version,
  }
}
