import { concatBytes, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { DrawTerms } from './draw-seed.ts'

const tag = utf8('cloison/audit-draw/v1\n')
const wordsPerBlock = 4
const wordLimit = 1n << 64n

/** SHA-256 in counter mode, read as big-endian words of 64 bits. */
function* wordsOf(seed: Uint8Array): Generator<bigint> {
  for (let number = 0n; ; number += 1n) {
    const counter = new Uint8Array(8)
    new DataView(counter.buffer).setBigUint64(0, number)
    const block = sha256(concatBytes(tag, seed, counter))
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
    for (let word = 0; word < wordsPerBlock; word += 1) yield view.getBigUint64(word * 8)
  }
}

/** Uniform numbers below `limit`: words that would make some of them likelier are passed over. */
function* uniformBelow(seed: Uint8Array, limit: number): Generator<number> {
  const size = BigInt(limit)
  const accepted = wordLimit - (wordLimit % size)
  for (const word of wordsOf(seed)) if (word < accepted) yield Number(word % size)
}

/**
 * The entries of a draw, ascending: a uniform sample without repetition of those entries of the range
 * that are about exchanges, which their public class byte tells.
 *
 * @param isExchange of each index of the range
 */
export function sampleEntries(
  seed: Uint8Array,
  { first, last, count }: Pick<DrawTerms, 'first' | 'last' | 'count'>,
  isExchange: (index: number) => boolean,
): readonly number[] {
  const wanted = Math.min(count, countExchanges(first, last, isExchange))
  const drawn = new Set<number>()
  if (wanted === 0) return []
  for (const offset of uniformBelow(seed, last - first)) {
    const index = first + offset
    if (isExchange(index)) drawn.add(index)
    if (drawn.size === wanted) break
  }
  return [...drawn].toSorted((one, other) => one - other)
}

function countExchanges(
  first: number,
  last: number,
  isExchange: (index: number) => boolean,
): number {
  let found = 0
  for (let index = first; index < last; index += 1) if (isExchange(index)) found += 1
  return found
}
