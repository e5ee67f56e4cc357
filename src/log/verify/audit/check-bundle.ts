import { equalBytes } from '../../../bytes/index.ts'
import { readBundle } from '../bundle.ts'
import { TILE_WIDTH } from '../resource-path.ts'
import { entryHash, HASH_BYTES } from '../tree-hasher.ts'
import type { Row } from './audit.ts'
import type { ProblemList } from './log-problem.ts'
import type { FoundFile } from './tile-file.ts'

/** An entry that is the one the log committed to, and where it stands. */
export interface ProvenEntry {
  readonly entry: number
  readonly leaf: Uint8Array
  readonly file: string
  readonly offset: number
}

/**
 * Re-hashes a bundle against the leaf hashes of its row, which has as many, and reports the first
 * entry of each run of wrong ones. Yields the others.
 */
export function* checkBundle(
  problems: ProblemList,
  { path: file, bytes }: FoundFile,
  row: Row,
): Generator<ProvenEntry, void> {
  const first = row.index * TILE_WIDTH
  if (bytes === undefined) {
    problems.add({ code: 'BUNDLE_MISSING', file, entry: first })
    return
  }
  let inRun = false
  let i = 0
  for (const item of readBundle(bytes, row.width)) {
    const { offset } = item
    const entry = first + i
    if (item.kind === 'fault') {
      // After a wrong entry the fault is its consequence: its length was wrong.
      const where = i < row.width ? { offset, entry } : { offset }
      if (!inRun) problems.add({ code: 'BUNDLE_MALFORMED', file, ...where })
      return
    }
    const expected = row.hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)
    const right = equalBytes(entryHash(item.entry), expected)
    if (right) yield { entry, leaf: item.entry, file, offset }
    else if (!inRun) problems.add({ code: 'ENTRY_WRONG', file, offset, entry })
    inRun = !right
    i += 1
  }
}
