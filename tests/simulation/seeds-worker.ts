import { parentPort, workerData } from 'node:worker_threads'
import { type SeedsOrder, trySeed } from './run-seeds.ts'

/** A thread that runs the seeds it is told, and posts what each came to. */

function orderOf(passed: unknown): SeedsOrder {
  return passed as SeedsOrder
}

for (const seed of orderOf(workerData).seeds) parentPort?.postMessage(await trySeed(seed))
