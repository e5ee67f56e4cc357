import { decodeBase64 } from '../../bytes/index.ts'
import { parseDecimal } from './decimal.ts'
import { LogError } from './log-error.ts'

/** What a log signs (C2SP tlog-checkpoint): its whole content, as one size and one root. */
export interface Checkpoint {
  /** The name of the log, not empty. */
  readonly origin: string
  /** Number of entries, 0 to 2^53 − 1. */
  readonly size: number
  /** RFC 6962 tree hash, 32 bytes. */
  readonly root: Uint8Array
  /** Further lines. Cloison's logs never have any, and {@link openCheckpoint} refuses them. */
  readonly extensions: readonly string[]
}

/**
 * Reads the text of a checkpoint note. Exactly one text has given content: canonical base64, no
 * leading zeros.
 *
 * @throws {@link LogError} `CHECKPOINT_MALFORMED`; `SIZE_UNSUPPORTED` above 2^53 − 1
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw malformed('a checkpoint ends in a newline')
  const [origin = '', size = '', root = '', ...extensions] = lines
  if (origin === '' || extensions.includes('')) throw malformed('a checkpoint has an empty line')
  const parsedSize = parseDecimal(size)
  if (parsedSize === undefined) throw malformed('the size of a checkpoint is not a number')
  const parsedRoot = readRoot(root)
  if (parsedSize === 'unsupported') {
    throw new LogError('SIZE_UNSUPPORTED', 'the size of a checkpoint is above 2^53 - 1')
  }
  return { origin, size: parsedSize, root: parsedRoot, extensions }
}

function readRoot(encoded: string): Uint8Array {
  let root: Uint8Array
  try {
    root = decodeBase64(encoded)
  } catch (cause) {
    throw new LogError('CHECKPOINT_MALFORMED', 'the root of a checkpoint is not base64', { cause })
  }
  if (root.length !== 32) throw malformed('the root of a checkpoint has not 32 bytes')
  return root
}

function malformed(message: string): LogError {
  return new LogError('CHECKPOINT_MALFORMED', message)
}
