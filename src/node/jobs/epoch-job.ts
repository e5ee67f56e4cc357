import { closeEpoch, type CloseEpochDeps } from '../../oversight/index.ts'
import { NodeError } from '../node-error.ts'

/** A day: how long an epoch lasts where the configuration does not say. */
export const defaultEpochSeconds = 86_400

/** The closing of epochs as a job of a running gateway. */
export interface EpochJob {
  /** Closes the epoch when its time has come and the log may be written to; else does nothing. */
  round(): Promise<void>
}

/**
 * Closes epochs. `mayWrite` is asked before anything is computed.
 *
 * @throws from a round: {@link NodeError} `KEY_FILE_INVALID` when the handle key is not the one under
 * which the log's first epoch was closed, since every person would have a second handle
 */
export function epochJob(deps: CloseEpochDeps, mayWrite: () => boolean): EpochJob {
  return {
    async round() {
      if (!mayWrite()) return
      if ((await closeEpoch(deps)) !== 'another-key') return
      throw new NodeError(
        'KEY_FILE_INVALID',
        'The key file of "keys.handle_file" is not the one that this log began with: put it back. Nothing else can continue the chains.',
      )
    },
  }
}
