import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import type { FoundedProvider } from './world/found-provider.ts'
import { healthOf, redteamCli } from './world/start-world.ts'

/** What `cloison log verify` says about a provider's published log. */
export interface PublishedVerdict {
  readonly log: string
  readonly ok: boolean
  readonly size: number
}

function verify(log: string, vkeys: string, nodeOptions: readonly string[]): Promise<string> {
  const args = [...nodeOptions, redteamCli, 'log', 'verify', log, '--vkeys', vkeys, '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  return new Promise((resolve) => child.once('close', () => resolve(said)))
}

/** What of the report of `cloison log verify --json` is read here. */
export interface VerifyReport {
  readonly ok: boolean
  readonly size: number
  readonly problems: readonly { readonly code: string; readonly entry?: number }[]
}

/** The report of `cloison log verify` on a published folder, in a process of its own. */
export async function reportOf(
  folder: string,
  nodeOptions: readonly string[],
): Promise<VerifyReport> {
  const said = await verify(join(folder, 'log'), join(folder, 'vkeys.txt'), nodeOptions)
  return JSON.parse(said) as VerifyReport
}

const tries = 40
const pauseMs = 250

/** Waits until everything is published, and has it verified. */
export async function verifyPublished(
  at: FoundedProvider,
  nodeOptions: readonly string[],
): Promise<PublishedVerdict> {
  const { logSize } = await healthOf(at)
  const { folder, id: log } = at.organisation
  for (let left = tries; ; left -= 1) {
    const { ok, size } = await reportOf(folder, nodeOptions)
    if (!ok || size >= logSize || left === 0) return { log, ok: ok && size >= logSize, size }
    await sleep(pauseMs)
  }
}
