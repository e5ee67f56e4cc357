import { concatBytes, equalBytes, releaseBytes } from '../../../bytes/index.ts'
import { packedAt, packedCount, POINT_BYTES, sha256Each } from '../../../crypto/index.ts'
import { emptyRoot, leafHash, nodeHash } from '../../../log/index.ts'

/** A tree of RFC 6962 over a list that is complete when its root is made. Its nodes are computed when they are asked for. */
export interface ListTree {
  readonly size: number
  /** The hash of the leaf at a place. */
  leaf(at: number): Uint8Array
  /** The same of the places `from` … `to` − 1, packed, in new memory, where making them together is faster. */
  readonly leaves?: (from: number, to: number) => Uint8Array
}

/** Most leaves whose nodes are made together: what is held at a time. */
const together = 1024
const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)
/** Where messages of 32 bytes end, and of 64. */
const ends = { leaf: everyNth(POINT_BYTES), node: everyNth(2 * POINT_BYTES) }

function everyNth(size: number): Uint32Array {
  return new Uint32Array(together).map((_, at) => size * (at + 1))
}

/** The tree of entries. */
export function listTree(entries: readonly Uint8Array[]): ListTree {
  return { size: entries.length, leaf: (at) => leafHash(entries[at] ?? new Uint8Array(0)) }
}

/** The tree of packed points, an entry each. */
export function pointTree(points: Uint8Array): ListTree {
  return {
    size: packedCount(points),
    leaf: (at) => leafHash(packedAt(points, at)),
    leaves: (from, to) =>
      sha256Each(
        leafPrefix,
        points.subarray(POINT_BYTES * from, POINT_BYTES * to),
        ends.leaf.subarray(0, to - from),
      ),
  }
}

/** The root of a tree; 32 bytes. */
export function treeRoot(tree: ListTree): Uint8Array {
  return tree.size === 0 ? emptyRoot() : nodeOf(tree, { from: 0, to: tree.size }, [])
}

/**
 * The audit paths of some places, in their order, lowest sibling first (RFC 6962, 2.1.1): all of them in one pass.
 *
 * @throws RangeError unless the places ascend, below the size
 */
export function treePaths(
  tree: ListTree,
  places: readonly number[],
): readonly (readonly Uint8Array[])[] {
  const wanted = places.map((place): WantedPath => ({ place, path: [] }))
  const ascend = places.every(
    (place, at) => Number.isInteger(place) && place > (places[at - 1] ?? -1) && place < tree.size,
  )
  if (!ascend) throw new RangeError(`these are no places among ${tree.size}`)
  if (places.length > 0) nodeOf(tree, { from: 0, to: tree.size }, wanted)
  return wanted.map(({ path }) => path)
}

/** A path that is being made. */
interface WantedPath {
  readonly place: number
  readonly path: Uint8Array[]
}

/** The hash above the places `from` … `to` − 1; each wanted path among them gets its siblings below it. */
function nodeOf(
  tree: ListTree,
  { from, to }: { readonly from: number; readonly to: number },
  wanted: readonly WantedPath[],
): Uint8Array {
  if (to - from === 1) return tree.leaf(from)
  if (wanted.length === 0 && to - from <= together) return rootOf(tree, from, to)
  let half = 1
  while (2 * half < to - from) half *= 2
  const middle = from + half
  // Most nodes have nothing wanted below them.
  const isNone = wanted.length === 0
  const before = isNone ? wanted : wanted.filter(({ place }) => place < middle)
  const behind = isNone ? wanted : wanted.slice(before.length)
  const left = nodeOf(tree, { from, to: middle }, before)
  const right = nodeOf(tree, { from: middle, to }, behind)
  for (const { path } of before) path.push(right)
  for (const { path } of behind) path.push(left)
  return nodeHash(left, right)
}

/** The same, level by level: two neighbours make a node, and one that is left over is a node of the next level. */
function rootOf(tree: ListTree, from: number, to: number): Uint8Array {
  let level = tree.leaves?.(from, to) ?? packedLeaves(tree, from, to)
  while (level.length > POINT_BYTES) {
    const pairs = Math.floor(level.length / (2 * POINT_BYTES))
    const whole = level.subarray(0, 2 * POINT_BYTES * pairs)
    const nodes = sha256Each(nodePrefix, whole, ends.node.subarray(0, pairs))
    const made = level
    level = whole.length === level.length ? nodes : concatBytes(nodes, level.subarray(whole.length))
    releaseBytes(made)
  }
  return level
}

function packedLeaves(tree: ListTree, from: number, to: number): Uint8Array {
  const packed = new Uint8Array(POINT_BYTES * (to - from))
  for (let at = from; at < to; at += 1) packed.set(tree.leaf(at), POINT_BYTES * (at - from))
  return packed
}

/** Where an entry claims to stand. */
export interface PathClaim {
  readonly entry: Uint8Array
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** Whether the entry stands at `index` of the tree of `size` entries with this root; false for anything malformed. */
export function isInTree(root: Uint8Array, { entry, ...place }: PathClaim): boolean {
  return isLeafInTree(root, { leaf: leafHash(entry), ...place })
}

/** The same of an entry whose leaf hash is known. */
export function isLeafInTree(
  root: Uint8Array,
  { leaf, index, size, path }: Omit<PathClaim, 'entry'> & { readonly leaf: Uint8Array },
): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= size) return false
  let hash = leaf
  let [place, last, used] = [index, size - 1, 0]
  for (; last > 0; place = Math.floor(place / 2), last = Math.floor(last / 2)) {
    if (place % 2 === 0 && place === last) continue
    const sibling = path[used]
    if (sibling?.length !== 32) return false
    hash = place % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    used += 1
  }
  return used === path.length && equalBytes(hash, root)
}
