import { canonicalBytes, decodeBase64, equalBytes, utf8 } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import type { MapEvidence } from './subject-file.ts'

/** What a map proof is held against. */
export interface MapClaim {
  readonly epoch: number
  readonly origin: string
  readonly size: number
  /** 32 bytes, each. */
  readonly root: Uint8Array
  readonly handle: Uint8Array
  /** The end of the open chain that must be in the map; `undefined` where there must be none. */
  readonly end: { readonly commitment: string; readonly count: number } | undefined
}

const tagged = (what: string): Uint8Array => utf8(`cloison/epoch-${what}/v1\n`)

function decode32(text: string): Uint8Array {
  const bytes = decodeBase64(text)
  if (bytes.length !== 32) throw new RangeError('a hash of a map proof has 32 bytes')
  return bytes
}

/** Which child of a node the key leads to: bit `depth`, the most significant first. */
function goesRight(key: Uint8Array, depth: number): boolean {
  const byte = key[Math.floor(depth / 8)] ?? 0
  return Math.floor(byte / 2 ** (7 - (depth % 8))) % 2 === 1
}

function sharesPath(key: Uint8Array, other: Uint8Array, bits: number): boolean {
  for (let depth = 0; depth < bits; depth += 1)
    if (goesRight(key, depth) !== goesRight(other, depth)) return false
  return true
}

/** What stands at the end of the path, as the proof has it; `undefined` where it contradicts itself. */
function endOfPath(
  proof: MapEvidence,
  { end }: MapClaim,
  { context, key }: { readonly context: Uint8Array; readonly key: Uint8Array },
): Uint8Array | undefined {
  if (proof.state === 'present') {
    if (end?.count !== proof.count) return undefined
    const { commitment, count } = end
    const opened = canonicalBytes({ chain: 'open', commitment, count })
    const head = sha256(tagged('head'), decode32(proof.blinding), opened)
    return sha256(tagged('leaf'), context, key, head)
  }
  if (end !== undefined) return undefined
  if (proof.other === null) return sha256(tagged('empty'), context)
  const otherKey = decode32(proof.other.key)
  const isElsewhere = equalBytes(otherKey, key) || !sharesPath(key, otherKey, proof.siblings.length)
  if (isElsewhere) return undefined
  return sha256(tagged('leaf'), context, otherKey, decode32(proof.other.head))
}

/**
 * Whether a proof leads from a handle to the root: the handle is in the map with this end of its open
 * chain, or, where there is no end, is not in it. @throws `BytesError` or RangeError for what is no
 * base64 of 32 bytes
 */
export function provesInMap(proof: MapEvidence, claim: MapClaim): boolean {
  const { epoch, origin, size, root, handle } = claim
  if (proof.siblings.length > 256) return false
  const context = sha256(tagged('map'), canonicalBytes({ epoch, origin, size }))
  const key = sha256(tagged('key'), context, handle)
  let hash = endOfPath(proof, claim, { context, key })
  if (hash === undefined) return false
  for (let depth = proof.siblings.length - 1; depth >= 0; depth -= 1) {
    const sibling = decode32(proof.siblings[depth] ?? '')
    hash = goesRight(key, depth)
      ? sha256(tagged('node'), sibling, hash)
      : sha256(tagged('node'), hash, sibling)
  }
  return equalBytes(hash, root)
}
