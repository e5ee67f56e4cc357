import * as z from 'zod'
import type { RecordMonth } from '../../log/index.ts'
import type { TooEarlyCode } from './erasable-from.ts'

/** Why an organisation erases; public, so none of them tells anything about a person. */
export const erasureReasons = [
  'retention-ended',
  'erasure-request',
  'unlawful-processing',
  'legal-obligation',
] as const

/** One of {@link erasureReasons}. */
export type ErasureReason = (typeof erasureReasons)[number]

/** Which records are meant: some of one log, or those of all months before one, from a place on. */
export type ErasureSelection =
  | { readonly log: string; readonly entries: readonly number[] }
  | {
      readonly before: RecordMonth
      readonly from: { readonly log: string; readonly index: number } | null
    }

/** Why records were not erased. Nothing was, not even those that may be. */
export interface ErasureRefusal {
  readonly code:
    | TooEarlyCode
    | 'ENTRY_UNKNOWN'
    | 'GOVERNANCE_PERMANENT'
    | 'ALREADY_ERASED'
    | 'RECORD_UNREADABLE'
    | 'MONTH_NOT_OVER'
  readonly log: string
  /** The first entry that may not be erased; `null` where the whole request is meant. */
  readonly entry: number | null
  /** From when it may be, milliseconds since the epoch; `null` where no date can be given. */
  readonly fromMs: number | null
}

/** Most records that one act erases; more take several. */
export const mostErased = 2_048

/** The body of the entry `record.erased`, whose `name` is the origin of the log that it speaks of. */
export interface ErasedBody {
  readonly reason: ErasureReason
  readonly entries: number
  readonly ranges: readonly (readonly [number, number])[]
  readonly accountingYears: number
  readonly retentionDays: number
}

const index = z.int().nonnegative()

/** Accepts an {@link ErasedBody}. */
export const erasedBodySchema: z.ZodType<ErasedBody> = z.strictObject({
  reason: z.enum(erasureReasons),
  entries: z.int().positive(),
  ranges: z
    .array(z.tuple([index, index]))
    .min(1)
    .max(mostErased),
  accountingYears: z.int().positive(),
  retentionDays: z.int().nonnegative(),
})

/** Kinds of the governance entries about erasure. */
export const erasureKinds = {
  erased: 'record.erased',
  keyDestroyed: 'record.key-destroyed',
  reconciled: 'reconciliation.signed',
} as const
