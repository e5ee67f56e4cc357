import { compareBytes } from '../../bytes/index.ts'

const HASH = 32
const RECORD = 3 * HASH

/** One leaf as a bucket keeps it; views into its memory. */
export interface KeptLeaf {
  readonly key: Uint8Array
  readonly head: Uint8Array
  readonly leaf: Uint8Array
}

/** Leaves whose keys begin with the same byte, in one flat piece of memory: 96 bytes each. */
export class LeafBucket {
  #bytes = new Uint8Array(4 * RECORD)
  #count = 0

  get count(): number {
    return this.#count
  }

  add({ key, head, leaf }: KeptLeaf): void {
    const at = this.#count * RECORD
    if (at === this.#bytes.length) {
      const wider = new Uint8Array(2 * at)
      wider.set(this.#bytes)
      this.#bytes = wider
    }
    this.#bytes.set(key, at)
    this.#bytes.set(head, at + HASH)
    this.#bytes.set(leaf, at + 2 * HASH)
    this.#count += 1
  }

  at(place: number): KeptLeaf {
    const part = (from: number): Uint8Array => {
      const start = place * RECORD + from * HASH
      return this.#bytes.subarray(start, start + HASH)
    }
    return { key: part(0), head: part(1), leaf: part(2) }
  }

  /** Puts the leaves in the order of their keys. @throws RangeError for a key that is there twice */
  sort(): void {
    const order = Array.from({ length: this.#count }, (_, place) => place)
    order.sort((one, other) => compareBytes(this.at(one).key, this.at(other).key))
    const sorted = new Uint8Array(this.#count * RECORD)
    for (const [to, from] of order.entries())
      sorted.set(this.#bytes.subarray(from * RECORD, (from + 1) * RECORD), to * RECORD)
    this.#bytes = sorted
    for (let place = 1; place < this.#count; place += 1)
      if (compareBytes(this.at(place - 1).key, this.at(place).key) === 0)
        throw new RangeError('a chain is in the map twice')
  }

  /** The first place in `from` … `to` whose key has this bit set; the leaves are sorted. */
  split(from: number, to: number, depth: number): number {
    let [low, high] = [from, to]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (bitOf(this.at(middle).key, depth) === 1) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** A bit of a key, the most significant being number 0. */
export function bitOf(key: Uint8Array, depth: number): 0 | 1 {
  return (((key[depth >>> 3] ?? 0) >>> (7 - (depth & 7))) & 1) === 1 ? 1 : 0
}
