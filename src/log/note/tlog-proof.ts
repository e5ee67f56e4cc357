import { encodeBase64 } from '../../bytes/index.ts'
import { checkCount } from '../tree/index.ts'

const HEADER = 'c2sp.org/tlog-proof@v1'
const MOST_HASHES = 63

/** What a receipt is made of. */
export interface TlogProof {
  /** Of the entry, from 0. */
  readonly index: number
  /** The audit path, lowest sibling first, 32 bytes each. */
  readonly hashes: readonly Uint8Array[]
  /** The signed checkpoint, a whole note, taken over as it is. */
  readonly checkpoint: string
  /** Travels along unauthenticated; never about anyone but the holder. */
  readonly extra?: Uint8Array
}

/**
 * The text of a receipt: that an entry is in the tree of a checkpoint, checkable offline
 * (C2SP tlog-proof, Format).
 *
 * @throws RangeError for an index that is not an integer from 0 to 2^53 − 1, more than 63 hashes, or
 * one that is not 32 bytes
 */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  checkCount('index', index)
  if (hashes.length > MOST_HASHES) throw new RangeError('an audit path has at most 63 hashes')
  const extraLine = extra === undefined ? '' : `extra ${encodeBase64(extra)}\n`
  const path = hashes.map(hashLine).join('')
  return `${HEADER}\n${extraLine}index ${String(index)}\n${path}\n${checkpoint}`
}

/**
 * One hash of an audit path as a line of a receipt.
 *
 * @throws RangeError for a hash that is not 32 bytes
 */
export function hashLine(hash: Uint8Array): string {
  if (hash.length !== 32) throw new RangeError('a hash of an audit path has 32 bytes')
  return `${encodeBase64(hash)}\n`
}

/** A receipt whose audit path is already written, as {@link hashLine} writes each of its hashes. */
export function tlogProofOf(index: number, path: string, checkpoint: string): string {
  checkCount('index', index)
  return `${HEADER}\nindex ${String(index)}\n${path}\n${checkpoint}`
}
