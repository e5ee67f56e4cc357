import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PublishedVerdict } from '../verify-published.ts'
import type { DragnetCounts } from './dragnet-counts.ts'
import { type DragnetProcess, runDragnet } from './run-dragnet.ts'
import { simulateDragnet, type SimulatedPath } from './simulate-dragnet.ts'

/** Both halves of the dragnet. */
export interface DragnetReport {
  /** People who are asked for in the simulation, and residents of its register. */
  readonly names: number
  readonly populationSize: number
  readonly simulated: readonly SimulatedPath[]
  /** People who are asked for at the real gateway. */
  readonly realNames: number
  readonly processes: readonly DragnetProcess[]
  readonly real: readonly DragnetCounts[]
  /** The real gateway's log as anybody verifies it, afterwards. */
  readonly log: PublishedVerdict
}

/** Most names that the real gateway is asked for. */
const mostReal = 2_000
const populationSize = 10_000_000

/** Asks for everybody: first a real gateway for some thousand names, then in simulation for all of them. */
export async function replayDragnet(
  { names, dir }: { readonly names: number; readonly dir: string },
  tell: (what: string) => void,
): Promise<DragnetReport> {
  const realNames = Math.min(names, mostReal)
  const { processes, paths, log } = await runDragnet({ names: realNames, dir }, tell)
  const counters = join(dir, 'counters')
  await mkdir(counters, { recursive: true })
  const wish = { names, populationSize: Math.max(populationSize, names), dir: counters }
  const simulated = await simulateDragnet(wish, tell)
  const { populationSize: residents } = wish
  return { names, populationSize: residents, simulated, realNames, processes, real: paths, log }
}
