import { equalBytes } from '../../../bytes/index.ts'

const firstBytes = 65_536
const firstTexts = 4_096
const encoder = new TextEncoder()

/** Short texts as UTF-8 one behind the other: a million of them take little more than their bytes. Overwritten at the end. */
export class PackedTexts implements Disposable {
  #bytes = new Uint8Array(firstBytes)
  /** Where each text ends; beyond 2^32 too. */
  #ends = new Float64Array(firstTexts)
  #count = 0

  /** How many there are. */
  get count(): number {
    return this.#count
  }

  /** Puts one behind the others, and gives how many bytes it has. */
  add(text: string): number {
    const begin = this.#endOf(this.#count - 1)
    this.#makeRoom(begin + text.length * 3)
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(begin))
    this.#ends[this.#count] = begin + written
    this.#count += 1
    return written
  }

  /** The bytes of one: a view, good until the next is added. */
  at(index: number): Uint8Array {
    return this.#bytes.subarray(this.#endOf(index - 1), this.#endOf(index))
  }

  /** How many stand there a second time. `seed`: 32 random bits, so that nobody chooses texts that collide. */
  countRepeated(seed: number): number {
    const size = 2 ** Math.ceil(Math.log2(2 * this.#count + 1))
    // One more than the text's index; 0 where none is.
    const table = new Uint32Array(size)
    let repeated = 0
    for (let index = 0; index < this.#count; index += 1) {
      const bytes = this.at(index)
      let place = spread(bytes, seed) % size
      for (let found = table[place] ?? 0; found > 0; found = table[place] ?? 0) {
        if (equalBytes(this.at(found - 1), bytes)) break
        place = (place + 1) % size
      }
      if (table[place] === 0) table[place] = index + 1
      else repeated += 1
    }
    return repeated
  }

  [Symbol.dispose](): void {
    this.#bytes.fill(0)
    this.#count = 0
  }

  #endOf(index: number): number {
    return this.#ends[index] ?? 0
  }

  #makeRoom(bytes: number): void {
    if (this.#count >= this.#ends.length) {
      const ends = new Float64Array(this.#ends.length * 2)
      ends.set(this.#ends)
      this.#ends = ends
    }
    if (bytes <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(bytes, this.#bytes.length * 2))
    larger.set(this.#bytes)
    this.#bytes.fill(0)
    this.#bytes = larger
  }
}

/** FNV-1a of 32 bits from a seed on, its bits mixed once more. */
function spread(bytes: Uint8Array, seed: number): number {
  let hash = seed ^ 0x811c_9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
