import { equalBytes } from '../../../bytes/index.ts'
import type { Checkpoint } from '../checkpoint.ts'
import { shapeOf } from '../resource-path.ts'
import { foldPeaks, HASH_BYTES, peaksOf } from '../tree-hasher.ts'
import type { Row } from './audit.ts'

/** Finds out from the tiles themselves whether a log continues an earlier checkpoint of it. */
export interface EarlierRoot {
  /** Takes note of a row, where the earlier tree has a part of it. */
  visit(row: Row): void
  /**
   * Whether the tree of the earlier size has the earlier root; `'unknown'` while rows that decide
   * it were not proven.
   */
  verdict(): boolean | 'unknown'
}

/** Follows a checkpoint that is not larger than the log. Memory: one tile for each level. */
export function earlierRoot({ size, root }: Checkpoint): EarlierRoot {
  const wanted = shapeOf(size).filter(({ partialWidth }) => partialWidth > 0)
  const found = new Map<number, Uint8Array>()
  return {
    visit({ level, index, hashes, proven }) {
      const part = wanted.find((shape) => shape.level === level && shape.full === index)
      if (part === undefined || !proven) return
      found.set(level, hashes.slice(0, part.partialWidth * HASH_BYTES))
    },
    verdict() {
      if (found.size < wanted.length) return 'unknown'
      const rows = wanted.toReversed().flatMap(({ level }) => found.get(level) ?? [])
      return equalBytes(foldPeaks(rows.flatMap((row) => peaksOf(row))), root)
    },
  }
}
