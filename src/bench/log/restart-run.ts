import { startBenchProcess } from '../bench-process.ts'
import { peakMiBOf } from '../machine.ts'
import { cliProgram } from './cli-program.ts'
import type { LogWorld } from './log-world.ts'

/** What a restart took. */
export interface Restart {
  /** From the start of the process until it listens and answers. */
  readonly seconds: number
  /** Highest resident memory until then, MiB; absent where the system does not tell. */
  readonly peakMiB: number | undefined
}

async function startGateway(
  world: LogWorld,
): Promise<{ readonly seconds: number; readonly pid: number } & AsyncDisposable> {
  const begun = performance.now()
  const gateway = await startBenchProcess({
    name: 'gateway',
    command: process.execPath,
    args: [cliProgram, 'serve', '-c', world.configFile],
  })
  const seconds = (performance.now() - begun) / 1000
  return { seconds, pid: gateway.pid, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() }
}

/** Starts the world's gateway, kills it with SIGKILL, and starts it again: the second start counts. */
export async function restartRun(world: LogWorld): Promise<Restart> {
  {
    await using gateway = await startGateway(world)
    process.kill(gateway.pid, 'SIGKILL')
  }
  await using gateway = await startGateway(world)
  return { seconds: gateway.seconds, peakMiB: peakMiBOf(gateway.pid) }
}
