import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** The machine's processors as reports name them: their number and model. */
export function describeCpu(): string {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}`
}

/** Clock ticks a second in `/proc`, the same on every Linux that Node runs on. */
const ticksPerSecond = 100

interface ProcessTimes {
  readonly parent: number
  readonly seconds: number
}

function timesOf(pid: number | string): ProcessTimes | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [, parent] = fields
    const ticks = [11, 12, 13, 14].map((place) => Number(fields[place]))
    return {
      parent: Number(parent),
      seconds: ticks.reduce((sum, one) => sum + one, 0) / ticksPerSecond,
    }
  } catch {
    return undefined
  }
}

/** The processes that a process has started and that have not ended. */
export function childProcessesOf(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
    return text
      .split(' ')
      .filter((child) => child !== '')
      .map(Number)
  } catch {
    return []
  }
}

/**
 * Processor time that a process, its threads and its children have used, in seconds; `undefined`
 * where the system does not tell. Other load on the machine falsifies it less than it does a rate.
 */
export function cpuSecondsOf(pid: number): number | undefined {
  const own = timesOf(pid)
  if (own === undefined) return undefined
  return childProcessesOf(pid).reduce((sum, child) => sum + (cpuSecondsOf(child) ?? 0), own.seconds)
}

/** Highest resident memory of a process so far, MiB; `undefined` where the system does not tell. */
export function peakMiBOf(pid: number): number | undefined {
  return statusMiB(pid, /^VmHWM:\s+(\d+) kB$/m)
}

/** Resident memory of a process now, MiB; `undefined` where the system does not tell. */
export function residentMiBOf(pid: number): number | undefined {
  return statusMiB(pid, /^VmRSS:\s+(\d+) kB$/m)
}

function statusMiB(pid: number, line: RegExp): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const kibibytes = line.exec(status)?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
  } catch {
    return undefined
  }
}
