import { resourcePath, TILE_WIDTH } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import { HASH_BYTES } from '../tree-hasher.ts'
import type { Audit } from './audit.ts'
import { bundleHashes, readOrWider, storedTileRoot } from './tile-file.ts'
import type { FoundFile } from './tile-file.ts'

/** What the row must be if everything below it is right; the stored hash where a child is missing. */
export async function deriveRow(
  { source }: Audit,
  { level, index, width }: Resource,
  stored: Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  if (level === 0) {
    const { bytes } = await readOrWider(source, { kind: 'entries', level, index, width })
    return bytes === undefined ? undefined : bundleHashes(bytes, width)
  }
  const row = stored?.slice() ?? new Uint8Array(width * HASH_BYTES)
  for (let i = 0; i < width; i += 1) {
    const child = await storedTileRoot(source, level - 1, index * TILE_WIDTH + i)
    if (child !== undefined) row.set(child, i * HASH_BYTES)
  }
  return row
}

/** The row in a file, `undefined` if the file is missing or has another length. */
export function exactRow({ bytes }: FoundFile, { width }: Resource): Uint8Array | undefined {
  return bytes?.length === width * HASH_BYTES ? bytes : undefined
}

/** A row to go on with when none can be proven: what lies below it then agrees with it. */
export function anyRow(
  { width }: Resource,
  stored: Uint8Array | undefined,
  derived: Uint8Array | undefined,
): Uint8Array {
  return derived ?? stored ?? new Uint8Array(width * HASH_BYTES)
}

/** Reports a tile that is wrong without its being known where, and with it the bundle below. */
export function reportWhole(
  { problems, size }: Audit,
  { level, index, width }: Resource,
  { found, derived }: { readonly found: FoundFile; readonly derived: Uint8Array | undefined },
): void {
  const tile = { level, index }
  const missing = found.bytes === undefined
  problems.add({ code: missing ? 'TILE_MISSING' : 'TILE_WRONG', file: found.path, tile })
  if (level !== 0 || derived === undefined || size === 0) return
  const file = resourcePath({ kind: 'entries', level, index, width })
  problems.add({ code: 'ENTRY_WRONG', file, entry: index * TILE_WIDTH })
}
