import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** The project's root. */
export const projectRoot: string = resolve(import.meta.dirname, '../..')

/** The command line's script, to be run by this Node: from source, or as `CLOISON_PROGRAM` names it. */
export const cliScript: string =
  process.env['CLOISON_PROGRAM'] ?? join(projectRoot, 'src/cli/main.ts')

/** How a gateway process ended, and all it said. */
export interface GatewayEnd {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** `cloison serve` as a process of its own. */
export interface GatewayProcess {
  readonly child: ChildProcess
  readonly pid: number
  /** Resolves once it has said that it listens; rejects when it ends before. */
  readonly listening: Promise<void>
  /** Resolves when the process is gone and its output is read. */
  readonly ended: Promise<GatewayEnd>
  /** What it has written to standard error so far. */
  stderr(): string
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
  /** Asks it to stop; resolves when it has. */
  stop(): Promise<GatewayEnd>
}

/** How the process is started, beyond its configuration. */
export interface GatewayPlan {
  /** A program and its arguments that run Node, such as a tracer. */
  readonly under?: readonly string[]
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[]
}

/** The script from source, whatever `CLOISON_PROGRAM` names: what is loaded before it changes modules one by one. */
const sourceScript = join(projectRoot, 'src/cli/main.ts')

/** Starts `cloison serve -c configPath`. */
export function startGateway(configPath: string, plan: GatewayPlan = {}): GatewayProcess {
  const { nodeOptions = [] } = plan
  const script = nodeOptions.length === 0 ? cliScript : sourceScript
  const serve = [...nodeOptions, script, 'serve', '-c', configPath]
  const [program, ...underArguments] = [...(plan.under ?? []), process.execPath]
  const child = spawn(program, [...underArguments, ...serve], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  const heard = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<GatewayEnd>()
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.stdout += `${line}\n`
    if (line.includes('"listening"')) heard.resolve()
  })
  child.once('close', (exitCode, signal) => {
    gone.resolve({ exitCode, signal, ...output })
    heard.reject(new Error(`the gateway ended before it listened: ${output.stderr}`))
  })
  child.once('error', (cause) => heard.reject(cause))
  // A start that is killed on purpose rejects here, and nobody waits for it.
  heard.promise.catch(() => undefined)
  return {
    child,
    pid: child.pid ?? 0,
    listening: heard.promise,
    ended: gone.promise,
    stderr: () => output.stderr,
    async kill() {
      child.kill('SIGKILL')
      await gone.promise
    },
    async stop() {
      child.kill('SIGTERM')
      return gone.promise
    },
  }
}

/** Resident memory of a process in MiB, as the kernel counts it; `peak` is the most it ever had. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN)
  return { now: kibibytes('VmRSS') / 1024, peak: kibibytes('VmHWM') / 1024 }
}
