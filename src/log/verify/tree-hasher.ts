import { sha256 } from '../../crypto/index.ts'

/** Bytes of a SHA-256 hash. */
export const HASH_BYTES = 32

/** SHA-256 of bytes: 32 bytes. For platforms that have a faster one than the portable default. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** The root of a tree without entries: SHA-256 of nothing (RFC 6962, section 2.1). */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0))
}

/** The hash of an entry as a leaf: SHA-256(0x00 ‖ entry) (RFC 6962, section 2.1). */
export function entryHash(entry: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  const leaf = new Uint8Array(1 + entry.length)
  leaf.set(entry, 1)
  return hash(leaf)
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962, section 2.1). */
export function innerHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const node = new Uint8Array(1 + 2 * HASH_BYTES)
  node[0] = 1
  node.set(left, 1)
  node.set(right, 1 + HASH_BYTES)
  return sha256(node)
}

/**
 * The root over hashes that stand one after the other, when their number is a power of two: the
 * hash of a full tile, for instance. The hashes are left as they are.
 */
export function perfectRoot(hashes: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  const row = hashes.slice()
  const node = new Uint8Array(1 + 2 * HASH_BYTES)
  node[0] = 1
  for (let length = row.length; length > HASH_BYTES; length /= 2) {
    for (let at = 0; at < length; at += 2 * HASH_BYTES) {
      node.set(row.subarray(at, at + 2 * HASH_BYTES), 1)
      row.set(hash(node), at / 2)
    }
  }
  return row.slice(0, HASH_BYTES)
}

/**
 * The root over perfect subtrees, largest and leftmost first, as the binary digits of the size give
 * them (RFC 6962, section 2.1). No peaks, the empty tree.
 */
export function foldPeaks(peaks: readonly Uint8Array[]): Uint8Array {
  const last = peaks.at(-1)
  if (last === undefined) return emptyRoot()
  return peaks.slice(0, -1).reduceRight((right, peak) => innerHash(peak, right), last)
}

/**
 * The roots of the perfect subtrees over a row of hashes of any length, largest first: a row of 13
 * gives the roots of 8, 4 and 1.
 */
export function peaksOf(hashes: Uint8Array): readonly Uint8Array[] {
  const peaks: Uint8Array[] = []
  let at = 0
  for (let left = hashes.length / HASH_BYTES; left > 0;) {
    const width = 2 ** Math.floor(Math.log2(left))
    peaks.push(perfectRoot(hashes.subarray(at, at + width * HASH_BYTES)))
    at += width * HASH_BYTES
    left -= width
  }
  return peaks
}

/** Computes the root of a log from its entries, one after the other, in O(log n) memory. */
export interface TreeHasher {
  /** Takes the next entry. */
  add(entry: Uint8Array): void
  /** The root of what was added so far; more may follow. */
  root(): Uint8Array
}

/** A tree that was hashed before. */
export interface HashedTree {
  readonly size: number
  /** Roots of the perfect subtrees that `size` falls into, 32 bytes each, largest first. */
  readonly peaks: readonly Uint8Array[]
}

/** A hasher of an empty tree, or one that goes on behind `tree`. @throws RangeError for too few or many peaks */
export function treeHasher(tree: HashedTree = { size: 0, peaks: [] }): TreeHasher {
  const peaks = [...tree.peaks]
  let { size } = tree
  if (digitSum(size) !== peaks.length) throw new RangeError('peaks must be those of the size')
  return {
    add(entry) {
      let hash = entryHash(entry)
      // As in a binary counter, a set digit of the size is a perfect subtree waiting for its pair.
      for (let carry = size; carry % 2 === 1; carry = (carry - 1) / 2) {
        const left = peaks.pop()
        if (left !== undefined) hash = innerHash(left, hash)
      }
      peaks.push(hash)
      size += 1
    },
    root: () => foldPeaks(peaks),
  }
}

/** How many ones the binary form of a size has. */
function digitSum(size: number): number {
  let sum = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) sum += rest % 2
  return sum
}

/** The root of a tree with these entries (RFC 6962, section 2.1). */
export function rootOfEntries(entries: Iterable<Uint8Array>): Uint8Array {
  const hasher = treeHasher()
  for (const entry of entries) hasher.add(entry)
  return hasher.root()
}
