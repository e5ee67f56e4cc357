import type { EntryPlace } from '../log/index.ts'

/** The two chains of entries that a subject may have. */
export type ChainName = 'open' | 'withheld'

/** The end of the chain of entries about one subject. */
export interface ChainEnd {
  readonly seq: number
  /** Commitment of the newest entry about the subject, base64. */
  readonly commitment: string
}

/** The end of one chain, with what it is known by. */
export interface ChainHead extends ChainEnd {
  readonly subjectHandle: string
  readonly chain: ChainName
}

/** A link of a subject's chain; kept outside the erasable part, never opened to a consumer. */
export interface ChainRow extends ChainHead {
  readonly place: EntryPlace
  readonly prev: string | undefined
  /** The 32 random bytes that blind the link. */
  readonly c: Uint8Array
}

/** A closed epoch: what its entry says, and the salt that blinded the heads in its map. */
export interface EpochRow {
  /** From 0, without a gap. */
  readonly number: number
  /** Where `epoch.closed` stands. */
  readonly place: EntryPlace
  /** The map covers the entries of its log before this index, and all logs before. */
  readonly size: number
  /** Root of the map, base64. */
  readonly root: string
  /** Public key of the random function under which the handles are, base64. */
  readonly vrfKey: string
  /** 32 random bytes; who has them and the handle key can open every leaf of this map. */
  readonly salt: Uint8Array
  readonly atMs: number
}

/** What is read about subjects' chains and the epochs that commit to them. Handles are never identifiers. */
export interface ChainReader {
  chainEnd(subjectHandle: string, chain: ChainName): Promise<ChainEnd | undefined>
  /** One link of a chain; `undefined` behind its end. */
  chainLink(subjectHandle: string, chain: ChainName, seq: number): Promise<ChainRow | undefined>
  /** The link that an entry is; `undefined` for an entry that is in no chain. */
  chainLinkAt(place: EntryPlace): Promise<ChainRow | undefined>
  /**
   * Ends of all chains as they were when the log had the entries before `before`, in the order of
   * handle and chain, behind `after`, at most `most`.
   */
  chainHeads(
    before: EntryPlace,
    after: Pick<ChainHead, 'subjectHandle' | 'chain'> | undefined,
    most: number,
  ): Promise<readonly ChainHead[]>
  /** Places of all entries about one subject, oldest first, in whichever log they are. */
  entriesAbout(subjectHandle: string): Promise<readonly EntryPlace[]>
  /** A closed epoch by its number. */
  epoch(number: number): Promise<EpochRow | undefined>
  newestEpoch(): Promise<EpochRow | undefined>
}

/** What is written about chains and epochs, in the transaction that holds the entry. */
export interface ChainTransaction extends ChainReader {
  saveChain(row: ChainRow): Promise<void>
  /** @throws a failure of the store for a number that is taken */
  saveEpoch(row: EpochRow): Promise<void>
}
