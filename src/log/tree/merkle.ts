import { sha256 } from '../../crypto/index.ts'

const LEAF_PREFIX = Uint8Array.of(0)
/** 0x01 and room for two hashes. Filled and hashed in one step, so that nothing sees it in between. */
const nodeInput = new Uint8Array(65).fill(1, 0, 1)

/** SHA-256(0x00 ‖ entry), 32 bytes (RFC 6962, section 2.1). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(LEAF_PREFIX, entry)
}

/** SHA-256(0x01 ‖ left ‖ right), 32 bytes (RFC 6962, section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1)
  nodeInput.set(right, 33)
  return sha256(nodeInput)
}

/** The root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256()
}

/**
 * The hash over subtrees that stand side by side, largest first: each is the left child of the
 * hash over those after it.
 *
 * @throws RangeError for an empty list
 */
export function foldRight(hashes: readonly Uint8Array[]): Uint8Array {
  const last = hashes.at(-1)
  if (last === undefined) throw new RangeError('no hashes to fold')
  let folded = last
  for (let i = hashes.length - 2; i >= 0; i -= 1) folded = nodeHash(hashes[i] ?? last, folded)
  return folded
}
