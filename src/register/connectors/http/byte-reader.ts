import { concatBytes } from '../../../bytes/index.ts'

const newline = 10

/** Reads stretches of known length, and a first line, out of bytes that arrive in any pieces. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array()

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /**
   * The bytes up to the next line feed, which is left out.
   *
   * @throws RangeError when there is none within `most` bytes, or before the end
   */
  async line(most: number): Promise<Uint8Array> {
    let line: Uint8Array = new Uint8Array()
    for (;;) {
      const end = this.#rest.indexOf(newline)
      const part = end < 0 ? this.#rest : this.#rest.subarray(0, end)
      if (line.length + part.length > most) throw new RangeError('the line is too long')
      line = concatBytes(line, part)
      this.#rest = end < 0 ? new Uint8Array() : this.#rest.subarray(end + 1)
      if (end >= 0) return line
      if (!(await this.#more())) throw new RangeError('the bytes end within a line')
    }
  }

  /**
   * The next `length` bytes.
   *
   * @throws RangeError when they end before
   */
  async take(length: number): Promise<Uint8Array> {
    const taken = new Uint8Array(length)
    let filled = 0
    for (;;) {
      const part = this.#rest.subarray(0, length - filled)
      taken.set(part, filled)
      filled += part.length
      this.#rest = this.#rest.subarray(part.length)
      if (filled === length) return taken
      if (!(await this.#more())) throw new RangeError('the bytes end early')
    }
  }

  /** Whether nothing more comes. */
  async isOver(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#more())
  }

  /** Waits until there are bytes; false when there are none any more. */
  async #more(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next()
      if (next.done === true) return false
      this.#rest = next.value
    }
    return true
  }
}
