import { LogError } from '../log-error.ts'
import { leafHash, nodeHash } from './merkle.ts'
import type { NodeId, NodeReader } from './node-reader.ts'
import { TILE_HEIGHT, TILE_WIDTH, type TileId } from './tile.ts'
import { powerOfTwo, subtreesAt } from './tree-size.ts'

const HASH_BYTES = 32

/** The bytes of one tile: `width` hashes of 32 bytes. Rejects when there is no such tile. */
export type ReadTile = (level: number, index: number, width: number) => Promise<Uint8Array>

/** What a store keeps of a log: full tiles and entries. A state store's reader is one. */
export interface StoredLog {
  /** A full tile, or `undefined` while it is not full. */
  readTile(level: number, index: number): Promise<Uint8Array | undefined>
  /** Entries `first` … `first + count − 1`; fewer when the log ends before. */
  readLeaves(first: number, count: number): Promise<readonly Uint8Array[]>
}

/** Tiles that were read lately, with the inner nodes computed so far. */
export interface TileCache {
  /** The parsed tile under this id, read by `load` when it is not held. */
  get(id: TileId, load: () => Promise<Uint8Array>): Promise<ParsedTile>
}

/** A tile whose inner nodes are computed when first asked for. */
export interface ParsedTile {
  /** The node `height` levels above the tile's hashes, 0 ≤ height < 8. */
  node(height: number, index: number): Uint8Array
}

/** Holds up to `capacity` tiles (8 KiB each, 16 KiB with inner nodes); drops the longest unused. */
export function tileCache(capacity: number = 64): TileCache {
  const held = new Map<string, ParsedTile>()
  return {
    async get(id, load) {
      const key = `${String(id.level)}/${String(id.index)}/${String(id.width)}`
      const tile = held.get(key) ?? parseTile(await load(), id.width)
      held.delete(key)
      held.set(key, tile)
      for (const oldest of held.keys()) {
        if (held.size <= capacity) break
        held.delete(oldest)
      }
      return tile
    },
  }
}

/**
 * Reads nodes of a tree of `size` entries from its tiles. It trusts them: a proof made from wrong
 * tiles is a wrong proof, which its verifier finds. One cache may serve readers of several sizes.
 *
 * Reading rejects with a RangeError for a node outside the tree, with {@link LogError}
 * `TILE_MALFORMED` for a tile of another length, and with what `readTile` rejects.
 */
export function tileNodeReader(
  size: number,
  readTile: ReadTile,
  cache: TileCache = tileCache(),
): NodeReader {
  async function readNode({ level, index }: NodeId): Promise<Uint8Array> {
    if (index >= subtreesAt(level, size)) throw new RangeError('node outside the tree')
    const height = level % TILE_HEIGHT
    const tileLevel = (level - height) / TILE_HEIGHT
    const inTile = powerOfTwo(TILE_HEIGHT - height)
    const tileIndex = Math.floor(index / inTile)
    const nodes = subtreesAt(level - height, size) - tileIndex * TILE_WIDTH
    const id = { level: tileLevel, index: tileIndex, width: Math.min(nodes, TILE_WIDTH) }
    const tile = await cache.get(id, () => readTile(id.level, id.index, id.width))
    return tile.node(height, index - tileIndex * inTile)
  }

  return {
    async read(nodes) {
      const hashes: Uint8Array[] = []
      for (const node of nodes) hashes.push(await readNode(node))
      return hashes
    },
  }
}

/**
 * Tiles of a store that keeps entries and full tiles only: partial ones are computed from what they
 * stand for. That costs up to 65,025 hashes a level, so it is for start-up and old sizes; a writer
 * at work keeps its right edge in memory.
 *
 * Reading rejects with {@link LogError} `NODE_MISSING` when an entry or a full tile is not there.
 */
export function storedTiles(store: StoredLog): ReadTile {
  async function fullTile(level: number, index: number): Promise<Uint8Array> {
    const bytes = await store.readTile(level, index)
    if (bytes === undefined) {
      throw new LogError('NODE_MISSING', `tile ${String(level)}/${String(index)} is missing`)
    }
    return bytes
  }

  async function leafHashes(first: number, count: number): Promise<readonly Uint8Array[]> {
    const leaves = await store.readLeaves(first, count)
    if (leaves.length !== count) {
      throw new LogError('NODE_MISSING', `entries are missing from ${String(first)} on`)
    }
    return leaves.map(leafHash)
  }

  async function roots(level: number, first: number, count: number): Promise<Uint8Array[]> {
    const hashes: Uint8Array[] = []
    for (let index = first; index < first + count; index += 1) {
      const tile = parseTile(await fullTile(level, index), TILE_WIDTH)
      hashes.push(nodeHash(tile.node(TILE_HEIGHT - 1, 0), tile.node(TILE_HEIGHT - 1, 1)))
    }
    return hashes
  }

  return async (level, index, width) => {
    if (width === TILE_WIDTH) return fullTile(level, index)
    const first = index * TILE_WIDTH
    const hashes =
      level === 0 ? await leafHashes(first, width) : await roots(level - 1, first, width)
    const bytes = new Uint8Array(hashes.length * HASH_BYTES)
    hashes.forEach((hash, i) => bytes.set(hash, i * HASH_BYTES))
    return bytes
  }
}

function parseTile(bytes: Uint8Array, width: number): ParsedTile {
  if (bytes.length !== width * HASH_BYTES) {
    throw new LogError('TILE_MALFORMED', `a tile of ${String(width)} hashes has another length`)
  }
  const inner: (Uint8Array | undefined)[][] = []

  function node(height: number, index: number): Uint8Array {
    const known = inner[height]?.[index]
    if (known !== undefined) return known
    const hash =
      height === 0
        ? bytes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES)
        : nodeHash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1))
    const row = (inner[height] ??= [])
    row[index] = hash
    return hash
  }

  return { node }
}
