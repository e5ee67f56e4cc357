import type { HttpRequest, HttpResponse } from '../../../ports/index.ts'
import type { OracleId, Violation } from '../../oracles/index.ts'
import { drawRates, type FaultName, faultNames, Faults } from '../../simulator/index.ts'
import { seededRandom } from '../../simulator/index.ts'
import { plainAct } from '../gateway/sim-gateway.ts'
import { type ClientEnd, drawProgram, runRequest } from '../sim-client.ts'
import type { SimulationOptions } from '../sim-ground.ts'
import { simStartMs, simWitness } from '../sim-organisation.ts'
import { makeWorld, type SimWorld } from '../sim-world.ts'

/** What a simulation with somebody who lies came to. */
export interface MaliceReport {
  readonly seed: string
  readonly events: number
  readonly violations: readonly Violation[]
  readonly evaluations: ReadonlyMap<OracleId, number>
  readonly permits: number
  /** Answers of the provider that the consumer refused: a fork was noticed in an exchange. */
  readonly refusedByConsumer: number
  /** 409 with a larger size, and 422: the witness refused a second history. */
  readonly refusedByWitness: number
  /** Receipts without a cosignature at the end, and how many of those were reported. */
  readonly unwitnessed: number
  readonly alarmed: number
  /** Entries of both trees beyond what they share; 0 and 0 for an honest provider. */
  readonly forked: readonly [number, number]
}

/** The fork's tree is copied then, and takes the provider's place a little later. */
const copyAtMs = 4_000
const showAtMs = 7_000
const questionsMs = 14_000
/** Long enough for a receipt that nobody cosigns to be reported (300 s). */
const endMs = 330_000

/** Messages and clocks that go wrong in the usual way, without crashes: those would hide the lies. */
function quietFaults(seed: string): Faults {
  const random = seededRandom(`${seed} malice`)
  const rates = { ...drawRates(random) }
  const kept: ReadonlySet<FaultName> = new Set(['message reordered', 'message duplicated'])
  for (const name of faultNames) if (!kept.has(name)) Object.assign(rates, { [name]: 0 })
  return new Faults(rates, random)
}

interface Counts {
  permits: number
  refusedByConsumer: number
  refusedByWitness: number
}

function beginClients(world: SimWorld, counts: Counts): void {
  const { network, outside, parties, random, trueMs } = world
  const deps = {
    http: network.client(outside),
    timers: {
      sleep: (ms: number) => outside.call('client.sleep', () => undefined, { delayMs: ms }),
    },
    nowMs: trueMs,
    random: random.fork('client program'),
    url: `https://${parties.housing.host}`,
    onEnd: (_request: unknown, end: ClientEnd): void => {
      if (end.kind === 'refused' && end.code === 'ANSWER_REFUSED') counts.refusedByConsumer += 1
      if (end.kind === 'outcome' && end.outcome.outcome === 'permit') counts.permits += 1
    },
  }
  const program = [
    ...drawProgram(random.fork('program'), questionsMs),
    ...drawProgram(random.fork('more program'), questionsMs).map((one) => ({
      ...one,
      request: { ...one.request, idempotencyKey: `more ${one.request.idempotencyKey}` },
    })),
  ]
  for (const request of program) {
    runRequest(request, deps).catch((cause: unknown) => {
      world.bugs.push(new Error('a client failed', { cause }))
    })
  }
}

/** Copies the provider's disk, lets its own tree grow, and puts the other one in its place. */
function beginFork({ fork, scheduler, nodes }: SimWorld): void {
  if (fork === undefined) return
  scheduler.after(copyAtMs, 'the provider forks', () => fork.copy())
  for (const delayMs of [copyAtMs + 500, showAtMs + 3_000]) {
    scheduler.after(delayMs, 'the first tree grows', () => {
      nodes.tax.serving?.writer
        .commit(plainAct('admin.start', { version: 'simulated' }))
        .catch(() => undefined)
    })
  }
  scheduler.after(showAtMs, 'the other tree is shown', () => fork.node.start())
}

function countRefusals(world: SimWorld, counts: Counts): void {
  world.network.watch({
    requestLeft: () => undefined,
    responseLeft(host: string, _request: HttpRequest, { status, headers }: HttpResponse) {
      if (host !== simWitness.host) return
      const isOther = status === 422 || (status === 409 && headers['content-type'] !== undefined)
      if (isOther) counts.refusedByWitness += 1
    },
  })
}

/** Entries of each tree beyond the beginning that both have. */
function forkedEntries({ disks, fork }: SimWorld): readonly [number, number] {
  if (fork === undefined) return [0, 0]
  const [one, other] = [disks.tax.tables.entries, fork.disk.tables.entries]
  let shared = 0
  while (shared < one.length && one[shared]?.leaf === other[shared]?.leaf) shared += 1
  return [one.length - shared, other.length - shared]
}

/**
 * Runs one seed in which a witness or the provider lies, for as long as an unwitnessed receipt may
 * stay unreported. What honest parties accept is judged after every event.
 */
export async function simulateMalice(
  options: Omit<SimulationOptions, 'faults'>,
): Promise<MaliceReport> {
  const world = await makeWorld({ ...options, faults: quietFaults(options.seed) })
  const { scheduler, judge, watch, nodes, faults } = world
  const counts: Counts = { permits: 0, refusedByConsumer: 0, refusedByWitness: 0 }
  world.startWitness()
  nodes.tax.start()
  nodes.housing.start()
  faults.begin()
  countRefusals(world, counts)
  beginClients(world, counts)
  beginFork(world)
  while (judge.violations.length === 0 && scheduler.nowMs < simStartMs + endMs) {
    await scheduler.step()
    watch.afterEvent()
    const [bug] = world.bugs
    if (bug !== undefined) throw bug
  }
  const asks = [...world.disks.housing.tables.asks.values()]
  const open = asks.filter(
    ({ provisional, witnessedAtMs }) => provisional !== undefined && witnessedAtMs === undefined,
  )
  return {
    ...counts,
    seed: options.seed,
    events: scheduler.events,
    violations: judge.violations,
    evaluations: judge.evaluations,
    unwitnessed: open.length,
    alarmed: open.filter(({ alarmedAtMs }) => alarmedAtMs !== undefined).length,
    forked: forkedEntries(world),
  }
}
