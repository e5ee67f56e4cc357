import { equalBytes } from '../../../bytes/index.ts'
import { parseDecimal } from '../decimal.ts'
import { nodesAtLevel, parseResourcePath, resourcePath, TILE_WIDTH } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import { readBundle } from '../bundle.ts'
import type { LogSource } from '../log-source.ts'
import { parseLeaf } from '../opening.ts'
import { HASH_BYTES } from '../tree-hasher.ts'
import type { Audit, Row } from './audit.ts'
import { openingPath } from './check-entry.ts'
import { bundleHashes, readOrWider, readResource } from './tile-file.ts'

/** What {@link checkFiles} found beyond the signed size. */
export interface BeyondFiles {
  /** Paths that a longer log would have; at most 1,000. */
  readonly paths: readonly string[]
  /** Whether among them are entries with their tile that continue the right edge: the log was longer. */
  readonly continues: boolean
}

/** What the walk over the files needs to know from the walk over the tiles. */
export interface TreeFindings {
  /** The partial row of level 0, if there is one. */
  readonly edge: Row | undefined
  /** How many openings were judged with their entries; `undefined` where there must be none. */
  readonly openings: number | undefined
}

const MAX_BEYOND = 1000

/**
 * Walks over all files of a folder and reports those that do not belong to the log. The content of
 * those that do was checked with the tiles.
 */
export async function checkFiles(audit: Audit, findings: TreeFindings): Promise<BeyondFiles> {
  const { source, size, problems } = audit
  const withOpenings = findings.openings !== undefined
  const paths: string[] = []
  let openings = 0
  for await (const path of source.list?.('') ?? []) {
    const place = placeOf(path, size, withOpenings)
    if (place === 'opening') openings += 1
    if (place === 'beyond' && paths.length < MAX_BEYOND) paths.push(path)
    if (place === 'nowhere' && (await isThere(audit, path))) {
      problems.add({ code: 'FILE_UNEXPECTED', file: path })
    }
  }
  if (openings > (findings.openings ?? 0)) await reportOpenings(audit)
  return { paths, continues: paths.length > 0 && (await continuesLog(audit, findings.edge)) }
}

/** Where a file belongs: among the log's own, to its openings, to a longer log, or nowhere. */
function placeOf(
  path: string,
  size: number,
  withOpenings: boolean,
): 'own' | 'opening' | 'beyond' | 'nowhere' {
  if (path === 'checkpoint') return 'own'
  const resource = parseResourcePath(path)
  if (resource !== undefined) return isBeyond(resource, size) ? 'beyond' : 'own'
  const entry = withOpenings ? openingEntry(path) : undefined
  if (entry === undefined) return 'nowhere'
  return entry < size ? 'opening' : 'beyond'
}

/** The tiles and bundles of a tree end with its size. */
function isBeyond({ level, index, width }: Resource, size: number): boolean {
  return index * TILE_WIDTH + width > nodesAtLevel(size, level)
}

/** The entry whose opening a path is for. */
function openingEntry(path: string): number | undefined {
  const [folder, name = '', ...more] = path.split('/')
  if (folder !== 'governance' || more.length > 0) return undefined
  const entry = parseDecimal(name)
  return typeof entry === 'number' ? entry : undefined
}

/** A file being written may be gone by now: a running gateway renames its temporary files. */
async function isThere({ source }: Audit, path: string): Promise<boolean> {
  return (await source.read(path, 0)) !== undefined
}

/** There are more openings than governance entries: names those that belong to none. */
async function reportOpenings(audit: Audit): Promise<void> {
  for await (const path of audit.source.list?.('governance') ?? []) {
    const entry = openingEntry(path)
    if (entry === undefined || entry >= audit.size) continue
    const found = await classOf(audit, entry)
    if (found === 'exchange') {
      audit.problems.add({ code: 'OPENING_UNEXPECTED', file: openingPath(entry), entry })
    }
  }
}

/** The class that the entry has in its bundle; a wrong entry there is reported already. */
async function classOf({ source, size }: Audit, entry: number): Promise<string | undefined> {
  const index = Math.floor(entry / TILE_WIDTH)
  const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
  const { bytes } = await readOrWider(source, { kind: 'entries', level: 0, index, width })
  let i = index * TILE_WIDTH
  for (const item of readBundle(bytes ?? new Uint8Array(0), width)) {
    if (item.kind === 'fault') return undefined
    if (i === entry) return parseLeaf(item.entry)?.class
    i += 1
  }
  return undefined
}

/**
 * Whether files beyond the size are a longer state of this log, and not something that was put
 * there: a wider tile of level 0 begins with the edge, and its bundle hashes to it.
 */
async function continuesLog({ source, size }: Audit, edge: Row | undefined): Promise<boolean> {
  const index = Math.floor(size / TILE_WIDTH)
  const full: Resource = { kind: 'tile', level: 0, index, width: TILE_WIDTH }
  const start = edge?.hashes ?? new Uint8Array(0)
  const paths = [resourcePath(full)]
  for await (const path of source.list?.(`${resourcePath(full)}.p`) ?? []) paths.push(path)
  for (const path of paths) {
    const tile = parseResourcePath(path)
    if (tile === undefined || tile.width * HASH_BYTES <= start.length) continue
    const hashes = await consistentTile(source, tile)
    if (hashes !== undefined && equalBytes(hashes.subarray(0, start.length), start)) return true
  }
  return false
}

/** The hashes of a stored tile of level 0 if its bundle is there and hashes to it. */
async function consistentTile(source: LogSource, tile: Resource): Promise<Uint8Array | undefined> {
  const { bytes } = await readResource(source, tile)
  const bundle = await readResource(source, { ...tile, kind: 'entries' })
  const hashes = bundle.bytes && bundleHashes(bundle.bytes, tile.width)
  return bytes !== undefined && hashes !== undefined && equalBytes(bytes, hashes)
    ? hashes
    : undefined
}
