/** The newest tree head that this organisation has signed. */
export interface StoredHead {
  /** The signed checkpoint, a whole note; what the next swap is compared with. */
  readonly checkpoint: string
  readonly size: number
  /** Log time of the commit, milliseconds since the epoch; never falls. */
  readonly timeMs: number
}

/** Where an entry of this organisation stands: in the log of that origin, at that index. */
export interface EntryPlace {
  readonly origin: string
  readonly index: number
}

/** One entry as it is kept. The leaf is public. */
export interface EntryRow {
  readonly index: number
  /** 34 bytes. */
  readonly leaf: Uint8Array
  /**
   * r ‖ s ‖ record: of an exchange sealed under the key of the month of `timeMs` with the leaf as
   * context, of governance in the clear. Empty once it was erased: then the leaf is noise.
   */
  readonly sealed: Uint8Array
  readonly timeMs: number
}

/** A full tile of 256 hashes, 8,192 bytes. */
export interface StoredTile {
  readonly level: number
  readonly index: number
  readonly bytes: Uint8Array
}

/** What one log reads of its store; readers beside the writer see committed rows only. */
export interface LogReader {
  head(): Promise<StoredHead | undefined>
  /** Entries `first` … `first + count − 1`; fewer when the log ends before. */
  readEntries(first: number, count: number): Promise<readonly EntryRow[]>
  /** Their leaves alone, 34 bytes each. */
  readLeaves(first: number, count: number): Promise<readonly Uint8Array[]>
  /** A full tile, or `undefined` while it is not full. */
  readTile(level: number, index: number): Promise<Uint8Array | undefined>
}

/** The logs of one organisation: what it reads by itself is of the newest, the one that is written to. */
export interface LogsReader extends LogReader {
  /** Origins, oldest first; all but the last are closed. */
  logs(): Promise<readonly string[]>
  /** Reads of one log, also of a closed one; an empty log for an origin that is none of {@link logs}. */
  logOf(origin: string): LogReader
}

/** What a log writes within one transaction. Nothing is durable before the transaction resolves. */
export interface LogTransaction extends LogsReader {
  /**
   * Begins the log of a new origin, without a head. From here on the transaction reads and writes this
   * log, and so does whoever opens the store after it; those before are closed for good.
   *
   * @throws a failure of the store for an origin that it has held before
   */
  openLog(origin: string): Promise<void>
  insertEntries(rows: readonly EntryRow[]): Promise<void>
  saveTiles(tiles: readonly StoredTile[]): Promise<void>
  /**
   * Compare-and-swap on the whole previous checkpoint (`undefined` for a log without one).
   * `conflict` means that another writer was here: fatal.
   */
  swapHead(previous: string | undefined, next: StoredHead): Promise<'swapped' | 'conflict'>
}

/** A store whose writes happen in transactions, one at a time. */
export interface StateStore<Transaction> {
  /**
   * Runs `work` in one write transaction. Resolves with its result only once everything it wrote
   * is on disk; when `work` rejects, nothing was written.
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
}

/**
 * A second, separate store of the newest head, in its own file and with its own fsync. It may trail
 * the state store by one commit, never lead it: that is how a restored state store is noticed.
 */
export interface HeadStore {
  read(): Promise<StoredHead | undefined>
  /** Resolves only once the head is on disk. */
  write(head: StoredHead): Promise<void>
}
