import { checkCount, subtreesAt } from './tree-size.ts'

/** Levels of the tree that one tile spans. */
export const TILE_HEIGHT = 8
/** Hashes in a full tile, and entries in a full bundle. */
export const TILE_WIDTH = 256
const MAX_LEVEL = 63
const MAX_ENTRY_BYTES = 65_535

/** Which hashes a tile holds: `width` nodes of tree level 8 · level, from 256 · index on. */
export interface TileId {
  readonly level: number
  readonly index: number
  /** 1 … 256; below 256 the tile is partial. */
  readonly width: number
}

/** A tile with its hashes, 32 bytes each, one after the other. */
export interface Tile extends TileId {
  readonly bytes: Uint8Array
}

/** Which entries a bundle holds: `width` entries from 256 · index on. */
export interface BundleId {
  readonly index: number
  /** 1 … 256; below 256 the bundle is partial. */
  readonly width: number
}

/** Tiles and bundles, lowest level and index first. */
export interface Resources {
  readonly tiles: readonly TileId[]
  readonly bundles: readonly BundleId[]
}

/** How many full tiles a level has, and how wide the partial one after them is (0: none). */
export interface TileLevel {
  readonly level: number
  readonly full: number
  readonly partialWidth: number
}

/**
 * The path of a tile below the log's prefix (C2SP tlog-tiles, Merkle Tree):
 * `tile/<level>/<index>[.p/<width>]`.
 *
 * @throws RangeError for a level above 63, a width outside 1 … 256, an index above 2^53 − 1
 */
export function tilePath(level: number, index: number, width: number = TILE_WIDTH): string {
  checkCount('level', level)
  if (level > MAX_LEVEL) throw new RangeError(`level must be at most 63, not ${String(level)}`)
  return `tile/${String(level)}/${numbered(index, width)}`
}

/**
 * The path of an entry bundle below the log's prefix (C2SP tlog-tiles, Log entries).
 *
 * @throws RangeError for a width outside 1 … 256 or an index above 2^53 − 1
 */
export function bundlePath(index: number, width: number = TILE_WIDTH): string {
  return `tile/entries/${numbered(index, width)}`
}

/** The tiles of a tree, counted level by level. A level without any is left out. */
export function tileLevels(size: number): readonly TileLevel[] {
  checkCount('size', size)
  const levels: TileLevel[] = []
  for (let level = 0; subtreesAt(level * TILE_HEIGHT, size) > 0; level += 1) {
    const nodes = subtreesAt(level * TILE_HEIGHT, size)
    const full = Math.floor(nodes / TILE_WIDTH)
    levels.push({ level, full, partialWidth: nodes - full * TILE_WIDTH })
  }
  return levels
}

/** All tiles and bundles of a tree of `size` entries: about size ÷ 128 of them. */
export function resourcesOf(size: number): Resources {
  return newResources(0, size)
}

/**
 * The tiles and bundles whose content first appears when a published tree grows from `from` to
 * `to` entries: those that became full, and the partial ones of the new right edge.
 *
 * @throws RangeError when `from` is above `to`
 */
export function newResources(from: number, to: number): Resources {
  checkCount('from', from)
  if (from > to) throw new RangeError('from must not be above to')
  const tiles: TileId[] = []
  for (const { level } of tileLevels(to)) {
    const before = subtreesAt(level * TILE_HEIGHT, from)
    for (const id of grown(before, subtreesAt(level * TILE_HEIGHT, to)))
      tiles.push({ level, ...id })
  }
  return { tiles, bundles: [...grown(from, to)] }
}

/** Where an entry is found in a tree of `size` entries, and as which entry of its bundle. */
export function bundleOfEntry(index: number, size: number): BundleId & { readonly offset: number } {
  checkCount('index', index)
  checkCount('size', size)
  if (index >= size) throw new RangeError('index must be below size')
  const bundle = Math.floor(index / TILE_WIDTH)
  const first = bundle * TILE_WIDTH
  return { index: bundle, width: Math.min(TILE_WIDTH, size - first), offset: index - first }
}

/**
 * A bundle: each entry behind its length, two bytes, big-endian (C2SP tlog-tiles, Log entries).
 *
 * @throws RangeError for none or more than 256 entries, or one of more than 65,535 bytes
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new RangeError(`a bundle holds 1 to 256 entries, not ${String(entries.length)}`)
  }
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError('an entry has at most 65,535 bytes')
    bytes[at] = Math.floor(entry.length / 256)
    bytes[at + 1] = entry.length % 256
    bytes.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bytes
}

function* grown(from: number, to: number): Generator<BundleId> {
  const full = Math.floor(to / TILE_WIDTH)
  for (let index = Math.floor(from / TILE_WIDTH); index < full; index += 1) {
    yield { index, width: TILE_WIDTH }
  }
  const width = to - full * TILE_WIDTH
  if (width > 0 && to > from) yield { index: full, width }
}

function numbered(index: number, width: number): string {
  checkCount('index', index)
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new RangeError(`width must be 1 to 256, not ${String(width)}`)
  }
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  }
  return width === TILE_WIDTH ? path : `${path}.p/${String(width)}`
}
