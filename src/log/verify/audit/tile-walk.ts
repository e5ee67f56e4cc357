import { equalBytes } from '../../../bytes/index.ts'
import { TILE_WIDTH } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import { HASH_BYTES, perfectRoot } from '../tree-hasher.ts'
import type { Audit, Row } from './audit.ts'
import { mend } from './mend.ts'
import { readRightEdge } from './right-edge.ts'
import { anyRow, deriveRow, exactRow, reportWhole } from './row-repair.ts'
import { readOrWider, reportTile } from './tile-file.ts'
import type { FoundFile } from './tile-file.ts'

/** Gives the hashes of any tile, each proven from the signed root downwards. */
export interface TileWalk {
  /**
   * The row of a tile that the tree has. Call with ascending indexes within each level: of every
   * level only the last tile is kept. `file` is the tile's file when it was read already.
   */
  row(level: number, index: number, file?: FoundFile): Promise<Row>
}

/** Called once for every row, before its first use. */
export type RowVisitor = (row: Row) => Promise<void>

/**
 * Starts at the right edge: the partial tiles of all levels fold to the signed root. From there
 * each full tile must hash to the hash that its parent row holds for it. Where it does not, what
 * lies below decides which file is wrong, and the walk goes on with the right hashes.
 */
export async function startTileWalk(audit: Audit, visit: RowVisitor): Promise<TileWalk> {
  const edge = await readRightEdge(audit)
  for (const row of edge) await visit(row)
  const kept = new Map<number, Row>(edge.map((row) => [row.level, row]))
  const edges = new Map(edge.map((row) => [row.level, row]))

  async function row(level: number, index: number, file?: FoundFile): Promise<Row> {
    const last = kept.get(level)
    if (last?.index === index) return last
    const onEdge = edges.get(level)
    if (onEdge?.index === index) return onEdge
    const parent = await row(level + 1, Math.floor(index / TILE_WIDTH))
    const at = (index % TILE_WIDTH) * HASH_BYTES
    const expected = parent.hashes.subarray(at, at + HASH_BYTES)
    const resource: Resource = { kind: 'tile', level, index, width: TILE_WIDTH }
    const found = file ?? (await readOrWider(audit.source, resource))
    const proven = await proveFull(audit, {
      resource,
      found,
      expected,
      parentProven: parent.proven,
    })
    kept.set(level, proven)
    await visit(proven)
    return proven
  }

  return { row }
}

interface FullTile {
  readonly resource: Resource
  readonly found: FoundFile
  readonly expected: Uint8Array
  readonly parentProven: boolean
}

async function proveFull(audit: Audit, tile: FullTile): Promise<Row> {
  const { resource, found, expected, parentProven } = tile
  const stored = exactRow(found, resource)
  if (stored !== undefined && equalBytes(perfectRoot(stored, audit.sha256), expected)) {
    return { ...resource, hashes: stored, proven: parentProven }
  }
  const derived = await deriveRow(audit, resource, stored)
  const right = mend([{ stored, derived }], ([row]) => {
    return row !== undefined && equalBytes(perfectRoot(row, audit.sha256), expected)
  })?.[0]
  if (right !== undefined) {
    reportTile(audit.problems, resource, found, right)
    return { ...resource, hashes: right, proven: parentProven }
  }
  if (parentProven) reportWhole(audit, resource, { found, derived })
  return { ...resource, hashes: anyRow(resource, stored, derived), proven: false }
}
