/** Why a store could not be opened or used. */
export type StorageErrorCode =
  | 'STORE_MISSING'
  | 'STORE_LOCKED'
  | 'STORE_NOT_DURABLE'
  | 'STORE_SCHEMA_UNKNOWN'
  | 'STORE_FAILED'
  | 'STORE_FULL'

/**
 * A failure of a store. After `STORE_FAILED` nothing is known about what is on disk: the process
 * must end and verify itself at its next start. After `STORE_FULL` nothing was written; the process ends
 * all the same, and starts again once there is space.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
