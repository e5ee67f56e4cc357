/**
 * Why a part of a join was not computed elsewhere. `PART_MALFORMED`: an order or a result is in no known form;
 * `PART_NOT_OPENED`: an object is missing, was changed, or is sealed with another key; `PART_FAILED`: no worker computed it;
 * `QUEUE_UNAVAILABLE`: the database of the queue could not be used; `PACKAGE_MISSING`: an optional package.
 */
export type JoinQueueErrorCode =
  'PART_MALFORMED' | 'PART_NOT_OPENED' | 'PART_FAILED' | 'QUEUE_UNAVAILABLE' | 'PACKAGE_MISSING'

/** A failure of the queue of joins. Holds neither a key nor a point. */
export class JoinQueueError extends Error {
  override readonly name = 'JoinQueueError'
  readonly code: JoinQueueErrorCode

  constructor(code: JoinQueueErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
