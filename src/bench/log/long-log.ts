import type { LogWorld } from './log-world.ts'
import { startPublishing } from './publishing.ts'
import { openFillingWriter } from './raw-writer.ts'
import { sealedEntries } from './sealed-entries.ts'

/** Entries in one commit of a log that is being filled. */
const group = 8_192
const mebibyte = 1_048_576

/** What filling a log came to. */
export interface Filled {
  readonly size: number
  /** By how much the resident memory of this process has grown, MiB. */
  readonly grownMiB: number
}

/** Appends until the log has `size` entries, through the gateway's writer, and publishes all of them. */
export async function fillLog(world: LogWorld, size: number): Promise<Filled> {
  const pool = sealedEntries(world, Date.now())
  await using publishing = await startPublishing(world)
  using writer = await openFillingWriter(world)
  let filled = writer.size
  let before: number | undefined
  while (filled < size) {
    const count = Math.min(group, size - filled)
    const batch = Array.from({ length: count }, (_, place) => {
      const entry = pool[place % pool.length]
      if (entry === undefined) throw new TypeError('the pool is empty')
      return entry
    })
    await writer.log.commit(batch)
    filled += count
    before ??= process.memoryUsage.rss()
  }
  await publishing.covers(filled)
  const after = process.memoryUsage.rss()
  return { size: filled, grownMiB: (after - (before ?? after)) / mebibyte }
}
