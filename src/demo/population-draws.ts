/**
 * The dice of the synthetic population: a small seeded generator made of 32-bit integer
 * operations only, so that one seed gives the same people on every machine.
 */
export interface Draws {
  /** A whole number, `0 ≤ n < below`; `below` from 1 to 2^32. */
  below(below: number): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** `true` in `perMille` of 1,000 draws. */
  chance(perMille: number): boolean
  /** One of `items`, each as likely as the next; `items` is not empty. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** One of the values, as likely as its weight says; weights are whole and above 0 in sum. */
  weighted<Value>(table: readonly [WeightedValue<Value>, ...WeightedValue<Value>[]]): Value
}

/** A value and how often it comes, against the weights beside it. */
export interface WeightedValue<Value> {
  readonly value: Value
  readonly weight: number
}

/** 32-bit state words from a text (FNV-1a, then the finaliser of MurmurHash3 per word). */
function stateOf(seed: string): Uint32Array {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(seed)) {
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  return Uint32Array.from({ length: 4 }, () => {
    hash = (hash + 0x9e3779b9) | 0
    let word = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
    return (word ^ (word >>> 16)) >>> 0
  })
}

/** xoshiro128** (Blackman and Vigna), one 32-bit word a call. */
function wordsOf(seed: string): () => number {
  let [a = 1, b = 2, c = 3, d = 4] = stateOf(seed)
  return () => {
    const times5 = Math.imul(b, 5)
    const word = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return word
  }
}

/**
 * Draws that depend on `seed` alone. Not for secrets: whoever has the seed has every draw.
 */
export function seededDraws(seed: string): Draws {
  const word = wordsOf(seed)
  const below = (limit: number): number => Math.floor((word() / 0x1_0000_0000) * limit)
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (perMille) => below(1000) < perMille,
    pick: (items) => items[below(items.length)] ?? items[0],
    weighted(table) {
      let rest = below(table.reduce((sum, entry) => sum + entry.weight, 0))
      for (const entry of table) {
        rest -= entry.weight
        if (rest < 0) return entry.value
      }
      return table[0].value
    },
  }
}
