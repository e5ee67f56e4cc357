import { emptyRoot, foldRight } from './merkle.ts'
import type { NodeId, NodeReader } from './node-reader.ts'
import { peaksFrom } from './tree.ts'
import { checkCount, floorLog2, powerOfTwo } from './tree-size.ts'

/** Makes proofs for one tree size. Hashes on the ragged right edge are computed once and kept. */
export interface Prover {
  readonly size: number
  /**
   * The audit path of the entry at `index`, lowest sibling first (RFC 6962, section 2.1.1).
   *
   * @throws RangeError unless 0 ≤ index < size
   */
  inclusion(index: number): Promise<Uint8Array[]>
  /**
   * The proof that the tree of `from` entries is a prefix of this one (RFC 6962, section 2.1.2).
   * Empty for `from` = 0, which proves nothing, and for equal sizes.
   *
   * @throws RangeError unless 0 ≤ from ≤ size
   */
  consistency(from: number): Promise<Uint8Array[]>
  /** The root, 32 bytes. */
  root(): Promise<Uint8Array>
}

/** Leaves `start` … `start + length − 1`, whose hash is part of a proof. */
interface LeafRange {
  readonly start: number
  readonly length: number
}

/** A prover for the tree of `size` entries. `reader` must know its nodes; a larger tree's does. */
export function proverFor(size: number, reader: NodeReader): Prover {
  checkCount('size', size)
  const tails = new Map<number, Promise<Uint8Array>>()

  function tail(start: number): Promise<Uint8Array> {
    const known = tails.get(start)
    if (known !== undefined) return known
    const hash = reader.read(peaksFrom(start, size)).then(foldRight)
    tails.set(start, hash)
    return hash
  }

  async function hashesOf(ranges: readonly LeafRange[]): Promise<Uint8Array[]> {
    const ragged = ranges.findIndex((range) => !isPerfect(range))
    const perfect = ragged === -1 ? ranges : ranges.toSpliced(ragged, 1)
    const hashes = [...(await reader.read(perfect.map(nodeOf)))]
    const start = ranges[ragged]?.start
    if (start !== undefined) hashes.splice(ragged, 0, await tail(start))
    return hashes
  }

  return {
    size,
    inclusion: async (index) => hashesOf(inclusionRanges(size, index)),
    consistency: async (from) => hashesOf(consistencyRanges(from, size)),
    root: async () => (size === 0 ? emptyRoot() : tail(0)),
  }
}

/**
 * One audit path; see {@link Prover.inclusion}. For several proofs of one size, a
 * {@link proverFor | prover} is cheaper.
 */
export function inclusionProof(
  size: number,
  index: number,
  reader: NodeReader,
): Promise<Uint8Array[]> {
  return proverFor(size, reader).inclusion(index)
}

/** One consistency proof; see {@link Prover.consistency}. */
export function consistencyProof(
  from: number,
  to: number,
  reader: NodeReader,
): Promise<Uint8Array[]> {
  return proverFor(to, reader).consistency(from)
}

/** PATH of RFC 6962, section 2.1.1, from the top down, then turned round. */
function inclusionRanges(size: number, index: number): readonly LeafRange[] {
  checkCount('index', index)
  if (index >= size) throw new RangeError('index must be below size')
  const ranges: LeafRange[] = []
  let start = 0
  let length = size
  while (length > 1) {
    const split = powerOfTwo(floorLog2(length - 1))
    if (index < start + split) {
      ranges.push({ start: start + split, length: length - split })
      length = split
    } else {
      ranges.push({ start, length: split })
      start += split
      length -= split
    }
  }
  return ranges.reverse()
}

/** PROOF and SUBPROOF of RFC 6962, section 2.1.2, from the top down, then turned round. */
function consistencyRanges(from: number, to: number): readonly LeafRange[] {
  checkCount('from', from)
  if (from > to) throw new RangeError('from must not be above to')
  if (from === 0) return []
  const ranges: LeafRange[] = []
  let start = 0
  let length = to
  while (from !== start + length) {
    const split = powerOfTwo(floorLog2(length - 1))
    if (from <= start + split) {
      ranges.push({ start: start + split, length: length - split })
      length = split
    } else {
      ranges.push({ start, length: split })
      start += split
      length -= split
    }
  }
  if (start > 0) ranges.push({ start, length })
  return ranges.reverse()
}

function isPerfect({ length }: LeafRange): boolean {
  return powerOfTwo(floorLog2(length)) === length
}

function nodeOf({ start, length }: LeafRange): NodeId {
  return { level: floorLog2(length), index: start / length }
}
