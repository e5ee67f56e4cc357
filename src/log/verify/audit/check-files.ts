import { compareBytes } from '../../../bytes/index.ts'
import { parseDecimal } from '../decimal.ts'
import { nodesAtLevel, parseResourcePath, TILE_WIDTH } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import { readBundle } from '../bundle.ts'
import { parseLeaf } from '../opening.ts'
import type { Audit, Row } from './audit.ts'
import { openingPath } from './check-entry.ts'
import { bundleHashes, readOrWider, readResource } from './tile-file.ts'

/** What {@link checkFiles} found beyond the signed size. */
export interface BeyondFiles {
  /** Paths of tiles and bundles that a longer log would have; at most 1,000. */
  readonly paths: readonly string[]
  /** Whether among them are entries with their tile that continue the right edge: the log was longer. */
  readonly continues: boolean
}

/** What the walk over the files needs to know from the walk over the tiles. */
export interface TreeFindings {
  /** The partial row of level 0, if there is one. */
  readonly edge: Row | undefined
  /** How many openings are published where they belong. */
  readonly openings: number
}

const MAX_BEYOND = 1000

/**
 * Walks over all files of a folder and reports those that do not belong to the log. The content of
 * those that do was checked with the tiles.
 */
export async function checkFiles(audit: Audit, findings: TreeFindings): Promise<BeyondFiles> {
  const { source, size, problems } = audit
  const beyond: Resource[] = []
  const paths: string[] = []
  let openings = 0
  for await (const path of source.list?.('') ?? []) {
    const resource = parseResourcePath(path)
    const opening = openingEntry(path, size)
    if (resource !== undefined && isBeyond(resource, size)) {
      if (beyond.length < MAX_BEYOND) {
        beyond.push(resource)
        paths.push(path)
      }
    } else if (opening !== undefined) openings += 1
    else if (resource === undefined && path !== 'checkpoint' && (await isThere(audit, path))) {
      problems.add({ code: 'FILE_UNEXPECTED', file: path })
    }
  }
  if (openings > findings.openings) await reportOpenings(audit)
  return { paths, continues: await continuesLog(audit, beyond, findings.edge) }
}

/** The tiles and bundles of a tree end with its size. */
function isBeyond({ level, index, width }: Resource, size: number): boolean {
  return index * TILE_WIDTH + width > nodesAtLevel(size, level)
}

/** The entry whose opening a path is for; `undefined` for other paths and entries beyond the size. */
function openingEntry(path: string, size: number): number | undefined {
  const [folder, name = '', ...more] = path.split('/')
  if (folder !== 'governance' || more.length > 0) return undefined
  const entry = parseDecimal(name)
  return typeof entry === 'number' && entry < size ? entry : undefined
}

/** A file being written may be gone by now: a running gateway renames its temporary files. */
async function isThere({ source }: Audit, path: string): Promise<boolean> {
  return (await source.read(path, 0)) !== undefined
}

/** There are more openings than governance entries: names those that belong to none. */
async function reportOpenings(audit: Audit): Promise<void> {
  for await (const path of audit.source.list?.('governance') ?? []) {
    const entry = openingEntry(path, audit.size)
    if (entry === undefined) continue
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
 * there: the next tile of level 0 begins with the edge, and its bundle hashes to it.
 */
async function continuesLog(
  { source, size }: Audit,
  beyond: readonly Resource[],
  edge: Row | undefined,
): Promise<boolean> {
  const next = Math.floor(size / TILE_WIDTH)
  for (const resource of beyond) {
    const { kind, level, index, width } = resource
    if (kind !== 'tile' || level !== 0 || index !== next) continue
    const tile = (await readResource(source, resource)).bytes
    const bundle = (await readResource(source, { ...resource, kind: 'entries' })).bytes
    if (tile === undefined || bundle === undefined) continue
    const hashes = bundleHashes(bundle, width)
    const start = edge?.hashes ?? new Uint8Array(0)
    const prefix = tile.subarray(0, start.length)
    if (hashes === undefined || compareBytes(hashes, tile) !== 0) continue
    if (compareBytes(prefix, start) === 0) return true
  }
  return false
}
