import { LEAF_CLASSES } from '../make-entry.ts'
import { readPublicEntry } from '../read-entry.ts'
import type { LogReader } from '../state-store.ts'
import type { GovernanceOpening, PublishableLog } from './publisher.ts'

async function readOpenings(
  reader: LogReader,
  first: number,
  count: number,
): Promise<readonly GovernanceOpening[]> {
  const leaves = await reader.readLeaves(first, count)
  const openings: GovernanceOpening[] = []
  for (const [place, leaf] of leaves.entries()) {
    if (leaf[1] !== LEAF_CLASSES.governance) continue
    const index = first + place
    const payload = await readPublicEntry(reader, index)
    if (payload === undefined) throw new TypeError('a governance entry is never erased')
    openings.push({ index, r: payload.r, recordBytes: payload.recordBytes })
  }
  return openings
}

/** A stored log as a publisher reads it, with the openings of its governance entries. */
export function publishableLog(reader: LogReader): PublishableLog {
  return {
    readTile: (level, index) => reader.readTile(level, index),
    readLeaves: (first, count) => reader.readLeaves(first, count),
    readOpenings: (first, count) => readOpenings(reader, first, count),
  }
}
