import { parentPort, workerData } from 'node:worker_threads'
import type { SimulationReport } from '../../src/testing/simulation/index.ts'
import { runSeed } from './run-seed.ts'
import type { SeedsOrder } from './run-seeds.ts'

/** A thread that runs the seeds it is told, and posts each report. */

function orderOf(passed: unknown): SeedsOrder {
  return passed as SeedsOrder
}

async function reportOf(seed: number): Promise<SimulationReport | string> {
  try {
    return await runSeed(seed)
  } catch (cause) {
    return `seed ${seed}: ${cause instanceof Error ? (cause.stack ?? cause.message) : 'failed'}`
  }
}

for (const seed of orderOf(workerData).seeds) {
  parentPort?.postMessage(await reportOf(seed))
}
