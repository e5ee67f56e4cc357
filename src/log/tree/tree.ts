import { LogError } from '../log-error.ts'
import { emptyRoot, foldRight, nodeHash } from './merkle.ts'
import type { NodeId, NodeReader, NodeRun } from './node-reader.ts'
import { TILE_HEIGHT, TILE_WIDTH, type Tile } from './tile.ts'
import { checkCount, powerOfTwo, subtreesAt } from './tree-size.ts'

const HASH_BYTES = 32
const NO_NODES: NodeRun = { start: 0, hashes: [] }

/**
 * An RFC 6962 tree as its writer keeps it: the size, and the nodes within the tiles that are not
 * full yet. That is at most 510 hashes per 8 levels, however large the log. Immutable.
 */
export interface LogTree {
  readonly size: number
  /** One run a level; a run starts where the tile at its right edge starts. */
  readonly edge: readonly NodeRun[]
}

/** What an append made. */
export interface Appended {
  readonly tree: LogTree
  /** Every node from the old right edge to the new one: what `batchNodeReader` answers from. */
  readonly nodes: readonly NodeRun[]
  /** The tiles that became full, lowest level first: to be stored with the entries. */
  readonly fullTiles: readonly Tile[]
}

/** The tree without leaves. */
export function emptyTree(): LogTree {
  return { size: 0, edge: [] }
}

/**
 * Reads the right edge of a stored tree. The hashes are taken as they are: compare
 * {@link rootHash} with a signed root before use.
 *
 * @throws RangeError for a size that is not an integer from 0 to 2^53 − 1; what `reader` throws
 */
export async function loadTree(size: number, reader: NodeReader): Promise<LogTree> {
  checkCount('size', size)
  const edge: NodeRun[] = []
  for (let level = 0; subtreesAt(level, size) > 0; level += 1) {
    const start = edgeStart(level, size)
    const end = subtreesAt(level, size)
    const below = edge[level - 1]
    if (level % TILE_HEIGHT === 0 || below === undefined) {
      edge.push({ start, hashes: await readRun(reader, { level, index: start }, end) })
    } else {
      edge.push({ start, hashes: hashPairs(below, start, end) })
    }
  }
  return { size, edge }
}

/**
 * The tree with `leafHashes` added, in order. Pure: `tree` stays as it is.
 *
 * @throws RangeError for a hash that is not 32 bytes, or above 2^53 − 1 leaves
 */
export function appendLeaves(tree: LogTree, leafHashes: readonly Uint8Array[]): Appended {
  const size = tree.size + leafHashes.length
  checkCount('size', size)
  if (leafHashes.some((hash) => hash.length !== HASH_BYTES)) {
    throw new RangeError('a leaf hash must have 32 bytes')
  }
  const old = tree.edge[0] ?? NO_NODES
  let below: NodeRun = { start: old.start, hashes: [...old.hashes, ...leafHashes] }
  const nodes = size > 0 ? [below] : []
  for (let level = 1; subtreesAt(level, size) > 0; level += 1) {
    below = grow(tree.edge[level] ?? NO_NODES, below, subtreesAt(level, size))
    nodes.push(below)
  }
  const edge = nodes.map((run, level) => trim(run, edgeStart(level, size)))
  return { tree: { size, edge }, nodes, fullTiles: tilesFilled(nodes, tree.size, size) }
}

/** The Merkle Tree Hash of the whole tree, 32 bytes (RFC 6962, section 2.1). */
export function rootHash(tree: LogTree): Uint8Array {
  if (tree.size === 0) return emptyRoot()
  return foldRight(
    peaksFrom(0, tree.size).map(({ level, index }) => nodeAt(tree.edge[level], index)),
  )
}

/**
 * The perfect subtrees that `start` … `size − 1` falls into, largest first. `start` is 0 or where
 * one of them begins.
 */
export function peaksFrom(start: number, size: number): readonly NodeId[] {
  const peaks: NodeId[] = []
  for (let level = 0, rest = size - start; rest > 0; level += 1) {
    const width = powerOfTwo(level)
    if (subtreesAt(level, rest) % 2 === 0) continue
    rest -= width
    peaks.push({ level, index: (start + rest) / width })
  }
  return peaks.reverse()
}

/** The partial tiles of the tree: what is published at its right edge, lowest level first. */
export function edgeTiles(tree: LogTree): readonly Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; level * TILE_HEIGHT < tree.edge.length; level += 1) {
    const run = tree.edge[level * TILE_HEIGHT] ?? NO_NODES
    if (run.hashes.length > 0) tiles.push(tileOf(level, run.start / TILE_WIDTH, run.hashes))
  }
  return tiles
}

/** The first node at `level` that lies in the tile at the right edge. */
function edgeStart(level: number, size: number): number {
  const inTile = level % TILE_HEIGHT
  const fullTiles = subtreesAt(level - inTile + TILE_HEIGHT, size)
  return fullTiles * powerOfTwo(TILE_HEIGHT - inTile)
}

async function readRun(reader: NodeReader, first: NodeId, end: number): Promise<Uint8Array[]> {
  const ids: NodeId[] = []
  for (let index = first.index; index < end; index += 1) ids.push({ level: first.level, index })
  return ids.length === 0 ? [] : [...(await reader.read(ids))]
}

function grow(run: NodeRun, below: NodeRun, end: number): NodeRun {
  const first = run.start + run.hashes.length
  if (first === end) return run
  return { start: run.start, hashes: [...run.hashes, ...hashPairs(below, first, end)] }
}

function hashPairs(below: NodeRun, first: number, end: number): Uint8Array[] {
  const hashes: Uint8Array[] = []
  for (let index = first; index < end; index += 1) {
    hashes.push(nodeHash(nodeAt(below, 2 * index), nodeAt(below, 2 * index + 1)))
  }
  return hashes
}

function trim(run: NodeRun, start: number): NodeRun {
  return run.start === start ? run : { start, hashes: run.hashes.slice(start - run.start) }
}

function tilesFilled(nodes: readonly NodeRun[], from: number, to: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; subtreesAt((level + 1) * TILE_HEIGHT, to) > 0; level += 1) {
    const run = nodes[level * TILE_HEIGHT] ?? NO_NODES
    const end = subtreesAt((level + 1) * TILE_HEIGHT, to)
    for (let index = subtreesAt((level + 1) * TILE_HEIGHT, from); index < end; index += 1) {
      const at = index * TILE_WIDTH - run.start
      tiles.push(tileOf(level, index, run.hashes.slice(at, at + TILE_WIDTH)))
    }
  }
  return tiles
}

function tileOf(level: number, index: number, hashes: readonly Uint8Array[]): Tile {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES)
  hashes.forEach((hash, i) => bytes.set(hash, i * HASH_BYTES))
  return { level, index, width: hashes.length, bytes }
}

function nodeAt(run: NodeRun | undefined, index: number): Uint8Array {
  const hash = run?.hashes[index - run.start]
  if (hash === undefined) throw new LogError('NODE_MISSING', 'a hash at the right edge is missing')
  return hash
}
