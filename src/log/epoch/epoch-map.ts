import { compareBytes } from '../../bytes/index.ts'
import { bitOf, LeafBucket } from './leaf-bucket.ts'
import {
  blindedHead,
  contextHash,
  emptyOf,
  headBlinding,
  leafOf,
  type MapBlinding,
  type MapContext,
  type MapHead,
  mapKey,
  nodeOf,
} from './map-hashes.ts'

/** A proof that a handle is in a map, or that it is not. Hashes are 32 bytes, from the root down. */
export type MapProof =
  | {
      readonly state: 'present'
      readonly blinding: Uint8Array
      readonly siblings: readonly Uint8Array[]
    }
  | {
      readonly state: 'absent'
      /** The one leaf that stands where the handle's would; `undefined` where nothing does. */
      readonly other: { readonly key: Uint8Array; readonly head: Uint8Array } | undefined
      readonly siblings: readonly Uint8Array[]
    }

/** A finished map. Secret but for its root. About 100 bytes of memory a chain. */
export interface EpochMap {
  readonly context: MapContext
  readonly root: Uint8Array
  /** How many chains are in it. */
  readonly count: number
  prove(handle: Uint8Array): MapProof
}

/** A map that is being filled. */
export interface EpochMapBuilder {
  /** In any order; a handle once. */
  add(head: MapHead): void
  /**
   * Computes the tree, a 256th of it at a time with `pause` in between, so that others get their turn.
   *
   * @throws RangeError when a handle was added twice
   */
  finish(pause: () => Promise<void>): Promise<EpochMap>
}

interface Subtree {
  readonly count: number
  readonly hash: Uint8Array
}

const TOP_BITS = 8

class MapTree {
  readonly #context: Uint8Array
  readonly #blinding: MapBlinding
  readonly #empty: Subtree
  readonly #buckets = Array.from({ length: 2 ** TOP_BITS }, () => new LeafBucket())
  /** Subtrees of the depths 0 to 8, the root first. */
  #top: readonly (readonly Subtree[])[] = []

  constructor(context: MapContext, blinding: MapBlinding) {
    this.#context = contextHash(context)
    this.#blinding = blinding
    this.#empty = { count: 0, hash: emptyOf(this.#context) }
  }

  add({ handle, ...end }: MapHead): void {
    const key = mapKey(this.#context, handle)
    const head = blindedHead(headBlinding(this.#blinding, handle), end)
    this.#bucketOf(key).add({ key, head, leaf: leafOf(this.#context, key, head) })
  }

  async finish(pause: () => Promise<void>): Promise<Subtree> {
    let level: Subtree[] = []
    for (const bucket of this.#buckets) {
      bucket.sort()
      level.push(this.#subtree(bucket, { from: 0, to: bucket.count, depth: TOP_BITS }))
      await pause()
    }
    const top: Subtree[][] = [level]
    while (level.length > 1) {
      const below = level
      level = below
        .filter((_, place) => place % 2 === 0)
        .map((left, place) => this.#join(left, below[2 * place + 1] ?? this.#empty))
      top.unshift(level)
    }
    this.#top = top
    return level[0] ?? this.#empty
  }

  prove(handle: Uint8Array): MapProof {
    const key = mapKey(this.#context, handle)
    const siblings: Uint8Array[] = []
    let path = 0
    for (let depth = 0; depth <= TOP_BITS; depth += 1) {
      const here = this.#top[depth]?.[path] ?? this.#empty
      if (here.count <= 1 || depth === TOP_BITS) break
      const next = 2 * path + bitOf(key, depth)
      siblings.push((this.#top[depth + 1]?.[next ^ 1] ?? this.#empty).hash)
      path = next
    }
    return this.#proveBelow(key, handle, { siblings, path })
  }

  /** From depth 8 on, or from where a single leaf or none was left. */
  #proveBelow(
    key: Uint8Array,
    handle: Uint8Array,
    { siblings, path }: { readonly siblings: Uint8Array[]; readonly path: number },
  ): MapProof {
    if (siblings.length < TOP_BITS) {
      const width = 2 ** (TOP_BITS - siblings.length)
      const inside = this.#buckets.slice(path * width, (path + 1) * width)
      const filled = inside.find(({ count }) => count > 0)
      return this.#endAt(key, handle, { siblings, found: filled?.at(0) })
    }
    const bucket = this.#bucketOf(key)
    let [from, to] = [0, bucket.count]
    for (let depth = TOP_BITS; to - from > 1; depth += 1) {
      const middle = bucket.split(from, to, depth)
      const [left, right] = [
        { from, to: middle },
        { from: middle, to },
      ]
      const [next, sibling] = bitOf(key, depth) === 0 ? [left, right] : [right, left]
      siblings.push(this.#subtree(bucket, { ...sibling, depth: depth + 1 }).hash)
      ;({ from, to } = next)
    }
    return this.#endAt(key, handle, { siblings, found: to > from ? bucket.at(from) : undefined })
  }

  #endAt(
    key: Uint8Array,
    handle: Uint8Array,
    end: {
      readonly siblings: readonly Uint8Array[]
      readonly found: { readonly key: Uint8Array; readonly head: Uint8Array } | undefined
    },
  ): MapProof {
    const { siblings, found } = end
    if (found !== undefined && compareBytes(found.key, key) === 0)
      return { state: 'present', blinding: headBlinding(this.#blinding, handle), siblings }
    const other = found && { key: found.key.slice(), head: found.head.slice() }
    return { state: 'absent', other, siblings }
  }

  #bucketOf(key: Uint8Array): LeafBucket {
    const bucket = this.#buckets[key[0] ?? 0]
    if (bucket === undefined) throw new TypeError('there is a bucket for every byte')
    return bucket
  }

  #subtree(
    bucket: LeafBucket,
    { from, to, depth }: { readonly from: number; readonly to: number; readonly depth: number },
  ): Subtree {
    if (to === from) return this.#empty
    if (to - from === 1) return { count: 1, hash: bucket.at(from).leaf }
    const middle = bucket.split(from, to, depth)
    return this.#join(
      this.#subtree(bucket, { from, to: middle, depth: depth + 1 }),
      this.#subtree(bucket, { from: middle, to, depth: depth + 1 }),
    )
  }

  /** A single leaf is its own subtree at any depth, and so is nothing. */
  #join(left: Subtree, right: Subtree): Subtree {
    const count = left.count + right.count
    if (count === 0) return this.#empty
    if (count === 1) return left.count === 1 ? left : right
    return { count, hash: nodeOf(left.hash, right.hash) }
  }
}

/** Begins the map of one epoch (`spec/epoch-map.md`). */
export function epochMapBuilder(context: MapContext, blinding: MapBlinding): EpochMapBuilder {
  const tree = new MapTree(context, blinding)
  return {
    add: (head) => tree.add(head),
    async finish(pause) {
      const { hash, count } = await tree.finish(pause)
      return { context, count, root: hash, prove: (handle) => tree.prove(handle) }
    },
  }
}
