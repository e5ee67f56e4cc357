import { parseCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { verifySignature } from './cosignature.ts'
import type { Cosignature, SignatureAlgorithms } from './cosignature.ts'
import { LogError } from './log-error.ts'
import { parseNote } from './note.ts'
import type { NoteSignature } from './note.ts'
import { checkDistinct, sameKey } from './verifier-key.ts'
import type { VerifierKey } from './verifier-key.ts'

/** A note whose text at least one known key has signed. */
export interface OpenedNote {
  readonly text: string
  /** The known keys that signed, each once, in the order of the note. */
  readonly verified: readonly VerifierKey[]
  /** The times of those that are cosignatures; of several by one key, the newest. */
  readonly cosignatures: readonly Cosignature[]
  /** Lines of unknown keys: ignored, as C2SP signed-note asks. */
  readonly unknown: readonly NoteSignature[]
  /** How many lines repeat a key that had signed already. */
  readonly repeated: number
}

/**
 * Parses a note and verifies every line of a known key. A line belongs to a key when name and key
 * ID are both equal; a line of a known key that does not verify refuses the whole note, whatever
 * else is good.
 *
 * @throws {@link LogError} `NOTE_MALFORMED`, `NOTE_UNSIGNED`, `SIGNATURE_INVALID`, `KEY_AMBIGUOUS`,
 * `ALGORITHM_MISSING`
 */
export function openNote(
  note: string | Uint8Array,
  keys: readonly VerifierKey[],
  algorithms: SignatureAlgorithms,
): OpenedNote {
  checkDistinct(keys)
  const { text, signatures } = parseNote(note)
  const times = new Map<VerifierKey, number | 'plain'>()
  const unknown: NoteSignature[] = []
  let repeated = 0
  for (const line of signatures) {
    const key = keys.find(({ name, keyId }) => name === line.name && keyId === line.keyId)
    if (key === undefined) {
      unknown.push(line)
      continue
    }
    const time = verifySignature(text, line.signature, key, algorithms)
    if (time === undefined) {
      throw new LogError('SIGNATURE_INVALID', `a signature of ${key.name} does not verify`)
    }
    const before = times.get(key)
    if (before !== undefined) repeated += 1
    times.set(
      key,
      typeof before === 'number' && typeof time === 'number' ? Math.max(before, time) : time,
    )
  }
  if (times.size === 0) throw new LogError('NOTE_UNSIGNED', 'no known key signed this note')
  return {
    text,
    verified: [...times.keys()],
    cosignatures: cosignaturesOf(times),
    unknown,
    repeated,
  }
}

/** Keys and algorithms for {@link openCheckpoint}. */
export interface CheckpointKeys extends SignatureAlgorithms {
  /** The key of the log; several of one origin while keys are rotated. One of them must sign. */
  readonly log: VerifierKey | readonly VerifierKey[]
  readonly witnesses: readonly VerifierKey[]
}

/** A checkpoint that the log has signed. */
export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint
  /** The text that was signed. */
  readonly text: string
  /** Who of the known witnesses cosigned it, and when. */
  readonly cosignatures: readonly Cosignature[]
  /** The keys of the log that signed it. */
  readonly signers: readonly VerifierKey[]
  readonly unknown: readonly NoteSignature[]
  readonly repeated: number
}

/**
 * Opens a checkpoint note: the log's key has signed it, its name is the checkpoint's origin, every
 * cosignature of a known witness is good, and there are no extension lines. Whether the
 * cosignatures suffice is for {@link quorumMet} to say.
 *
 * @throws {@link LogError} as {@link openNote} and {@link parseCheckpoint}; `NOTE_UNSIGNED` when
 * the log itself has not signed; `EXTENSION_REFUSED`
 */
export function openCheckpoint(
  note: string | Uint8Array,
  { log, witnesses, ...algorithms }: CheckpointKeys,
): OpenedCheckpoint {
  const logKeys = 'name' in log ? [log] : log
  const opened = openNote(note, [...logKeys, ...witnesses], algorithms)
  const checkpoint = parseCheckpoint(opened.text)
  if (checkpoint.extensions.length > 0) {
    throw new LogError('EXTENSION_REFUSED', 'the checkpoint has extension lines')
  }
  const signers = opened.verified.filter(
    (key) => key.name === checkpoint.origin && logKeys.some((known) => sameKey(known, key)),
  )
  // ML-DSA-44 beside Ed25519 is welcome; a log is known by its Ed25519 signature (C2SP tlog-tiles).
  if (!signers.some((key) => key.type === 1)) {
    throw new LogError('NOTE_UNSIGNED', 'the log has not signed this checkpoint')
  }
  const cosignatures = opened.cosignatures.filter(({ key }) =>
    witnesses.some((known) => sameKey(known, key)),
  )
  const { text, unknown, repeated } = opened
  return { checkpoint, text, cosignatures, signers, unknown, repeated }
}

function cosignaturesOf(times: ReadonlyMap<VerifierKey, number | 'plain'>): readonly Cosignature[] {
  const found: Cosignature[] = []
  for (const [key, time] of times) if (time !== 'plain') found.push({ key, timeSeconds: time })
  return found
}
