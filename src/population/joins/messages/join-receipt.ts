import * as z from 'zod'
import { canonicalBytes, decodeHex, encodeHex } from '../../../bytes/index.ts'
import { readPopulationMessage } from '../../messages/index.ts'
import type { RunLeg } from '../run/index.ts'
import { type EntryName, entryNameSchema } from './entry-name.ts'
import { joinProposalPath } from './join-proposal.ts'

/** What the receiver of a message says: it is kept, and in its log. */
export interface JoinReceipt {
  readonly v: 1
  /** SHA-256 of the message. */
  readonly digest: Uint8Array
  readonly entry: EntryName
}

/** Most bytes of a receipt, and of a problem in its place. */
export const mostReceiptBytes = 4_096

/** Where a message of a run is sent. */
export function joinMessagePath(qid: string, leg: RunLeg): string {
  return `${joinProposalPath}/${qid}/${leg.toLowerCase()}`
}

/** The closed schema of a {@link JoinReceipt}. */
export const joinReceiptSchema: z.ZodType<JoinReceipt> = z.strictObject({
  v: z.literal(1),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .transform((text) => decodeHex(text)),
  entry: entryNameSchema,
})

/** The canonical bytes of a receipt. */
export function joinReceiptBytes({ digest, entry }: JoinReceipt): Uint8Array {
  return canonicalBytes({ v: 1, digest: encodeHex(digest), entry: { ...entry } })
}

/** @throws ProtocolError `TOO_LARGE`, `MALFORMED` */
export function parseJoinReceipt(bytes: Uint8Array): JoinReceipt {
  return readPopulationMessage(joinReceiptSchema, bytes, mostReceiptBytes)
}
