import * as z from 'zod'

import { base64Of, lineText, noteText } from './bounded-values.ts'

/** What opens the commitment of a log entry to the party that it is given to, and to nobody else. */
export type Opening = {
  /** Base64, 32 bytes: the randomness of the commitment. */
  readonly r: string
  /** Base64, 32 bytes: the randomness of the record's result and case digests. */
  readonly s: string
  /** The record as canonical JSON text. */
  readonly record: string
}

/** The provider's log entry of one decision, with what proves it. */
export type LoggedEntry = {
  /** Base64, 34 bytes: the leaf. */
  readonly leaf: string
  readonly opening: Opening
  /** Inclusion proof with checkpoint (C2SP tlog-proof text). */
  readonly inclusion: string
  /** From the consumer's last seen checkpoint to this one; base64, 32 bytes each. */
  readonly consistency: readonly string[]
}

/** The members of {@link LoggedEntry}, for the schemas of answers and denials. */
export const loggedEntryShape: {
  readonly leaf: z.ZodType<string>
  readonly opening: z.ZodType<Opening>
  readonly inclusion: z.ZodType<string>
  readonly consistency: z.ZodType<string[]>
} = {
  leaf: base64Of(34),
  opening: z.strictObject({ r: base64Of(32), s: base64Of(32), record: lineText(8192) }),
  inclusion: noteText(16_384),
  consistency: z.array(base64Of(32)).max(64),
}
