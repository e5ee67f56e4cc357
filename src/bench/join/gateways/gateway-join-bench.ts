import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeHex } from '../../../bytes/index.ts'
import type { NodeConfig } from '../../../node/index.ts'
import {
  bestEd25519,
  type JoinTier,
  joinTiers,
  systemClock,
  systemRandomness,
  undiciHttpClient,
} from '../../../platform/index.ts'
import type { JoinRelease } from '../../../population/index.ts'
import { planHash } from '../../../population/psi/index.ts'
import { BenchError } from '../../bench-error.ts'
import type { BenchReport } from '../../bench-report.ts'
import { fsyncLatencyMs } from '../../fsync-latency.ts'
import { describeCpu } from '../../machine.ts'
import type { Tell } from '../../person-bench.ts'
import { type AskedJoin, askJoin } from './ask-join.ts'
import { auditRun } from './audit-run.ts'
import { type BenchParty, benchParties, byParty } from './bench-parties.ts'
import { type BenchRegisters, trueCells } from './bench-registers.ts'
import { foundJoin } from './found-join.ts'
import { joinFigures, type JoinRound } from './join-figures.ts'
import { type PartyUsage, UsageWatch } from './party-usage.ts'
import { entriesOf, type RunningJoin, startJoin } from './running-join.ts'
import { sentBytes } from './sent-bytes.ts'

/** How a join between gateways is measured. */
export interface GatewayJoinOptions extends BenchRegisters {
  readonly rounds: number
  /** Delta of the question is 10 to the power of minus this; 6 to 12. */
  readonly deltaExponent: number
  /** Threads of each party that compute points at the same time; as gateways have it where it is left out. */
  readonly threads?: number | undefined
  /** The implementation of the group; the fastest of the machine where it is left out. */
  readonly tier?: string | undefined
}

const lookMs = 25

/** Refuses a table that is further from the truth than its law allows; the truth is known here alone. */
function checkTable({ cells, numbers }: JoinRelease, registers: BenchRegisters): void {
  const tau = numbers[0]?.law.tau ?? 0
  const truth = trueCells(registers)
  const isCovered =
    cells.length === truth.length &&
    cells.every((cell, at) => Math.abs((cell.numbers[0] ?? Infinity) - (truth[at] ?? 0)) <= tau)
  if (!isCovered)
    throw new BenchError('RUN_REJECTED', 'The table of the join is not that of the registers.')
}

/** @throws {@link BenchError} `TIER_UNKNOWN` */
function tierOf({ tier }: GatewayJoinOptions): JoinTier['name'] {
  const tiers = joinTiers()
  const found = tier === undefined ? tiers[0] : tiers.find(({ name }) => name === tier)
  if (found !== undefined) return found.name
  const names = tiers.map(({ name }) => name).join(', ')
  throw new BenchError('TIER_UNKNOWN', `This machine has no such tier: it has ${names}.`)
}

function limitsOf(options: GatewayJoinOptions): Partial<NodeConfig['limits']> {
  const { threads } = options
  return { join_tier: tierOf(options), ...(threads !== undefined && { join_threads: threads }) }
}

async function allEntries({ calls }: RunningJoin): Promise<number> {
  const sizes = await Promise.all(benchParties.map((party) => entriesOf(calls[party])))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Asks, audits, and tells what both took. */
async function measure(
  running: RunningJoin,
  options: GatewayJoinOptions,
  tell: Tell,
): Promise<JoinRound> {
  const { calls, pids, founded } = running
  const before = await allEntries(running)
  const watches = byParty((party) => new UsageWatch(pids[party]))
  const look = (): void => {
    for (const party of benchParties) watches[party].look()
  }
  const usage = (): Record<BenchParty, PartyUsage> => byParty((party) => watches[party].usage())
  const timer = setInterval(look, lookMs)
  try {
    const asked: AskedJoin = await askJoin(calls.social, { ...options, look, tell })
    const joined = usage()
    const entries = (await allEntries(running)) - before
    checkTable(asked.release, options)
    const run = encodeHex(planHash(asked.release.plan))
    const bytes = byParty((party) => sentBytes(founded.parties[party], run))
    tell('the inspector audits')
    const auditSeconds = await auditRun(calls.inspector, asked.qid, look)
    return { asked, auditSeconds, joined, audited: usage(), entries, bytes }
  } finally {
    clearInterval(timer)
  }
}

async function runRound(options: GatewayJoinOptions, tell: Tell): Promise<JoinRound> {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-bench-join-'))
  const deps = { clock: systemClock, randomness: systemRandomness, ed25519: bestEd25519() }
  try {
    tell('founding four organisations, and writing two registers')
    const founded = await foundJoin({ dir, registers: options, limits: limitsOf(options) }, deps)
    await using http = undiciHttpClient()
    tell('starting four gateways')
    await using running = await startJoin(founded, http, deps)
    tell('asking for the table')
    return await measure(running, options, tell)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/**
 * Measures a whole join between four gateways that speak HTTP on this machine, from the question to the table, and then the
 * inspector's audit: with logs, noise, charges, and SQLite registers of made-up people.
 *
 * @throws {@link BenchError} `PROCESS_LOST`, `RUN_REJECTED`, `TIER_UNKNOWN`
 */
export async function runGatewayJoinBench(
  options: GatewayJoinOptions,
  tell: Tell,
): Promise<BenchReport> {
  const { people, rows, columns, rounds, deltaExponent } = options
  const tier = tierOf(options)
  const made: JoinRound[] = []
  for (let round = 1; round <= rounds; round += 1)
    made.push(await runRound(options, (what) => tell(`round ${round} of ${rounds}: ${what}`)))
  const folder = mkdtempSync(join(tmpdir(), 'cloison-bench-'))
  const fsyncMs = fsyncLatencyMs(folder)
  rmSync(folder, { recursive: true, force: true })
  return {
    name: `join of ${people} and ${people} people in ${rows} × ${columns} cells between four gateways, ${tier}, epsilon 0.5, delta 1e-${deltaExponent}`,
    figures: joinFigures(made),
    fsyncMs,
    cpu: describeCpu(),
    node: process.version,
  }
}
