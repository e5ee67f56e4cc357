/**
 * Why an object store was not used, or could not be. `FILE_DIFFERS`: an object that never changes
 * stands there with other bytes, or somebody else replaced the one that changes. `STORE_REFUSED`: the
 * store denies access; `STORE_UNREACHABLE`: no complete answer in all tries, so what came of a write is
 * not known; `STORE_ANSWER`: an answer in no known form; `PACKAGE_MISSING`: an optional package.
 */
export type ObjectStoreErrorCode =
  | 'FILE_DIFFERS'
  | 'FILE_PATH_REFUSED'
  | 'STORE_REFUSED'
  | 'STORE_UNREACHABLE'
  | 'STORE_ANSWER'
  | 'PACKAGE_MISSING'

/** A failure of an object store. Holds neither a key nor what was read. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError'
  readonly code: ObjectStoreErrorCode

  constructor(code: ObjectStoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
