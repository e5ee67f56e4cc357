/** The newest checkpoint of one log that a witness has cosigned. */
export interface WitnessedCheckpoint {
  /** 0 to 2^53 − 1. */
  readonly size: number
  /** The whole note: text, the log's signatures and the witness's own. Public. */
  readonly note: string
}

/**
 * What a witness remembers: for each origin the newest checkpoint, for ever. An origin is never
 * removed, since a witness that forgets a log would cosign a fork of it.
 */
export interface WitnessStore {
  /** The newest checkpoint of the origin, `undefined` if none was ever cosigned. */
  latest(origin: string): Promise<WitnessedCheckpoint | undefined>
  /**
   * Puts `next` in place of the newest checkpoint if that has the previous size still (0 if there
   * is none), in one atomic step. `swapped` only once it is on disk; `conflict` changes nothing.
   */
  swap(
    origin: string,
    previousSize: number,
    next: WitnessedCheckpoint,
  ): Promise<'swapped' | 'conflict'>
}

/** One exchange of the newest checkpoint of an origin, as {@link WitnessStore} `swap` takes it. */
export interface WitnessSwap {
  readonly origin: string
  readonly previousSize: number
  readonly next: WitnessedCheckpoint
}

/** A store that makes several swaps durable at once. */
export interface BatchWitnessStore extends WitnessStore {
  /**
   * Swaps one after the other, each judged by itself, in one atomic step: all that succeed are on disk
   * when it resolves, in the order of `swaps`; when it rejects, none is known to be.
   */
  swapAll(swaps: readonly WitnessSwap[]): Promise<readonly ('swapped' | 'conflict')[]>
}
