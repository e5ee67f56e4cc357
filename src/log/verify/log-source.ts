/** Where the published files of a log are read: a folder or a URL. Nothing in it is trusted. */
export interface LogSource {
  /**
   * The bytes of a file below the log's prefix (`checkpoint`, `tile/0/000`), or `undefined` when it
   * is not there. Of a file longer than `maxBytes`, any `maxBytes + 1` bytes.
   *
   * Rejects when the source cannot be read at all: unreachable, or an error of the disk.
   */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>
  /**
   * Every file below `folder` (`''` for all), in any order; nothing when there is no such folder.
   * A source that cannot list, as a URL cannot, leaves this out: superfluous files then go unseen.
   */
  list?(folder: string): AsyncIterable<string>
}
