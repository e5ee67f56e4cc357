import { equalBytes } from '../../../bytes/index.ts'
import { readBundle } from '../bundle.ts'
import { TILE_WIDTH } from '../resource-path.ts'
import { entryHash, HASH_BYTES } from '../tree-hasher.ts'
import type { Audit, Row } from './audit.ts'
import type { FoundFile } from './tile-file.ts'

/** An entry as its bundle has it, and as the log committed to it. */
export interface FoundEntry {
  readonly entry: number
  /** The proven leaf hash. */
  readonly hash: Uint8Array
  /** The entry's bytes when they have that hash; `undefined` when the bundle has them not. */
  readonly leaf: Uint8Array | undefined
  readonly file: string
  readonly offset: number
}

/**
 * Re-hashes a bundle against the leaf hashes of its row, which has as many, and reports the first
 * entry of each run of wrong ones. Yields every entry of the row.
 */
export function* checkBundle(
  { problems, sha256 }: Audit,
  { path: file, bytes }: FoundFile,
  row: Row,
): Generator<FoundEntry, void> {
  const first = row.index * TILE_WIDTH
  if (bytes === undefined) problems.add({ code: 'BUNDLE_MISSING', file, entry: first })
  let inRun = bytes === undefined
  let i = 0
  for (const item of readBundle(bytes ?? new Uint8Array(0), row.width)) {
    const { offset } = item
    const entry = first + i
    if (item.kind === 'fault') {
      // After a wrong entry the fault is its consequence: its length was wrong.
      const where = i < row.width ? { offset, entry } : { offset }
      if (!inRun) problems.add({ code: 'BUNDLE_MALFORMED', file, ...where })
      break
    }
    const hash = hashAt(row, i)
    const right = equalBytes(entryHash(item.entry, sha256), hash)
    if (!right && !inRun) problems.add({ code: 'ENTRY_WRONG', file, offset, entry })
    yield { entry, hash, leaf: right ? item.entry : undefined, file, offset }
    inRun = !right
    i += 1
  }
  for (; i < row.width; i += 1) {
    yield { entry: first + i, hash: hashAt(row, i), leaf: undefined, file, offset: 0 }
  }
}

function hashAt({ hashes }: Row, i: number): Uint8Array {
  return hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)
}
