import * as z from 'zod'
import { canonicalBytes, encodeBase64, type Json, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { EXCHANGE_KINDS, type EntryPlace, type ExchangeKind } from '../../log/index.ts'
import { type SubjectFile, subjectFileSchema } from '../../log/verify/index.ts'
import { type ReportContent, reportContentSchema } from './report-content.ts'
import { type ReportKind, reportKinds } from './report-kind.ts'

/** What a report is to be about. */
export interface ReportParameters {
  /** Log time of the first entry that counts, milliseconds since the epoch. */
  readonly fromMs: number
  /** Exclusive. */
  readonly untilMs: number
  /** Digest of the one agreement that it is about, base64; `null` for all. */
  readonly agreement: string | null
}

/** A signed tree head of one of the organisation's logs. */
export interface ReportHead {
  readonly origin: string
  /** A note: checkpoint, signature, cosignatures. */
  readonly checkpoint: string
}

/** A public entry that a report rests on, proven under the head of its log. */
export interface CitedEntry extends EntryPlace {
  /** Base64, 34 bytes. */
  readonly leaf: string
  /** Base64, 32 bytes. */
  readonly r: string
  /** Canonical JSON of the governance record. */
  readonly record: string
  /** RFC 6962 inclusion proof under the head, base64 of 32 bytes each. */
  readonly hashes: readonly string[]
}

/** Entries of one log, both ends included. */
export interface CountedRange {
  readonly origin: string
  readonly first: number
  readonly last: number
}

/** How many exchange entries there are of one sort. */
export interface CountRow {
  readonly kind: ExchangeKind
  readonly consumer: string
  readonly provider: string
  /** Digest, base64; `null` where the entry names none. */
  readonly agreement: string | null
  /** In UTC, as `2026-11`. */
  readonly month: string
  readonly outcome: 'permit' | 'deny' | null
  readonly code: string | null
  readonly notice: 'immediate' | 'withheld' | null
  readonly count: number
}

/** Exchange entries of a period, counted by what their records say. */
export interface ExchangeCounts {
  /** All entries of the period, log by log. */
  readonly ranges: readonly CountedRange[]
  /** Exchange entries among them. */
  readonly entries: number
  /** Of these, those whose record was erased: they are in no row. */
  readonly erased: number
  readonly rows: readonly CountRow[]
}

/** All that a report is computed from. */
export interface ReportEvidence {
  /** C2SP verifier keys, one a line. */
  readonly vkeys: string
  /** C2SP tlog-policy. */
  readonly policy: string
  /** Oldest log first. */
  readonly heads: readonly ReportHead[]
  /** In the order of the logs. */
  readonly entries: readonly CitedEntry[]
  /** Directory records that cited entries name by digest, canonical JSON. */
  readonly records: readonly string[]
  /** The time lock as the organisation has configured it. */
  readonly lock: { readonly milliseconds: number; readonly demo: boolean }
  /** `null` where the report counts no exchanges. */
  readonly counts: ExchangeCounts | null
  /** `null` where the report is for nobody in particular. Personal data. */
  readonly person: SubjectFile | null
}

/**
 * A report as it is handed out (`spec/report.md`). With `person` it is personal data, for that person
 * alone; without, it names nobody.
 */
export interface ReportFile {
  readonly kind: 'cloison/report'
  readonly v: 1
  readonly report: ReportKind
  readonly organisation: string
  /** By the organisation's clock, milliseconds since the epoch. */
  readonly madeAtMs: number
  readonly parameters: ReportParameters
  readonly evidence: ReportEvidence
  readonly content: ReportContent
}

const text = z.string().max(1_100_000)
const name = z.string().max(300)
const count = z.int().nonnegative()
const hash = z.string().max(64)

const cited = z.strictObject({
  origin: name,
  index: count,
  leaf: hash,
  r: hash,
  record: z.string().max(65_536),
  hashes: z.array(hash).max(64),
})

const countRow = z.strictObject({
  kind: z.enum(EXCHANGE_KINDS),
  consumer: name,
  provider: name,
  agreement: hash.nullable(),
  month: z.string().regex(/^\d{4}-\d{2}$/),
  outcome: z.enum(['permit', 'deny']).nullable(),
  code: z.string().max(64).nullable(),
  notice: z.enum(['immediate', 'withheld']).nullable(),
  count,
})

const counts = z.strictObject({
  ranges: z.array(z.strictObject({ origin: name, first: count, last: count })).max(100),
  entries: count,
  erased: count,
  rows: z.array(countRow).max(1_000_000),
})

const evidence = z.strictObject({
  vkeys: text,
  policy: text,
  heads: z.array(z.strictObject({ origin: name, checkpoint: text })).max(100),
  entries: z.array(cited).max(1_000_000),
  records: z.array(z.string().max(65_536)).max(10_000),
  lock: z.strictObject({ milliseconds: count, demo: z.boolean() }),
  counts: counts.nullable(),
  person: subjectFileSchema.nullable(),
})

/** Accepts {@link ReportParameters}. */
export const reportParametersSchema: z.ZodType<ReportParameters> = z
  .strictObject({ fromMs: count, untilMs: count, agreement: hash.nullable() })
  .refine(({ fromMs, untilMs }) => fromMs < untilMs)

/** Accepts a {@link ReportFile}, by its shape alone. */
export const reportFileSchema: z.ZodType<ReportFile> = z.strictObject({
  kind: z.literal('cloison/report'),
  v: z.literal(1),
  report: z.enum(reportKinds),
  organisation: name,
  madeAtMs: count,
  parameters: reportParametersSchema,
  evidence,
  content: reportContentSchema,
})

/**
 * Reads a report: `malformed` when it says that it is one and is not in the form of one, `undefined` when
 * the text is anything else. What it proves is not checked here.
 */
export function parseReport(json: string): ReportFile | 'malformed' | undefined {
  try {
    const value: unknown = JSON.parse(json)
    if (!z.looseObject({ kind: z.literal('cloison/report') }).safeParse(value).success)
      return undefined
    return reportFileSchema.safeParse(value).data ?? 'malformed'
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** What the entry `report.made` commits to: SHA-256 over the whole canonical file, base64. */
export function reportDigest(file: ReportFile): string {
  return encodeBase64(sha256(utf8('cloison/report/v1\n'), canonicalBytes(jsonOf(file))))
}

function jsonOf(file: ReportFile): Json {
  return z.json().parse(file)
}
