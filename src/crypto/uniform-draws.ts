import type { Randomness } from '../ports/index.ts'

const twoTo32 = 4_294_967_296
/** Up to here a word times the bound is below 2^53, and so exact. */
const multiplied = 2_097_152
const blockBytes = 32_768

/**
 * Exactly uniform whole numbers out of random bytes. Words are drawn a block ahead, since each draw is a
 * call, and wiped as they are used: who knows the draws of a noise knows the noise.
 */
export class UniformDraws {
  readonly #randomness: Randomness
  #words = new Uint32Array(0)
  #next = 0

  constructor(randomness: Randomness) {
    this.#randomness = randomness
  }

  /** 32 random bits, 0 ≤ n < 2^32. */
  word(): number {
    if (this.#next >= this.#words.length) this.#refill()
    const word = this.#words[this.#next] ?? 0
    this.#words[this.#next] = 0
    this.#next += 1
    return word
  }

  /** True or false, each with probability 1/2. */
  coin(): boolean {
    return (this.word() & 1) === 1
  }

  /**
   * 0 ≤ n < `limit`, each with the same probability: what would favour some is drawn again (Lemire 2019,
   * "Fast Random Integer Generation in an Interval", for small bounds).
   *
   * @throws RangeError unless 1 ≤ `limit` ≤ 2^53 − 1
   */
  below(limit: number): number {
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new RangeError(`there is no whole number from 0 on below ${limit}`)
    return limit <= multiplied ? this.#small(limit) : this.#large(limit)
  }

  #small(limit: number): number {
    for (;;) {
      const product = this.word() * limit
      const drawn = Math.floor(product / twoTo32)
      const rest = product - drawn * twoTo32
      if (rest >= limit || rest >= twoTo32 % limit) return drawn
    }
  }

  /** By as many bits as the bound has: at least half of the tries hit. */
  #large(limit: number): number {
    const highBits = Math.max(0, Math.ceil(Math.log2(limit)) - 32)
    const mask = highBits === 0 ? 0 : 2 ** highBits - 1
    const lowBits = highBits === 0 ? Math.ceil(Math.log2(limit)) : 32
    for (;;) {
      const high = mask === 0 ? 0 : (this.word() & mask) >>> 0
      const low = lowBits === 32 ? this.word() : this.word() >>> (32 - lowBits)
      const drawn = high * twoTo32 + low
      if (drawn < limit) return drawn
    }
  }

  #refill(): void {
    const bytes = this.#randomness.bytes(blockBytes)
    const words = new Uint32Array(bytes.length / 4)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = 0; at < words.length; at += 1) words[at] = view.getUint32(at * 4)
    bytes.fill(0)
    this.#words = words
    this.#next = 0
  }
}
