import { concatBytes } from '../bytes/index.ts'
import { type EntryMarks, marksBytes, readMarks } from './entry-marks.ts'

/** What the payload of a stored entry consists of. Secret where the entry is of an exchange. */
export interface EntryPayload {
  /** 32 bytes: opens the commitment, together with the record. */
  readonly r: Uint8Array
  /** 32 bytes: the salt of result and case digests; zeros where there are none. */
  readonly s: Uint8Array
  /** Canonical JSON. */
  readonly recordBytes: Uint8Array
  readonly marks: EntryMarks | undefined
}

const secretBytes = 32
const lineFeed = 0x0a

/** The payload of an entry: `r ‖ s ‖ record`, and behind a line feed its marks, where it has any. */
export function joinPayload({ r, s, recordBytes, marks }: EntryPayload): Uint8Array {
  if (marks === undefined) return concatBytes(r, s, recordBytes)
  return concatBytes(r, s, recordBytes, Uint8Array.of(lineFeed), marksBytes(marks))
}

/**
 * Takes a payload apart. Canonical JSON has no raw line feed, so the first one ends the record.
 *
 * @throws {@link LogError} `MARKS_UNKNOWN`
 */
export function splitPayload(payload: Uint8Array): EntryPayload {
  const end = payload.indexOf(lineFeed, 2 * secretBytes)
  return {
    r: payload.slice(0, secretBytes),
    s: payload.slice(secretBytes, 2 * secretBytes),
    recordBytes: payload.slice(2 * secretBytes, end < 0 ? undefined : end),
    marks: end < 0 ? undefined : readMarks(payload.subarray(end + 1)),
  }
}
