import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BenchError } from '../bench-error.ts'
import { peakMiBOf } from '../machine.ts'
import { cliProgram } from './cli-program.ts'
import type { LogWorld } from './log-world.ts'

/** What `cloison log verify` took for a whole log. */
export interface VerifyRun {
  readonly seconds: number
  /** Highest resident memory of the process, MiB; absent where the system does not tell. */
  readonly peakMiB: number | undefined
}

const lookMs = 50

/**
 * Runs `cloison log verify` on a world's published folder, in a process of its own, from start to exit.
 *
 * @throws {@link BenchError} `RUN_REJECTED` when it does not find the log good and of `size` entries
 */
export async function verifyRun(world: LogWorld, size: number): Promise<VerifyRun> {
  const vkeys = join(world.folder, 'vkeys.txt')
  await writeFile(vkeys, `${world.trust.provider.logVerifierKey}\n`)
  const policy = join(world.folder, 'policy.txt')
  const args = ['log', 'verify', world.published, '--vkeys', vkeys, '--policy', policy, '--json']
  const begun = performance.now()
  const child = spawn(process.execPath, [cliProgram, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  let peakMiB: number | undefined
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString('utf8')))
  const look = setInterval(() => (peakMiB = peakMiBOf(child.pid ?? 0) ?? peakMiB), lookMs)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(look)
  const seconds = (performance.now() - begun) / 1000
  if (code !== 0 || !output.includes(`"size":${size},`)) {
    throw new BenchError('RUN_REJECTED', `The log is not good: ${output.slice(0, 300)}`)
  }
  return { seconds, peakMiB }
}
