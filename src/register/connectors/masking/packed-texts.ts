import type { ByteStrings } from './count-repeated.ts'

const firstBytes = 65_536
const firstTexts = 4_096
const encoder = new TextEncoder()

/** Short texts as UTF-8 one behind the other: a million of them take little more than their bytes. Overwritten at the end. */
export class PackedTexts implements ByteStrings, Disposable {
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
