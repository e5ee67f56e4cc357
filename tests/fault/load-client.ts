import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { LoadCommand, LoadCounts, LoadReport, LoadSettings } from './load-messages.ts'

/** The load process, as the test steers it. */
export interface LoadClient extends AsyncDisposable {
  readonly pid: number
  readonly counts: LoadCounts
  /** Sends from now on. */
  run(): void
  /** Resolves when the first delivery since `run` is on its way. */
  sent(): Promise<void>
  /** Resolves when this many exchanges are answered altogether. */
  answered(total: number): Promise<void>
  /** Sends nothing new; resolves when nothing is under way any more. */
  rest(): Promise<void>
  /** Brings every question to its answer, and asks nothing new. */
  finish(): Promise<void>
}

const nothing: LoadCounts = { answered: 0, broken: 0, retried: 0, again: 0, strange: [] }

class ForkedLoad implements LoadClient {
  readonly #child: ChildProcess
  readonly #waiting: { isDone: (report: LoadReport) => boolean; resolve: () => void }[] = []
  readonly #ended = Promise.withResolvers<never>()
  counts: LoadCounts = nothing

  constructor(child: ChildProcess) {
    this.#child = child
    this.#ended.promise.catch(() => undefined)
    child.on('message', (report: LoadReport) => this.#receive(report))
    child.once('exit', (code) =>
      this.#ended.reject(new Error(`the load process ended with ${String(code)}`)),
    )
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  run(): void {
    this.#tell({ type: 'run' })
  }

  sent(): Promise<void> {
    return this.until(({ type }) => type === 'sent')
  }

  answered(total: number): Promise<void> {
    return this.counts.answered >= total
      ? Promise.resolve()
      : this.until((report) => report.type === 'progress' && report.answered >= total)
  }

  rest(): Promise<void> {
    const resting = this.until(({ type }) => type === 'resting')
    this.#tell({ type: 'rest' })
    return resting
  }

  finish(): Promise<void> {
    const finished = this.until(({ type }) => type === 'finished')
    this.#tell({ type: 'finish' })
    return finished
  }

  until(isDone: (report: LoadReport) => boolean): Promise<void> {
    const seen = new Promise<void>((resolve) => this.#waiting.push({ isDone, resolve }))
    return Promise.race([seen, this.#ended.promise])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return
    const gone = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.disconnect()
    await gone
  }

  #tell(command: LoadCommand): void {
    this.#child.send(command)
  }

  #receive(report: LoadReport): void {
    if (report.type === 'progress' || report.type === 'finished') {
      const { answered, broken, retried, again, strange } = report
      this.counts = { answered, broken, retried, again, strange }
    }
    for (const [place, waiting] of [...this.#waiting.entries()].toReversed()) {
      if (!waiting.isDone(report)) continue
      this.#waiting.splice(place, 1)
      waiting.resolve()
    }
  }
}

/** Starts the load process; resolves when its first questions are in its own log. */
export async function startLoad(settings: LoadSettings): Promise<LoadClient> {
  const script = join(import.meta.dirname, 'load-process.ts')
  const load = new ForkedLoad(fork(script, [JSON.stringify(settings)]))
  await load.until(({ type }) => type === 'ready')
  return load
}
