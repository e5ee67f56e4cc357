import { equalBytes } from '../../../bytes/index.ts'
import { shapeOf } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import { foldPeaks, peaksOf } from '../tree-hasher.ts'
import type { Audit, Row } from './audit.ts'
import { mend } from './mend.ts'
import { anyRow, deriveRow, exactRow, reportWhole } from './row-repair.ts'
import { readOrWider, reportTile } from './tile-file.ts'
import type { FoundFile } from './tile-file.ts'

interface EdgeTile {
  readonly resource: Resource
  readonly found: FoundFile
  readonly stored: Uint8Array | undefined
  readonly derived: Uint8Array | undefined
}

/**
 * Reads the partial tiles of all levels, lowest first, and proves them: together they fold to the
 * signed root. Where they do not, what lies below them decides which of them is wrong.
 */
export async function readRightEdge(audit: Audit): Promise<readonly Row[]> {
  const tiles = await readEdgeTiles(audit)
  const stored = tiles.flatMap((tile) => tile.stored ?? [])
  if (stored.length === tiles.length && isTree(stored, audit)) return provenRows(tiles, stored)
  const doubtful: EdgeTile[] = []
  for (const tile of tiles) {
    doubtful.push({ ...tile, derived: await deriveRow(audit, tile.resource, tile.stored) })
  }
  const right = mend(doubtful, (candidate) => isTree(candidate, audit))
  if (right !== undefined) {
    for (const [i, { resource, found }] of tiles.entries()) {
      reportTile(audit.problems, resource, found, right[i] ?? new Uint8Array(0))
    }
    return provenRows(tiles, right)
  }
  reportEdge(audit, doubtful)
  return doubtful.map(({ resource, stored, derived }) => {
    return { ...resource, hashes: anyRow(resource, stored, derived), proven: false }
  })
}

async function readEdgeTiles({ source, size }: Audit): Promise<readonly EdgeTile[]> {
  const partial = shapeOf(size).filter(({ partialWidth }) => partialWidth > 0)
  return Promise.all(
    partial.map(async ({ level, full, partialWidth }) => {
      const resource: Resource = { kind: 'tile', level, index: full, width: partialWidth }
      const found = await readOrWider(source, resource)
      return { resource, found, stored: exactRow(found, resource), derived: undefined }
    }),
  )
}

function provenRows(tiles: readonly EdgeTile[], rows: readonly Uint8Array[]): readonly Row[] {
  return tiles.map(({ resource }, i) => {
    return { ...resource, hashes: rows[i] ?? new Uint8Array(0), proven: true }
  })
}

/** Whether rows of all levels, lowest first, fold to the signed root. */
function isTree(rows: readonly Uint8Array[], { root }: Audit): boolean {
  const peaks = rows.toReversed().flatMap((row) => peaksOf(row))
  return equalBytes(foldPeaks(peaks), root)
}

/** Names the files that must be wrong; if all agree with one another, says that they do. */
function reportEdge(audit: Audit, tiles: readonly EdgeTile[]): void {
  const [only] = tiles
  if (only !== undefined && tiles.length === 1) {
    reportWhole(audit, only.resource, only)
    return
  }
  const before = audit.problems.found.length
  for (const { resource, found, stored, derived } of tiles) {
    const tile = { level: resource.level, index: resource.index }
    const agrees = stored !== undefined && derived !== undefined && equalBytes(stored, derived)
    if (found.bytes === undefined) {
      audit.problems.add({ code: 'TILE_MISSING', file: found.path, tile })
    } else if (!agrees) {
      audit.problems.add({ code: 'TILE_WRONG', file: found.path, tile })
    }
  }
  if (audit.problems.found.length === before) {
    audit.problems.add({ code: 'ROOT_MISMATCH', file: 'checkpoint' })
  }
}
