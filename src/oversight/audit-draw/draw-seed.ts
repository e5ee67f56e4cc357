import { canonicalBytes, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'

/** What an inspector commits to before anybody can know the checkpoint. */
export interface DrawTerms {
  readonly inspector: string
  /** Origin of the log that is drawn from. */
  readonly log: string
  /** The entries `first` … `last − 1`. */
  readonly first: number
  readonly last: number
  /** How many entries about exchanges are drawn; all of them where there are fewer. */
  readonly count: number
}

/** What stands in `audit.committed`: 32 bytes under which the nonce is hidden and the terms are bound. */
export function drawCommitment(nonce: Uint8Array, terms: DrawTerms): Uint8Array {
  requireNonce(nonce)
  const { inspector, log, first, last, count } = terms
  const bound = canonicalBytes({ count, first, inspector, last, log })
  return sha256(utf8('cloison/audit-commitment/v1\n'), nonce, bound)
}

/**
 * The seed of a draw: of the checkpoint, which the inspector does not choose, and the nonce, which the
 * operator does not know.
 *
 * @param checkpointText the note's text, to the newline of its last line: signatures are not in it, so none
 * that is left out or added gives another seed
 */
export function drawSeed(checkpointText: string, nonce: Uint8Array): Uint8Array {
  requireNonce(nonce)
  return sha256(utf8('cloison/audit-seed/v1\n'), sha256(utf8(checkpointText)), nonce)
}

function requireNonce(nonce: Uint8Array): void {
  if (nonce.length !== 32) throw new RangeError('nonce must have 32 bytes')
}
