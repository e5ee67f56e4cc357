import { dirname, join } from 'node:path'
import type { Attack } from './attack.ts'
import { isWithinCaps } from './dragnet/dragnet-table.ts'
import { type DragnetReport, replayDragnet } from './dragnet/replay-dragnet.ts'
import { attacksNamed, type AttackRow, runAttacks } from './run-attacks.ts'
import { type PublishedVerdict, verifyPublished } from './verify-published.ts'
import { type RedWorld, startWorld } from './world/start-world.ts'

/** How the red team runs. */
export interface RedteamOptions {
  /** Names of attacks, `dragnet` among them; all of them when empty. */
  readonly only: readonly string[]
  /** People whom the simulated dragnet asks for. */
  readonly names: number
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

/** What came of the single attacks. */
export interface AttacksReport {
  readonly processes: readonly AttackedProcess[]
  readonly attacks: readonly AttackRow[]
  /** The attacked logs as anybody verifies them, afterwards. */
  readonly logs: readonly PublishedVerdict[]
}

/** What came of everything that was run. */
export interface RedteamReport {
  readonly single: AttacksReport | undefined
  readonly dragnet: DragnetReport | undefined
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

/** Starts two providers in processes of their own, attacks them, and has their logs verified. */
async function attackProviders(
  attacks: readonly Attack[],
  dir: string,
  tell: TellRedteam,
): Promise<AttacksReport> {
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

/** The name under which the dragnet is chosen. */
const dragnetName = 'dragnet'

/**
 * Runs the attacks that are named, and the dragnet if it is.
 *
 * @throws {@link RedteamError} `ATTACK_UNKNOWN`, `RUN_REJECTED`
 */
export async function runRedteam(
  { only, dir, names }: RedteamOptions,
  tell: TellRedteam,
): Promise<RedteamReport> {
  const single = only.filter((name) => name !== dragnetName)
  const isSingle = only.length === 0 || single.length > 0
  const isDragnet = only.length === 0 || only.includes(dragnetName)
  const attacks = attacksNamed(single)
  return {
    single: isSingle ? await attackProviders(attacks, dir, tell) : undefined,
    dragnet: isDragnet
      ? await replayDragnet({ names, dir: join(dir, dragnetName) }, tell)
      : undefined,
  }
}

/** Whether every attack was stopped, nothing left beyond the caps, and all logs verify. */
export function isHeld({ single, dragnet }: RedteamReport): boolean {
  const isStopped = single?.attacks.every(({ result }) => !result.isReached) ?? true
  const isSmall =
    dragnet === undefined || (isWithinCaps(dragnet.real) && isWithinCaps(dragnet.simulated))
  const logs = [...(single?.logs ?? []), ...(dragnet === undefined ? [] : [dragnet.log])]
  return isStopped && isSmall && logs.every(({ ok }) => ok)
}
