import { readFileSync } from 'node:fs'
import { childProcessesOf, cpuSecondsOf, peakMiBOf, residentMiBOf } from '../../machine.ts'

/** What a party's processes took. Memory is resident, in MiB. */
export interface PartyUsage {
  /** Seconds of processor time of the gateway and of all that it started. */
  readonly cpuSeconds: number
  /** The most that each had, by the name of its program: `gateway` and its children's. */
  readonly peaks: ReadonlyMap<string, number>
  /** The most that all had at one time, as often as it was looked at. */
  readonly together: number
}

/** Looks at the processes of one party as often as it is asked to: those that end leave what they had. */
export class UsageWatch {
  readonly #pid: number
  readonly #begunSeconds: number
  readonly #peaks = new Map<string, number>()
  #together = 0

  constructor(pid: number) {
    this.#pid = pid
    this.#begunSeconds = cpuSecondsOf(pid) ?? 0
    this.look()
  }

  /** Looks once. The peak of a process that ends between two looks is that of the last one. */
  look(): void {
    const pids = [this.#pid, ...childProcessesOf(this.#pid)]
    let together = 0
    for (const pid of pids) {
      together += residentMiBOf(pid) ?? 0
      const name = pid === this.#pid ? 'gateway' : programOf(pid)
      if (name === undefined) continue
      this.#peaks.set(name, Math.max(this.#peaks.get(name) ?? 0, peakMiBOf(pid) ?? 0))
    }
    this.#together = Math.max(this.#together, together)
  }

  /** What was taken since the beginning; of memory, since the processes began. */
  usage(): PartyUsage {
    this.look()
    const cpuSeconds = (cpuSecondsOf(this.#pid) ?? 0) - this.#begunSeconds
    return { cpuSeconds, peaks: this.#peaks, together: this.#together }
  }
}

/** The program of a connector's process, by the file that it runs; `undefined` before it runs one, and once it has ended. */
function programOf(pid: number): string | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words.map((word) => /([a-z]+)-process\.[jt]s$/.exec(word)?.[1]).find(Boolean)
  } catch {
    return undefined
  }
}
