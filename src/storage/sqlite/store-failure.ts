import { StorageError } from './storage-error.ts'

/** SQLite's primary result codes (sqlite.org/rescode.html); an extended code has more in its higher bits. */
const ioError = 10
const full = 13

/**
 * What an error of `node:sqlite` means to an operator, as a {@link StorageError} `STORE_FULL` or
 * `STORE_FAILED`; `undefined` when it is about neither the disk nor its space.
 */
export function storeFailure(cause: unknown): StorageError | undefined {
  if (!(cause instanceof Error) || !('errcode' in cause)) return undefined
  const primary = Number(cause.errcode) & 0xff
  if (primary === full) {
    return new StorageError(
      'STORE_FULL',
      'There is no space left for the stores; nothing of it was acknowledged. Make room, then start again.',
      { cause },
    )
  }
  if (primary !== ioError) return undefined
  return new StorageError(
    'STORE_FAILED',
    'The disk of the stores has failed; nothing of it was acknowledged. Check the disk; the next start verifies what is on it.',
    { cause },
  )
}
