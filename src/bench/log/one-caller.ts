import { requireReceipts, type SampledReceipt } from './check-log.ts'
import type { LogWorld } from './log-world.ts'
import { openRawWriter } from './raw-writer.ts'
import { sealedEntries } from './sealed-entries.ts'

const appends = 2_000
const warmUp = 200

/**
 * Milliseconds that one caller waits for each durable acknowledgement with its inclusion proof, one
 * append a commit. Every receipt is verified afterwards.
 */
export async function oneCaller(world: LogWorld): Promise<readonly number[]> {
  const pool = sealedEntries(world, Date.now())
  const sampled: SampledReceipt[] = []
  const takenMs: number[] = []
  using writer = await openRawWriter(world)
  for (let at = 0; at < warmUp + appends; at += 1) {
    const entry = pool[at % pool.length]
    if (entry === undefined) throw new TypeError('the pool is empty')
    const begun = performance.now()
    const [appended] = await writer.log.commit([entry])
    if (at >= warmUp) takenMs.push(performance.now() - begun)
    if (appended === undefined) throw new TypeError('an append has a result')
    sampled.push({ leaf: entry.leaf, receipt: appended.receipt, index: appended.index })
  }
  requireReceipts(sampled, world.policy)
  return takenMs
}
