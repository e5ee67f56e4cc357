import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SimulationReport } from '../../src/testing/simulation/index.ts'

/** What one thread is to run. */
export interface SeedsOrder {
  readonly seeds: readonly number[]
}

const threadCount = 2

/** What a thread posts: a report, or what kept a seed from having one. */
type Posted = SimulationReport | string

function share(from: number, count: number, part: number): readonly number[] {
  return Array.from({ length: count }, (_, place) => from + place).filter(
    (seed) => seed % threadCount === part,
  )
}

async function runThread(order: SeedsOrder, take: (posted: Posted) => void): Promise<void> {
  const worker = new Worker(new URL('./seeds-worker.ts', import.meta.url), { workerData: order })
  worker.on('message', take)
  await once(worker, 'exit')
}

/**
 * Runs `count` seeds from `from` on in two threads.
 *
 * @throws Error when a seed failed by itself, with the seed
 */
export async function runSeeds(from: number, count: number): Promise<readonly SimulationReport[]> {
  const reports: SimulationReport[] = []
  const failures: string[] = []
  const take = (posted: Posted): void => {
    if (typeof posted === 'string') failures.push(posted)
    else reports.push(posted)
  }
  const threads = [0, 1].map((part) => share(from, count, part))
  await Promise.all(threads.map((seeds) => runThread({ seeds }, take)))
  const [failure] = failures
  if (failure !== undefined) throw new Error(failure)
  return reports
}
