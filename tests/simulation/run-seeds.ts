import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SimulationReport } from '../../src/testing/simulation/index.ts'
import { runSeed } from './run-seed.ts'

/** What one thread is to run. */
export interface SeedsOrder {
  readonly seeds: readonly number[]
}

/** A report, or what kept a seed from having one. */
export type SeedResult = SimulationReport | string

/** Runs one seed; a failure of the simulation itself names the seed. */
export async function trySeed(seed: number): Promise<SeedResult> {
  try {
    return await runSeed(seed)
  } catch (cause) {
    return `seed ${seed}: ${cause instanceof Error ? (cause.stack ?? cause.message) : 'failed'}`
  }
}

async function runThread(order: SeedsOrder, take: (result: SeedResult) => void): Promise<void> {
  const worker = new Worker(new URL('./seeds-worker.ts', import.meta.url), { workerData: order })
  worker.on('message', take)
  await once(worker, 'exit')
}

async function runHere({ seeds }: SeedsOrder, take: (result: SeedResult) => void): Promise<void> {
  for (const seed of seeds) take(await trySeed(seed))
}

/**
 * Runs `count` seeds from `from` on, half of them in a second thread.
 *
 * @throws Error when a seed failed by itself, with the seed
 */
export async function runSeeds(from: number, count: number): Promise<readonly SimulationReport[]> {
  const results: SeedResult[] = []
  const take = (result: SeedResult): void => void results.push(result)
  const seeds = Array.from({ length: count }, (_, place) => from + place)
  await Promise.all([
    runThread({ seeds: seeds.filter((seed) => seed % 2 === 1) }, take),
    runHere({ seeds: seeds.filter((seed) => seed % 2 === 0) }, take),
  ])
  const failure = results.find((result) => typeof result === 'string')
  if (failure !== undefined) throw new Error(failure)
  return results.filter((result) => typeof result !== 'string')
}
