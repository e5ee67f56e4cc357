import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { BenchError } from './bench-error.ts'

/** A process of a benchmark that has said on which port it listens. */
export interface BenchProcess extends AsyncDisposable {
  readonly pid: number
  readonly port: number
}

/** How a process is started. */
export interface BenchProcessPlan {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The user to run as, where this process may choose. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** How long it may take to listen; a minute unless told. */
  readonly patienceMs?: number
}

const usualPatienceMs = 60_000

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

/** Sends SIGTERM, and SIGKILL after five seconds; resolves when the process has ended. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}

/** The last lines of standard error, kept so that a lost process can say why. */
export function lastLinesOf(child: ChildProcess): readonly string[] {
  const lines: string[] = []
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line)
      if (lines.length > 5) lines.shift()
    })
  }
  return lines
}

/**
 * Starts a process and resolves once it has printed `{"event":"listening","port":…}`.
 *
 * @throws {@link BenchError} `PROCESS_LOST` with the last lines of its standard error
 */
export async function startBenchProcess(plan: BenchProcessPlan): Promise<BenchProcess> {
  const { name, command, args, user = {}, patienceMs = usualPatienceMs } = plan
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'], ...user })
  const lines = lastLinesOf(child)
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const port = listeningPort(line)
    if (port !== undefined) resolve(port)
  })
  const lost = (): void =>
    reject(new BenchError('PROCESS_LOST', `The ${name} did not start: ${lines.join(' | ')}`))
  child.once('error', lost)
  child.once('exit', lost)
  const timer = setTimeout(lost, patienceMs)
  try {
    const port = await promise
    return { pid: child.pid ?? 0, port, [Symbol.asyncDispose]: () => stopProcess(child) }
  } catch (cause) {
    await stopProcess(child)
    throw cause
  } finally {
    clearTimeout(timer)
  }
}
