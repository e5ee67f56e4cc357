import { parentPort, workerData } from 'node:worker_threads'
import { runFlips } from './flips.ts'

/** A thread that flips as many bits as it is told, and posts what was found. */

function orderOf(passed: unknown): { readonly seed: string; readonly count: number } {
  return passed as { readonly seed: string; readonly count: number }
}

const { seed, count } = orderOf(workerData)
parentPort?.postMessage(await runFlips(seed, count))
