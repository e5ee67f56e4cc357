/**
 * Why the writer of a log stopped.
 *
 * - `NODE_MISSING`: a hash, tile or entry that the tree must have cannot be read.
 * - `TILE_MALFORMED`: a stored tile has the wrong length.
 * - `CHECKPOINT_MALFORMED`: a checkpoint of this log is not in the form this log writes.
 * - `ROOT_MISMATCH`: the stored entries or tiles do not add up to the signed root.
 * - `PUBLISHED_AHEAD`: the published checkpoint is larger than the head, so the head is an old one.
 * - `PUBLISHED_DIFFERS`: the published checkpoint is of another tree than the stored entries.
 * - `LOG_MISSING`: the store holds no log.
 * - `LOG_REGRESSED`: one store of the head is older than another: a backup was put back.
 * - `LOG_FORKED`: two checkpoints that this log signed are of two histories.
 * - `HEAD_CONFLICT`: another writer has moved the head.
 * - `READ_BACK_DIFFERS`: entries read back are not those that were written.
 * - `CLOCK_BACKWARDS`: the clock is behind the newest entry.
 * - `RECORD_KEY_MISSING`: the key that seals the records of this month is gone.
 * - `MARKS_UNKNOWN`: what stands beside a record is not known to this version, so nothing of it is read.
 * - `OVERLOADED`: more waits for the log than it will write soon; nothing was written.
 */
export type LogErrorCode =
  | 'OVERLOADED'
  | 'MARKS_UNKNOWN'
  | 'NODE_MISSING'
  | 'TILE_MALFORMED'
  | 'CHECKPOINT_MALFORMED'
  | 'ROOT_MISMATCH'
  | 'PUBLISHED_AHEAD'
  | 'PUBLISHED_DIFFERS'
  | 'LOG_MISSING'
  | 'LOG_REGRESSED'
  | 'LOG_FORKED'
  | 'HEAD_CONFLICT'
  | 'READ_BACK_DIFFERS'
  | 'CLOCK_BACKWARDS'
  | 'RECORD_KEY_MISSING'

/** A failure while writing, proving or publishing a log. The message holds no personal data. */
export class LogError extends Error {
  override readonly name = 'LogError'
  readonly code: LogErrorCode

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
