import { DatabaseSync } from 'node:sqlite'
import { StorageError } from './storage-error.ts'

/**
 * Holds the right to write an organisation's store for as long as the process lives: an exclusive
 * lock of the operating system on a file beside the store, which the kernel lets go when the
 * process ends, however it ends.
 *
 * @throws {@link StorageError} `STORE_LOCKED` when another process holds it.
 */
export function holdWriterLock(path: string): Disposable {
  const connection = new DatabaseSync(path)
  try {
    connection.exec('PRAGMA busy_timeout = 0')
    connection.exec('PRAGMA locking_mode = EXCLUSIVE')
    connection.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    connection.close()
    throw new StorageError(
      'STORE_LOCKED',
      'Another gateway is running on this store; stop it first.',
      {
        cause,
      },
    )
  }
  return { [Symbol.dispose]: () => connection.close() }
}
