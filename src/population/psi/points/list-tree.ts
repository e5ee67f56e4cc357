import { equalBytes } from '../../../bytes/index.ts'
import { POINT_BYTES } from '../../../crypto/index.ts'
import { emptyRoot, leafHash, nodeHash } from '../../../log/index.ts'

const hashBytes = 32

/** A whole tree of RFC 6962 in memory: for lists that are complete when their root is made. */
export interface ListTree {
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
  /**
   * The audit path of an entry, lowest sibling first (RFC 6962, 2.1.1).
   *
   * @throws RangeError unless 0 ≤ index < size
   */
  path(index: number): readonly Uint8Array[]
}

/** The tree of entries. A node without a sibling stands for itself a level higher, which gives the trees of 2.1. */
export function listTree(entries: readonly Uint8Array[]): ListTree {
  const leaves = new Uint8Array(entries.length * hashBytes)
  entries.forEach((entry, at) => leaves.set(leafHash(entry), at * hashBytes))
  return leafTree(leaves)
}

/** The tree of packed points, an entry each. */
export function pointTree(points: Uint8Array): ListTree {
  const leaves = new Uint8Array(points.length)
  for (let at = 0; at < points.length; at += POINT_BYTES)
    leaves.set(leafHash(points.subarray(at, at + POINT_BYTES)), at)
  return leafTree(leaves)
}

/** The tree above packed leaf hashes. */
export function leafTree(leaves: Uint8Array): ListTree {
  const levels: Uint8Array[] = [leaves]
  for (let below = leaves; below.length > hashBytes; below = levels.at(-1) ?? below)
    levels.push(levelAbove(below))
  const size = leaves.length / hashBytes
  return {
    size,
    root: size === 0 ? emptyRoot() : (levels.at(-1) ?? leaves).slice(0, hashBytes),
    path(index) {
      if (!Number.isInteger(index) || index < 0 || index >= size)
        throw new RangeError(`there is no entry ${index} among ${size}`)
      return levels.flatMap((level, height) => {
        const from = (Math.floor(index / 2 ** height) ^ 1) * hashBytes
        return from < level.length ? [level.slice(from, from + hashBytes)] : []
      })
    },
  }
}

function levelAbove(below: Uint8Array): Uint8Array {
  const nodes = Math.ceil(below.length / hashBytes / 2)
  const level = new Uint8Array(nodes * hashBytes)
  for (let node = 0; node < nodes; node += 1) {
    const from = 2 * node * hashBytes
    const left = below.subarray(from, from + hashBytes)
    const right = below.subarray(from + hashBytes, from + 2 * hashBytes)
    level.set(right.length === 0 ? left : nodeHash(left, right), node * hashBytes)
  }
  return level
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
