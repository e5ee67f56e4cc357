import { canonicalBytes, utf8 } from '../../bytes/index.ts'
import { hmacSha256, sha256 } from '../../crypto/index.ts'

/** Which map a hash belongs to. */
export interface MapContext {
  /** From 0. */
  readonly epoch: number
  /** The log that the root is published in. */
  readonly origin: string
  /** The map covers the entries of that log before this index. */
  readonly size: number
}

/** The end of one chain as a map commits to it. */
export interface MapHead {
  /** 32 bytes. */
  readonly handle: Uint8Array
  readonly chain: 'open' | 'withheld'
  /** Entries in the chain, from 1. */
  readonly count: number
  /** Commitment of the newest entry, base64. */
  readonly commitment: string
}

/** What blinds the heads of one map. Secret: it opens every leaf. */
export interface MapBlinding {
  readonly key: Uint8Array
  /** 32 random bytes, another for each epoch. */
  readonly salt: Uint8Array
}

const contextTag = utf8('cloison/epoch-map/v1\n')
const keyTag = utf8('cloison/epoch-key/v1\n')
const headTag = utf8('cloison/epoch-head/v1\n')
const leafTag = utf8('cloison/epoch-leaf/v1\n')
const emptyTag = utf8('cloison/epoch-empty/v1\n')
const nodeTag = utf8('cloison/epoch-node/v1\n')

/** 32 bytes that stand for one map in every key, leaf and empty subtree (`spec/epoch-map.md`). */
export function contextHash({ epoch, origin, size }: MapContext): Uint8Array {
  return sha256(contextTag, canonicalBytes({ epoch, origin, size }))
}

/** Where a handle is in the map: 32 bytes. */
export function mapKey(context: Uint8Array, handle: Uint8Array): Uint8Array {
  return sha256(keyTag, context, handle)
}

/** The 32 bytes that blind one head. */
export function headBlinding({ key, salt }: MapBlinding, handle: Uint8Array): Uint8Array {
  return hmacSha256(key, salt, handle)
}

/** Commits to the end of a chain and hides it: 32 bytes. */
export function blindedHead(
  blinding: Uint8Array,
  { chain, commitment, count }: Omit<MapHead, 'handle'>,
): Uint8Array {
  // Canonical JSON written out, since a map has a hundred thousand of them: names, base64 and a count.
  const end = `{"chain":"${chain}","commitment":"${commitment}","count":${count}}`
  return sha256(headTag, blinding, utf8(end))
}

/** The leaf of a chain: 32 bytes. */
export function leafOf(context: Uint8Array, key: Uint8Array, head: Uint8Array): Uint8Array {
  return sha256(leafTag, context, key, head)
}

/** The hash of every subtree without a leaf: 32 bytes. */
export function emptyOf(context: Uint8Array): Uint8Array {
  return sha256(emptyTag, context)
}

/** The hash of a subtree with more than one leaf: 32 bytes. */
export function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(nodeTag, left, right)
}
