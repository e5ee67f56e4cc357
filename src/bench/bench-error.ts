/** Why a benchmark gave no figures. */
export type BenchErrorCode =
  /** An answer was not 200, or one of the checked receipts did not verify: the run counts for nothing. */
  | 'RUN_REJECTED'
  /** A process of the benchmark could not start or ended before its time. */
  | 'PROCESS_LOST'
  /** This machine has no implementation of that name. */
  | 'TIER_UNKNOWN'

/** A failure of a benchmark; no figure of its run is reported. */
export class BenchError extends Error {
  override readonly name = 'BenchError'
  readonly code: BenchErrorCode

  constructor(code: BenchErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
