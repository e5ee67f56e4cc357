import { encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Resolves when no microtask is left to run; the test hands in the event loop's own turn. */
export type NextTurn = () => Promise<void>

interface VirtualEvent {
  readonly atMs: number
  /** Drawn: events of one millisecond run in an order of the seed. */
  readonly order: number
  readonly label: string
  readonly run: () => void | Promise<void>
}

/** What the scheduler is made of. */
export interface SchedulerDeps {
  readonly startMs: number
  readonly random: SeededRandom
  readonly nextTurn: NextTurn
}

/**
 * Virtual time. Runs one event at a time, and lets everything that follows from it come to rest
 * before the next: nothing else in a simulation ever happens. The seed determines the whole order.
 */
export class VirtualScheduler {
  readonly #deps: SchedulerDeps
  readonly #queue: VirtualEvent[] = []
  #nowMs: number
  #events = 0
  #trace: string[] = []
  #traceHash: Uint8Array = new Uint8Array(32)
  #keep: ((line: string) => void) | undefined

  constructor(deps: SchedulerDeps) {
    this.#deps = deps
    this.#nowMs = deps.startMs
  }

  /** Milliseconds since the epoch, as no clock of a node need show them. */
  get nowMs(): number {
    return this.#nowMs
  }

  /** How many events have run. */
  get events(): number {
    return this.#events
  }

  /** Digest of every event so far in its order: equal for equal runs. */
  traceHash(): string {
    this.#fold()
    return encodeHex(this.#traceHash)
  }

  /** Hands every line of the trace to `keep`, for a replay that is read. */
  onTrace(keep: (line: string) => void): void {
    this.#keep = keep
  }

  /** Runs `run` in `delayMs` of virtual time, at least at once. */
  after(delayMs: number, label: string, run: () => void | Promise<void>): void {
    const event = {
      atMs: this.#nowMs + Math.max(0, Math.floor(delayMs)),
      order: this.#deps.random.below(1_000_000),
      label,
      run,
    }
    this.#queue.splice(this.#placeOf(event), 0, event)
  }

  /** Notes something that is no event of its own. */
  note(text: string): void {
    this.#write(`${this.#nowMs} ${text}`)
  }

  /** Runs the next event to its end. False when there is none. */
  async step(): Promise<boolean> {
    const event = this.#queue.shift()
    if (event === undefined) return false
    this.#nowMs = event.atMs
    this.#events += 1
    this.#write(`${event.atMs} ${event.label}`)
    await event.run()
    await this.#deps.nextTurn()
    return true
  }

  #placeOf(event: VirtualEvent): number {
    let low = 0
    let high = this.#queue.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#queue[middle]
      if (other !== undefined && isBefore(event, other)) high = middle
      else low = middle + 1
    }
    return low
  }

  #write(line: string): void {
    this.#keep?.(line)
    if (this.#trace.push(line) >= 500) this.#fold()
  }

  #fold(): void {
    this.#traceHash = sha256(this.#traceHash, utf8(this.#trace.join('\n')))
    this.#trace = []
  }
}

function isBefore(one: VirtualEvent, other: VirtualEvent): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}
