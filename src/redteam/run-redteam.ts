import { dirname } from 'node:path'
import { attacksNamed, type AttackRow, runAttacks } from './run-attacks.ts'
import { type PublishedVerdict, verifyPublished } from './verify-published.ts'
import { type RedWorld, startWorld } from './world/start-world.ts'

/** How the red team runs. */
export interface RedteamOptions {
  /** Names of attacks; all of them when empty. */
  readonly only: readonly string[]
  /** An empty or missing folder, where everything is left. */
  readonly dir: string
}

/** A process that was attacked. */
export interface AttackedProcess {
  readonly name: string
  readonly pid: number
  readonly port: number
  readonly folder: string
}

/** What came of all attacks. */
export interface RedteamReport {
  readonly processes: readonly AttackedProcess[]
  readonly attacks: readonly AttackRow[]
  /** The attacked logs as anybody verifies them, afterwards. */
  readonly logs: readonly PublishedVerdict[]
}

/** Told what is being done, in a few words. */
export type TellRedteam = (what: string) => void

function processesOf({ processes, tax, social }: RedWorld): readonly AttackedProcess[] {
  const folders = [tax, social].map(({ configFile }) => dirname(configFile))
  return processes.map(({ name, pid, port }, place) => ({
    name,
    pid,
    port,
    folder: folders[place] ?? '',
  }))
}

/**
 * Starts two providers in processes of their own, attacks them, and has their logs verified.
 *
 * @throws {@link RedteamError} `ATTACK_UNKNOWN`, `RUN_REJECTED`
 */
export async function runRedteam(
  { only, dir }: RedteamOptions,
  tell: TellRedteam,
): Promise<RedteamReport> {
  const attacks = attacksNamed(only)
  tell('founding two providers and their consumer')
  await using world = await startWorld({ dir })
  const processes = processesOf(world)
  for (const { name, pid, port, folder } of processes)
    tell(`${name}: process ${pid}, port ${port}, ${folder}`)
  const rows = await runAttacks(world, attacks, ({ attack, result }) =>
    tell(`${attack.name}: ${result.isReached ? 'SUCCEEDS' : result.code}`),
  )
  tell('verifying both logs')
  const logs: PublishedVerdict[] = []
  for (const at of [world.tax, world.social])
    logs.push(await verifyPublished(at, world.nodeOptions))
  return { processes, attacks: rows, logs }
}

/** Whether every attack was stopped, and both logs verify. */
export function isHeld({ attacks, logs }: RedteamReport): boolean {
  return attacks.every(({ result }) => !result.isReached) && logs.every(({ ok }) => ok)
}
