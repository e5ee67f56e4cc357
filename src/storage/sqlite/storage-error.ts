/** Why a store could not be opened or used. */
export type StorageErrorCode =
  'STORE_MISSING' | 'STORE_LOCKED' | 'STORE_NOT_DURABLE' | 'STORE_SCHEMA_UNKNOWN' | 'STORE_FAILED'

/**
 * A failure of a store. After `STORE_FAILED` nothing is known about what is on disk: the process
 * must end and verify itself at its next start.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
