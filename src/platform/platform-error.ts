/**
 * What went wrong between this process and the machine or the network.
 *
 * - `PEER_NOT_PINNED`: who answered showed no certificate that the directory pins; nothing was sent.
 * - `DEVICE_FAILED`: the disk reported an error; nothing is known about what is on it.
 * - `JOIN_GROUP_FAILED`: a thread that computed a part of a join failed or stalled; the batch is given up.
 * - `JOIN_TIER_MISSING`: this machine has no implementation of joins of the name that was asked for.
 * - `NO_SPACE`: the disk is full; what stood there before stands there still.
 * - `FILE_FAILED`: a file could not be read or written for another reason.
 */
export type PlatformErrorCode =
  | 'PEER_UNREACHABLE'
  | 'PEER_NOT_PINNED'
  | 'RESPONSE_TOO_LARGE'
  | 'RESPONSE_CODED'
  | 'FILE_DIFFERS'
  | 'FILE_PATH_REFUSED'
  | 'FILE_FAILED'
  | 'DEVICE_FAILED'
  | 'NO_SPACE'
  | 'JOIN_GROUP_FAILED'
  | 'JOIN_TIER_MISSING'

/** A failure of the machine or the network; never carries a body or a person's data. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError'
  readonly code: PlatformErrorCode

  constructor(code: PlatformErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
