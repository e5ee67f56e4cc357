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
  if (hashes.length > MOST_HASHES || hashes.some((hash) => hash.length !== 32)) {
    throw new RangeError('an audit path has at most 63 hashes of 32 bytes')
  }
  const extraLine = extra === undefined ? [] : [`extra ${encodeBase64(extra)}`]
  const lines = [HEADER, ...extraLine, `index ${String(index)}`, ...hashes.map(encodeBase64)]
  return `${lines.join('\n')}\n\n${checkpoint}`
}
