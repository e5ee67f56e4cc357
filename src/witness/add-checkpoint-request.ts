import { BytesError, decodeBase64, decodeUtf8 } from '../bytes/index.ts'
import { LogError, parseCheckpoint, parseDecimal, parseNote } from '../log/verify/index.ts'
import type { Checkpoint, Note } from '../log/verify/index.ts'

/** A parsed request of C2SP tlog-witness, add-checkpoint; nothing in it is verified. */
export interface AddCheckpointRequest {
  /** The size that the client believes was cosigned last. */
  readonly oldSize: number
  /** 0 to 63 hashes. */
  readonly proof: readonly Uint8Array[]
  /** The submitted checkpoint, verbatim. */
  readonly checkpointNote: string
  readonly note: Note
  readonly checkpoint: Checkpoint
}

const MAX_PROOF_LINES = 63

/**
 * Reads the body of a request; `undefined` when it is malformed in any way. Strict like every
 * parser of log formats; extension lines are refused too, since not every cosignature covers them.
 */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpointRequest | undefined {
  try {
    const text = decodeUtf8(body)
    const border = text.indexOf('\n\n')
    const [old = '', ...lines] = text.slice(0, Math.max(0, border)).split('\n')
    const oldSize = old.startsWith('old ') ? parseDecimal(old.slice(4)) : undefined
    if (typeof oldSize !== 'number' || lines.length > MAX_PROOF_LINES) return undefined
    const proof = lines.map((line) => decodeBase64(line))
    if (proof.some((hash) => hash.length !== 32)) return undefined
    const checkpointNote = text.slice(border + 2)
    const note = parseNote(checkpointNote)
    const checkpoint = parseCheckpoint(note.text)
    if (checkpoint.extensions.length > 0) return undefined
    return { oldSize, proof, checkpointNote, note, checkpoint }
  } catch (cause) {
    if (cause instanceof LogError || cause instanceof BytesError) return undefined
    throw cause
  }
}
