import { groupCommit, type SealedEntry } from '../../log/index.ts'
import { requireLog, requireReceipts, type SampledReceipt } from './check-log.ts'
import type { LogWorld } from './log-world.ts'
import { type Publishing, startPublishing } from './publishing.ts'
import { type Appended, openRawWriter } from './raw-writer.ts'
import { sealedEntries } from './sealed-entries.ts'

/** How a round of appends runs. */
export interface AppendPlan {
  readonly entries: number
  /** Most entries in one commit. */
  readonly group: number
  /** Callers that wait for an acknowledgement at a time. */
  readonly callers: number
  /** `synced`: an append counts once every tile, bundle and partial file that covers it is on disk. */
  readonly tiles: 'synced' | 'behind'
}

/** What a round of appends came to. */
export interface AppendRound {
  /** Acknowledged appends a second. */
  readonly rate: number
  /** From the last acknowledgement until everything was published, milliseconds. */
  readonly lagMs: number
  /** Appends a second until the last of them was published. */
  readonly publishedRate: number
}

/** One receipt in so many is verified. */
const checkedEvery = 97
/** While tiles are written behind, a round of publishing begins so long after the last one. */
const publishPauseMs = 200

interface Line {
  readonly append: (entry: SealedEntry) => Promise<Appended>
  readonly pool: readonly SealedEntry[]
  readonly sampled: SampledReceipt[]
}

async function runCallers({ append, pool, sampled }: Line, plan: AppendPlan): Promise<void> {
  let at = 0
  async function caller(): Promise<void> {
    while (at < plan.entries) {
      const place = at
      at += 1
      const entry = pool[place % pool.length]
      if (entry === undefined) throw new TypeError('the pool is empty')
      const { index, receipt } = await append(entry)
      if (index % checkedEvery === 0) sampled.push({ index, receipt, leaf: entry.leaf })
    }
  }
  await Promise.all(Array.from({ length: plan.callers }, caller))
}

/** Publishes again and again until told to stop, as a gateway does at its pace. */
function publishBehind(publishing: Publishing, newest: () => number): () => Promise<void> {
  let isRunning = true
  const running = (async () => {
    while (isRunning) {
      await publishing.covers(newest())
      await new Promise((resolve) => setTimeout(resolve, publishPauseMs))
    }
  })()
  return async () => {
    isRunning = false
    await running
  }
}

/**
 * Appends entries that were sealed before, from many callers at a time, through the gateway's writer,
 * each acknowledged with its receipt, while the gateway's publisher runs in its own thread. Then
 * everything is published, receipts are verified and the whole log is.
 */
export async function appendRound(world: LogWorld, plan: AppendPlan): Promise<AppendRound> {
  const pool = sealedEntries(world, Date.now())
  const sampled: SampledReceipt[] = []
  let size = 0
  await using publishing = await startPublishing(world)
  using writer = await openRawWriter(world)
  const group = groupCommit<SealedEntry, Appended>(
    async (batch) => {
      const results = await writer.log.commit(batch)
      size = Math.max(size, results[0]?.size ?? 0)
      return results
    },
    plan.group,
    { mostWaiting: plan.callers + plan.group },
  )
  const append = async (entry: SealedEntry): Promise<Appended> => {
    const appended = await group.submit(entry)
    if (plan.tiles === 'synced') await publishing.covers(appended.size)
    return appended
  }
  const begun = performance.now()
  const stop = plan.tiles === 'behind' ? publishBehind(publishing, () => size) : undefined
  await runCallers({ append, pool, sampled }, plan)
  const acknowledged = performance.now()
  await stop?.()
  await publishing.covers(size)
  const published = performance.now()
  requireReceipts(sampled, world.policy)
  await requireLog(world, size)
  return {
    rate: (plan.entries / (acknowledged - begun)) * 1000,
    lagMs: published - acknowledged,
    publishedRate: (plan.entries / (published - begun)) * 1000,
  }
}
