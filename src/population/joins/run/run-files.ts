/**
 * What an organisation keeps of the joins that it runs, each run under its plan's hash in hex, sealed with a key of the run
 * alone. Once a run is destroyed no file of it opens, wherever copies of the files are.
 */
export interface JoinRuns {
  /** The files of a run that begins, or has begun; makes its key. */
  begin(run: string): RunFiles
  /** The files of a run that has its key; `undefined` where it was destroyed or never begun. */
  open(run: string): RunFiles | undefined
  /** Overwrites and removes the key, durably, and then the files. */
  destroy(run: string): void
  /** Runs of which a key or files are on disk. */
  kept(): readonly string[]
  /** Removes what a process that ended had not finished writing. For a start alone. */
  sweep(): void
}

/**
 * The files of one run. Names are of A–Z, a–z, 0–9, `-` and `.`; what is written is on disk before a call returns. What reads a
 * file whose bytes were changed, cut off or swapped throws `JoinError` `STATE_DAMAGED`.
 */
export interface RunFiles {
  has(name: string): boolean
  /** The whole file, or `undefined` where there is none. */
  read(name: string): Uint8Array | undefined
  /** Writes a file as a whole, in place of what stood there. */
  write(name: string, bytes: Uint8Array): void
  /** Begins a file that comes piece by piece. */
  receive(name: string): RunFileWriter
  /** Bytes of the file; `undefined` where there is none. */
  length(name: string): number | undefined
  /** SHA-256 of the file; 32 bytes. Throws as well where there is none. */
  digest(name: string): Uint8Array
  /** Removes a file if it is there. */
  remove(name: string): void
  /** The file piece by piece. Throws as well where there is none. */
  pieces(name: string): Iterable<Uint8Array>
}

/** A file while it comes. What is disposed of before it was kept is gone. */
export interface RunFileWriter extends Disposable {
  add(bytes: Uint8Array): void
  /** Bytes that were added. */
  readonly length: number
  /** SHA-256 of them; after the last one. */
  digest(): Uint8Array
  /** Resolves once the file is on disk under its name. */
  keep(): Promise<void>
}
