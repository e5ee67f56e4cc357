import { encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { Randomness } from '../../ports/index.ts'

/** A stream of draws that a seed determines: for tests alone. As a port, it is a seeded `Randomness`. */
export interface SeededRandom extends Randomness {
  /** A whole number, 0 ≤ n < `below`. */
  below(below: number): number
  /** A whole number, `from` ≤ n ≤ `to`. */
  between(from: number, to: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** One of a list that is not empty. */
  pick<Item>(items: readonly Item[]): Item
  /** Another stream, the same for the same name, whatever was drawn here. */
  fork(name: string): SeededRandom
}

const twoTo32 = 4_294_967_296

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

/** xoshiro128** (Blackman and Vigna, 2018), seeded with SHA-256. */
function xoshiro(seed: string): () => number {
  const digest = sha256(utf8(seed))
  const words = new DataView(digest.buffer, digest.byteOffset)
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => words.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ]
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
}

/** The stream of a seed. */
export function seededRandom(seed: string): SeededRandom {
  const next = xoshiro(seed)
  // Scaling is off from uniform by less than 2^-20 for the small numbers that are drawn here.
  const below = (limit: number): number => Math.floor((next() / twoTo32) * limit)
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() / twoTo32 < probability,
    pick: (items) => {
      const picked = items[below(items.length)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
    fork: (name) => seededRandom(`${seed}/${name}`),
    bytes: (length) => {
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length; at += 1) bytes[at] = next() >>> 24
      return bytes
    },
  }
}

/** A short name for bytes, to tell them apart in a trace. */
export function shortDigest(bytes: Uint8Array): string {
  return encodeBase64Url(sha256(bytes)).slice(0, 10)
}
