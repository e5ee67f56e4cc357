import { LogError, parseCheckpoint, parseNote, parseTlogProof } from '../log/verify/index.ts'
import type { Checkpoint } from '../log/verify/index.ts'

/**
 * The tree that a receipt's checkpoint names, unverified: good for asking which link to a newer
 * head is wanted, for nothing else. `undefined` when the receipt is malformed.
 */
export function receiptTree(tlogProof: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(parseNote(parseTlogProof(tlogProof).checkpoint).text)
  } catch (cause) {
    if (cause instanceof LogError) return undefined
    throw cause
  }
}
