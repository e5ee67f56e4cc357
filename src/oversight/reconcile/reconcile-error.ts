/** Why nothing can be reconciled: something was not shown to be what it must be. */
export type ReconcileErrorCode =
  /** A bundle is not of its form. */
  | 'BUNDLE_MALFORMED'
  /** The checkpoint is not signed by a log that is trusted, or not by the organisation's own. */
  | 'CHECKPOINT_REFUSED'
  /** Too few witnesses have cosigned the checkpoint. */
  | 'QUORUM_NOT_MET'
  /** The entries of the bundle are not those of the log that the checkpoint is of. */
  | 'ROOT_DIFFERS'
  /** A record is not the one that its leaf commits to, or none that an entry may have. */
  | 'RECORD_WRONG'
  /** The log does not continue what was reconciled before. */
  | 'LOG_REWRITTEN'
  /** Two bundles are of one log, or all of one organisation. */
  | 'SIDES_WRONG'

/** Codes that are evidence against the organisation whose bundle it is. */
export const tamperingCodes: ReadonlySet<ReconcileErrorCode> = new Set([
  'ROOT_DIFFERS',
  'RECORD_WRONG',
  'LOG_REWRITTEN',
])

/** A bundle that cannot be used. The text names organisation, log and entry, and never a value. */
export class ReconcileError extends Error {
  override readonly name = 'ReconcileError'
  readonly code: ReconcileErrorCode

  constructor(code: ReconcileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
