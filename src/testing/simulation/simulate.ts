import type { OracleId, Violation } from '../oracles/index.ts'
import type { FaultName } from '../simulator/index.ts'
import { unleash } from './chaos.ts'
import { type ClientEnd, type ClientRequest, drawProgram, runRequest } from './sim-client.ts'
import { simStartMs } from './sim-organisation.ts'
import type { SimulationOptions } from './sim-ground.ts'
import { makeWorld, type SimWorld } from './sim-world.ts'

/** What a simulation came to. */
export interface SimulationReport {
  readonly seed: string
  readonly events: number
  readonly virtualMs: number
  /** Equal for equal seeds and equal code. */
  readonly traceHash: string
  readonly faults: ReadonlyMap<FaultName, number>
  readonly evaluations: ReadonlyMap<OracleId, number>
  /** Everything that did not hold after the first event with a violation; empty for a good run. */
  readonly violations: readonly Violation[]
  /** How often clients' requests ended in what: `permit`, or a code. */
  readonly ends: ReadonlyMap<string, number>
  /** Starts of both gateways, the first ones included. */
  readonly lives: number
}

/** Faults strike until then; questions begin before. */
const faultsMs = 13_000
const questionsMs = 10_000
/** I12: how long after healing a question may stay without an outcome. */
const promiseMs = 30_000
/** How long after that receipts may stay unwitnessed. */
const witnessMs = 60_000

interface Progress {
  readonly ends: Map<string, number>
  waiting: number
  healedAtMs: number | undefined
}

function nameOf(end: ClientEnd): string {
  if (end.kind === 'refused') return end.code
  return end.outcome.outcome === 'permit' ? 'permit' : (end.outcome.code ?? 'deny')
}

function beginClients(world: SimWorld, progress: Progress): void {
  const { network, outside, parties, random, scheduler, sleep, watch, judge } = world
  const program = drawProgram(random.fork('program'), questionsMs)
  const deps = {
    http: network.client(outside),
    timers: {
      sleep: (ms: number) => outside.call('client.sleep', () => undefined, { delayMs: ms }),
    },
    nowMs: () => scheduler.nowMs + sleep.totalMs,
    random: random.fork('client program'),
    url: `https://${parties.housing.host}`,
    onEnd: ({ request }: ClientRequest, end: ClientEnd): void => {
      const name = nameOf(end)
      progress.ends.set(name, (progress.ends.get(name) ?? 0) + 1)
      if (end.kind === 'outcome') watch.clientHolds(request.idempotencyKey, end.outcome)
      // Everybody here is honest, so whatever is refused was good.
      const isRefused = name === 'ANSWER_REFUSED'
      judge.check('I12', !isRefused, () => 'a good answer was refused by its consumer')
    },
  }
  const runOne = async (request: ClientRequest): Promise<void> => {
    try {
      await runRequest(request, deps)
      progress.waiting -= 1
    } catch (cause) {
      world.bugs.push(new Error('a client failed', { cause }))
    }
  }
  progress.waiting = program.length
  for (const request of program) {
    void runOne(request)
  }
}

/**
 * All faults end; clocks are right again. A log whose clock ran ahead takes no entries until right
 * time has passed its newest one, so everything waits that long.
 */
function heal(world: SimWorld): void {
  const { faults, network, clocks, disks, scheduler, sleep } = world
  faults.heal()
  network.heal()
  for (const clock of Object.values(clocks)) clock.skewMs = 0
  const newestMs = Math.max(...Object.values(disks).map(({ tables }) => tables.head?.timeMs ?? 0))
  sleep.totalMs = Math.max(sleep.totalMs, newestMs - scheduler.nowMs)
  scheduler.note('healed')
}

/** Whether both gateways serve: from here the promise of I12 runs. */
function isServing({ nodes }: SimWorld): boolean {
  return Object.values(nodes).every(({ serving }) => serving !== undefined)
}

function openQuestions({ disks }: SimWorld): number {
  return [...disks.housing.tables.asks.values()].filter(({ state }) => state === 'asked').length
}

function openReceipts({ disks }: SimWorld): number {
  return [...disks.housing.tables.asks.values()].filter(
    ({ provisional, witnessedAtMs }) => provisional !== undefined && witnessedAtMs === undefined,
  ).length
}

/** I12, after every event since healing. Returns whether nothing is left to wait for. */
function judgeLiveness(world: SimWorld, progress: Progress): boolean {
  const { judge, scheduler } = world
  const { healedAtMs } = progress
  if (healedAtMs === undefined) return false
  const sinceMs = scheduler.nowMs - healedAtMs
  const open = openQuestions(world)
  const isInTime = (open === 0 && progress.waiting === 0) || sinceMs <= promiseMs
  judge.check(
    'I12',
    isInTime,
    () => `${sinceMs} ms after healing ${open} are asked, ${progress.waiting} clients wait`,
  )
  const receipts = openReceipts(world)
  const isWitnessed = receipts === 0 || sinceMs <= promiseMs + witnessMs
  judge.check('I12', isWitnessed, () => `${receipts} receipts stay provisional`)
  return open === 0 && progress.waiting === 0 && receipts === 0
}

async function run(world: SimWorld, progress: Progress): Promise<void> {
  const { scheduler, judge, watch } = world
  const healAtMs = simStartMs + faultsMs
  let isHealing = false
  for (;;) {
    await scheduler.step()
    watch.afterEvent()
    const isDone = judgeLiveness(world, progress)
    const [bug] = world.bugs
    if (bug !== undefined) throw bug
    if (judge.violations.length > 0 || isDone) return
    if (!isHealing && scheduler.nowMs >= healAtMs) {
      isHealing = true
      heal(world)
    }
    if (isHealing && progress.healedAtMs === undefined && isServing(world)) {
      progress.healedAtMs = scheduler.nowMs
    }
  }
}

/**
 * Runs one seed: two gateways, a witness and clients in one process, on virtual time and in-memory
 * disks and network, with the real code between them; faults for half a minute, then healing, then
 * until nothing is left to wait for. All oracles are judged after every event; the first violation
 * ends the run.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const world = await makeWorld(options)
  const { scheduler, faults, judge, nodes } = world
  const progress: Progress = { ends: new Map(), waiting: 0, healedAtMs: undefined }
  world.startWitness()
  nodes.tax.start()
  nodes.housing.start()
  faults.begin()
  unleash(world, simStartMs + faultsMs)
  beginClients(world, progress)
  await run(world, progress)
  return {
    seed: options.seed,
    events: scheduler.events,
    virtualMs: scheduler.nowMs - simStartMs,
    traceHash: scheduler.traceHash(),
    faults: faults.counts,
    evaluations: judge.evaluations,
    violations: judge.violations,
    ends: progress.ends,
    lives: nodes.tax.lives + nodes.housing.lives,
  }
}
