/**
 * Remembers, apart from the published folder, which checkpoint was published last: that is how a
 * folder that was put back is noticed without anybody else. May trail the folder by one publication
 * after a crash, never lead it.
 */
export interface PublishedMemory {
  /** Size of the checkpoint published last, `undefined` before the first. */
  size(): Promise<number | undefined>
  /** Resolves only once the size is on disk; a smaller one than before changes nothing. */
  remember(size: number): Promise<void>
}
