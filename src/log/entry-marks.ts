import { canonicalBytes, equalBytes } from '../bytes/index.ts'
import { LogError } from './log-error.ts'

/**
 * What is known of an entry beside its record and is no part of its commitment (`spec/bystander.md`).
 * Sealed with the record. `bystander`: its subject appears in another person's case.
 */
export interface EntryMarks {
  readonly bystander: true
}

/** The marks of an entry whose subject is a bystander: the only ones that there are. */
export const bystanderMarks: EntryMarks = { bystander: true }

const bystanderBytes = canonicalBytes({ ...bystanderMarks })

/** Canonical JSON of marks. */
export function marksBytes({ bystander }: EntryMarks): Uint8Array {
  return canonicalBytes({ bystander })
}

/**
 * Reads marks from what stands behind a record.
 *
 * @throws {@link LogError} `MARKS_UNKNOWN` for anything else: whom it protects is not known
 */
export function readMarks(bytes: Uint8Array): EntryMarks {
  if (equalBytes(bytes, bystanderBytes)) return bystanderMarks
  throw new LogError('MARKS_UNKNOWN', 'an entry has marks that this version does not know')
}
