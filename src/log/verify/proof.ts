import { equalBytes } from '../../bytes/index.ts'
import { emptyRoot, HASH_BYTES, innerHash } from './tree-hasher.ts'

/** The claim that one leaf stands at an index of a tree. */
export interface InclusionClaim {
  /** 0 ≤ index < size ≤ 2^53 − 1. */
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  /** RFC 6962 audit path, from the leaf upwards. */
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/**
 * Whether an inclusion proof holds (RFC 9162, section 2.1.3.2). A proof does not pin the size of
 * the tree: only a signed checkpoint binds size and root.
 */
export function verifyInclusion({ index, size, leafHash, proof, root }: InclusionClaim): boolean {
  if (!areSizes(index, size) || index >= size || !areHashes([leafHash, root, ...proof]))
    return false
  let at = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    const isRight = at % 2 === 1 || at === last
    hash = isRight ? innerHash(sibling, hash) : innerHash(hash, sibling)
    if (isRight) [at, last] = skipLevels(at, last)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

/** The claim that one tree is the beginning of another. */
export interface ConsistencyClaim {
  /** 0 ≤ from ≤ to ≤ 2^53 − 1. */
  readonly from: number
  readonly fromRoot: Uint8Array
  readonly to: number
  readonly toRoot: Uint8Array
  /** RFC 6962 consistency proof. */
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether a consistency proof holds (RFC 9162, section 2.1.4.2). Equal sizes need equal roots and
 * an empty proof; from size 0, the root of the empty tree and an empty proof, which says nothing
 * about the larger tree.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, fromRoot, to, toRoot, proof } = claim
  if (!areSizes(from, to) || from > to || !areHashes([fromRoot, toRoot, ...proof])) return false
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot)
  if (from === 0) return proof.length === 0 && equalBytes(fromRoot, emptyRoot())
  // A perfect first tree is itself the first node of the path.
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof
  const [seed, ...rest] = path
  if (seed === undefined || rest.length === 0) return false
  return climb(claim, seed, rest)
}

function climb(claim: ConsistencyClaim, seed: Uint8Array, path: readonly Uint8Array[]): boolean {
  let at = claim.from - 1
  let last = claim.to - 1
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  let fromHash = seed
  let toHash = seed
  for (const node of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      fromHash = innerHash(node, fromHash)
      toHash = innerHash(node, toHash)
      ;[at, last] = skipLevels(at, last)
    } else {
      toHash = innerHash(toHash, node)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equalBytes(fromHash, claim.fromRoot) && equalBytes(toHash, claim.toRoot)
}

/** Goes up past the levels at which the right edge of the tree has no sibling. */
function skipLevels(at: number, last: number): [number, number] {
  return at % 2 === 0 && at !== 0 ? skipLevels(half(at), half(last)) : [at, last]
}

/** Shifts by one bit; the operators `>>` and `<<` would cut sizes to 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2)
}

function isPowerOfTwo(value: number): boolean {
  let rest = value
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}

function areSizes(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 0)
}

function areHashes(values: readonly Uint8Array[]): boolean {
  return values.every((value) => value.length === HASH_BYTES)
}
