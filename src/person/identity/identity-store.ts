import type { EntryPlace } from '../../log/index.ts'

/** Milliseconds of log time within which openings are counted. */
export const openingsWithinMs: number = 30 * 86_400_000

/** Most identities that an organisation opens in that time: an opening is the exception. Not a setting. */
export const mostOpenings: number = 10

/** What openings read of the state store. */
export interface IdentityReader {
  /** The sealed identity at an entry; `undefined` where there is none, or none any more. */
  sealedIdentity(place: EntryPlace): Promise<Uint8Array | undefined>
  /** Identities that were opened after `afterMs`, log time, in all logs. */
  identityOpenings(afterMs: number): Promise<number>
}

/** What asking and opening write, in the transaction that holds their entry. */
export interface IdentityTransaction extends IdentityReader {
  /** Keeps the sealed identity of an entry; it goes when the record of the entry is erased. */
  saveSealedIdentity(place: EntryPlace, sealed: Uint8Array): Promise<void>
  /** Counts one opening, by the entry that says so. */
  saveIdentityOpening(by: EntryPlace, atMs: number): Promise<void>
}
