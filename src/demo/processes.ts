import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A process of the demo that has said that it listens. */
export interface RunningProcess {
  readonly name: string
  readonly pid: number
  readonly port: number
  /** Resolves when the process has ended, however it ended. */
  readonly ended: Promise<number | undefined>
  /** Asks the process to end, and ends it after five seconds if it has not. */
  stop(): Promise<void>
  /** Ends it at once, as a crash would. */
  kill(): void
}

/** How a process is started. */
export interface ProcessPlan {
  readonly name: string
  /** Arguments of this Node, the script first. */
  readonly args: readonly string[]
  /** Gets every line that the process writes to standard error. */
  readonly onLine?: (line: string) => void
}

function listeningPort(line: string): number | undefined {
  try {
    const event: unknown = JSON.parse(line)
    if (typeof event !== 'object' || event === null) return undefined
    if (!('event' in event) || event.event !== 'listening') return undefined
    return 'port' in event && typeof event.port === 'number' ? event.port : undefined
  } catch {
    return undefined
  }
}

function untilEnded(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? undefined))
    child.once('error', () => resolve(undefined))
  })
}

async function stopGently(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}

/**
 * Starts a process of the demo and resolves when it has printed that it listens. Rejects, with the
 * last lines of its standard error, when it ends before.
 */
export async function startProcess(plan: ProcessPlan): Promise<RunningProcess> {
  const child = spawn(process.execPath, [...plan.args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = untilEnded(child)
  const lastLines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line)
    if (lastLines.length > 5) lastLines.shift()
    plan.onLine?.(line)
  })
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = listeningPort(line)
      if (found !== undefined) resolve(found)
    })
    void ended.then(() =>
      reject(new Error(`${plan.name} ended before it listened: ${lastLines.join(' | ')}`)),
    )
  })
  return {
    name: plan.name,
    pid: child.pid ?? 0,
    port,
    ended,
    stop: () => stopGently(child, ended),
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
