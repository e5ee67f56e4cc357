import type { LoggedEntry } from '../../protocol/index.ts'
import { type CellKeys, layOutCells, type AnsweringRegister } from '../../register/index.ts'
import type { PopulationParties } from '../commit/index.ts'
import { lawOf, type PopulationQuery, queryNumbers, type QueryTerms } from '../query/index.ts'
import {
  addNoise,
  drawTableNoise,
  makeRelease,
  registerPlan,
  releaseBytes,
} from '../release/index.ts'
import type { PopulationDeps } from './population-deps.ts'
import { releaseSlotMs, slotAfter } from './release-slot.ts'

/** A reserved question that is to be carried out. */
export interface ReservedQuestion {
  readonly parties: PopulationParties
  readonly query: PopulationQuery
  readonly terms: QueryTerms
  readonly register: AnsweringRegister
  readonly snapshot: string
  readonly spent: { readonly before: number; readonly after: number }
}

/** What became of a run. A failed one stays charged, and is carried out when it is asked again. */
export type RunEnd =
  | {
      readonly state: 'released'
      readonly exchangeId: string
      readonly release: Uint8Array
      readonly entry: LoggedEntry
    }
  | { readonly state: 'failed' }

/** A run under way. */
export interface ReleaseRun {
  /** When its release leaves, at the earliest. */
  readonly slotMs: number
  /** Resolves once the release is durable, at its slot. Never rejects. */
  readonly ended: Promise<RunEnd>
}

/** The noise of the whole table, drawn before anything is read; then the register's table with it. */
async function noisyRelease(
  { query, terms, register, snapshot, spent }: ReservedQuestion,
  deps: PopulationDeps,
): Promise<Uint8Array> {
  const plan = registerPlan(query, terms)
  const cells: CellKeys = layOutCells(plan, terms.description)
  const laws = queryNumbers(query, terms).map((number) => {
    const law = lawOf(number, query)
    if (law === undefined) throw new TypeError('a query that is refused has no run')
    return law
  })
  const noise = drawTableNoise(cells.length, laws, deps.randomness)
  const table = await register.aggregate(plan)
  const released = addNoise(table, cells, noise)
  return releaseBytes(
    makeRelease({
      query,
      terms,
      provider: deps.organisation,
      snapshot,
      cells: released,
      spent,
    }),
  )
}

/** Carries out what is reserved: each query over each snapshot once at a time, however many ask for it. */
export class ReleaseRuns {
  readonly #deps: PopulationDeps
  readonly #running = new Map<string, ReleaseRun>()

  constructor(deps: PopulationDeps) {
    this.#deps = deps
  }

  /** The run of this question: the one under way, or a new one. */
  start(question: ReservedQuestion): ReleaseRun {
    const key = `${question.snapshot} ${question.parties.query}`
    const under = this.#running.get(key)
    if (under !== undefined) return under
    const slotMs = releaseSlotMs(this.#deps.clock.now(), sizeOf(question))
    const ended = this.#carryOut(question, slotMs)
      .catch((): RunEnd => ({ state: 'failed' }))
      .finally(() => this.#running.delete(key))
    const run = { slotMs, ended }
    this.#running.set(key, run)
    return run
  }

  /** The commit begins at the slot: its log time is public to who asks, and says nothing about the noise. */
  async #carryOut(question: ReservedQuestion, slotMs: number): Promise<RunEnd> {
    const { clock, timers, writer } = this.#deps
    const release = await noisyRelease(question, this.#deps)
    const leavesAtMs = slotAfter(slotMs, clock.now(), sizeOf(question))
    await timers.sleep(Math.max(0, leavesAtMs - clock.now()))
    const { parties, snapshot } = question
    const done = await writer.commit({ type: 'population-release', parties, snapshot, release })
    if (done.type !== 'population-release')
      throw new TypeError('the writer answered another intent')
    return {
      state: 'released',
      exchangeId: parties.exchangeId,
      release: done.release,
      entry: done.entry,
    }
  }
}

function sizeOf({ terms }: ReservedQuestion): number {
  return terms.description.population.size
}
