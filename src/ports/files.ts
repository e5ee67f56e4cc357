/**
 * A folder of published files. Paths are relative, with `/`, never with `..`.
 *
 * Every write is a temporary file, fsync, rename, fsync of the folder: it resolves only once the
 * file is on disk under its name, and a reader sees the old bytes or the new, never a mixture.
 */
export interface Files {
  /** The bytes under `path`, or `undefined` when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Writes `bytes` under `path`, in place of what stood there. */
  replace(path: string, bytes: Uint8Array): Promise<void>
  /**
   * Writes an immutable file. When the path exists already its bytes are compared: equal is a
   * success, different rejects, and nothing is overwritten.
   */
  create(path: string, bytes: Uint8Array): Promise<void>
  /** Removes the file if it is there. */
  remove(path: string): Promise<void>
  /** Every file below `folder` (`''` for all), as paths relative to the root, sorted. */
  list(folder: string): Promise<readonly string[]>
}
