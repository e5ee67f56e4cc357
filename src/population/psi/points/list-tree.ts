import { equalBytes } from '../../../bytes/index.ts'
import { emptyRoot, leafHash, nodeHash } from '../../../log/index.ts'

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
export function listTree(entries: Iterable<Uint8Array>): ListTree {
  const levels: Uint8Array[][] = [Array.from(entries, leafHash)]
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? []) {
    const level: Uint8Array[] = []
    for (let at = 0; at < below.length; at += 2) {
      const [left, right] = [below[at] ?? emptyRoot(), below[at + 1]]
      level.push(right === undefined ? left : nodeHash(left, right))
    }
    levels.push(level)
  }
  const size = levels[0]?.length ?? 0
  return {
    size,
    root: levels.at(-1)?.[0] ?? emptyRoot(),
    path(index) {
      if (!Number.isInteger(index) || index < 0 || index >= size)
        throw new RangeError(`there is no entry ${index} among ${size}`)
      return levels.flatMap((level, height) => {
        const sibling = level[Math.floor(index / 2 ** height) ^ 1]
        return sibling === undefined ? [] : [sibling]
      })
    },
  }
}

/** Where an entry claims to stand. */
export interface PathClaim {
  readonly entry: Uint8Array
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** Whether the entry stands at `index` of the tree of `size` entries with this root; false for anything malformed. */
export function isInTree(root: Uint8Array, { entry, index, size, path }: PathClaim): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= size) return false
  let hash = leafHash(entry)
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
