import { Worker } from 'node:worker_threads'
import {
  type JoinTier,
  type ThreadedJoinGroup,
  threadedJoinGroup,
} from '../../../platform/index.ts'
import type { PlacedQueue } from './open-parts.ts'

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/**
 * The same group with all but one part of each batch computed by worker processes over a queue (`spec/join-queue.md`), one
 * thread here waiting for each. Where the queue cannot be opened, this process computes alone. It hashes no identifiers.
 */
export function queuedJoinGroup(tier: JoinTier, placed: PlacedQueue): ThreadedJoinGroup {
  return threadedJoinGroup(
    tier,
    placed.workers + 1,
    (ready) =>
      new Worker(new URL(`./part-thread${extension}`, import.meta.url), {
        workerData: { placed, ready },
      }),
  )
}
