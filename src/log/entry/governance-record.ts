import * as z from 'zod'

import type { Json } from '../../bytes/index.ts'
import { digestField, organisationField, timeField } from './record-fields.ts'

/**
 * The record behind the leaf of an act of governance: an agreement, a key, a cap, a start, daily
 * counts. Version 1, frozen. Public: it is published with its r, so nothing in it may concern a
 * person beyond an official's enrolled pseudonym. Every key is always present.
 */
export interface GovernanceRecord {
  readonly v: 1
  readonly class: 'governance'
  /** Words with dots between, such as `agreement.published`. */
  readonly kind: string
  /** Log time of the commit, milliseconds since the epoch. */
  readonly timeMs: number
  readonly organisation: string
  /** What it is about: an agreement's id, a key's id, a day. NFC, no control characters. */
  readonly name: string | null
  /** Digest of the document that it concerns, base64 of 32 bytes. */
  readonly digest: string | null
  readonly body: { readonly [key: string]: Json } | null
}

/** Accepts a {@link GovernanceRecord}: every key, no other key, each value in its one form. */
export const governanceRecordSchema: z.ZodType<GovernanceRecord> = z.strictObject({
  v: z.literal(1),
  class: z.literal('governance'),
  kind: z
    .string()
    .max(64)
    .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){0,3}$/),
  timeMs: timeField,
  organisation: organisationField,
  name: z
    .string()
    .regex(/^\P{Cc}{1,200}$/u)
    .refine((name) => name.isWellFormed() && name.normalize('NFC') === name)
    .nullable(),
  digest: digestField.nullable(),
  body: z.record(z.string(), z.json()).nullable(),
})
