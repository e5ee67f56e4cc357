import { equalBytes } from '../../../bytes/index.ts'

/** Short byte strings by their place. */
export interface ByteStrings {
  readonly count: number
  at(index: number): Uint8Array
}

/** How many stand there a second time. `seed`: 32 random bits, so that nobody chooses strings that collide. */
export function countRepeated(strings: ByteStrings, seed: number): number {
  const size = 2 ** Math.ceil(Math.log2(2 * strings.count + 1))
  // One more than the string's index; 0 where none is.
  const table = new Uint32Array(size)
  let repeated = 0
  for (let index = 0; index < strings.count; index += 1) {
    const bytes = strings.at(index)
    let place = spread(bytes, seed) % size
    for (let found = table[place] ?? 0; found > 0; found = table[place] ?? 0) {
      if (equalBytes(strings.at(found - 1), bytes)) break
      place = (place + 1) % size
    }
    if (table[place] === 0) table[place] = index + 1
    else repeated += 1
  }
  return repeated
}

/** FNV-1a of 32 bits from a seed on, its bits mixed once more. */
function spread(bytes: Uint8Array, seed: number): number {
  let hash = seed ^ 0x811c_9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
