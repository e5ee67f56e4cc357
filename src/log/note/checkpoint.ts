import { decodeBase64, encodeBase64, equalBytes } from '../../bytes/index.ts'
import { LogError } from '../log-error.ts'
import { checkCount, emptyRoot } from '../tree/index.ts'
import { checkKeyName } from './verifier-key.ts'

/** The head of a log: how many entries, and the hash over all of them. */
export interface TreeHead {
  /** The log's name: a URL prefix without scheme, such as `tax.example/log/2026h2`. */
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/**
 * The text of a checkpoint, three lines (C2SP tlog-checkpoint, Note text). Extension lines are never
 * written.
 *
 * @throws RangeError for an origin that is no key name, a size that is not an integer from 0 to
 * 2^53 − 1, a root that is not 32 bytes, or size 0 with another root than that of the empty tree
 */
export function formatCheckpoint({ origin, size, root }: TreeHead): string {
  checkKeyName(origin)
  checkCount('size', size)
  if (root.length !== 32) throw new RangeError('a root has 32 bytes')
  if (size === 0 && !equalBytes(root, emptyRoot())) {
    throw new RangeError('the empty tree has one root only')
  }
  return `${origin}\n${String(size)}\n${encodeBase64(root)}\n`
}

/**
 * Reads back a checkpoint note that this log wrote. What it says is accepted only in exactly the
 * form in which {@link formatCheckpoint} writes it; signatures are not looked at.
 *
 * @throws {@link LogError} `CHECKPOINT_MALFORMED`
 */
export function readOwnCheckpoint(note: string): TreeHead & { readonly text: string } {
  const [origin = '', size = '', root = ''] = note.split('\n', 3)
  try {
    const head = { origin, size: Number(size), root: decodeBase64(root) }
    const text = formatCheckpoint(head)
    if (note.startsWith(`${text}\n— `) && note.endsWith('\n')) return { ...head, text }
  } catch (cause) {
    throw new LogError('CHECKPOINT_MALFORMED', 'not a checkpoint of this log', { cause })
  }
  throw new LogError('CHECKPOINT_MALFORMED', 'not a checkpoint as this log writes it')
}
