import * as z from 'zod'
import type { Side } from '../plan/index.ts'
import { exponentProofBytes } from '../proof/index.ts'
import {
  hexBytes,
  hexUpTo,
  type MessageHead,
  messageHead,
  places,
  sideSchema,
  treePath,
} from './json-message.ts'

/** Most dummies of one side: as many as an answer to an audit has room for. A plan with more is agreed to by nobody. */
export const mostDummies = 500_000

/** Longest slot of a token in bytes. */
const longestSlot = 528

/** M7, from the inspector to both holders alike. */
export interface AuditRequest extends MessageHead {
  readonly kind: 'join.audit'
  /** Places of the M2 list of each owner. */
  readonly left: readonly number[]
  readonly right: readonly number[]
  /** Whose dummies are opened: of one side at most, or the counts would be bare. */
  readonly dummiesOf: Side | null
}
/** The closed schema of {@link AuditRequest}. */
export const auditSchema: z.ZodType<AuditRequest> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.audit'),
  left: places,
  right: places,
  dummiesOf: sideSchema.nullable(),
})

/** One place of an own list, opened to the inspector alone. A row shows its sealed token, a blank never its scalar. */
export interface OpenedInput {
  readonly index: number
  /** Of the row or blank; rows come first. */
  readonly number: number
  readonly salt: Uint8Array
  /** The slot of a row's token; the point of a blank. */
  readonly content: Uint8Array
  readonly isRow: boolean
  readonly inputPath: readonly Uint8Array[]
  readonly point: Uint8Array
  readonly listPath: readonly Uint8Array[]
  readonly sign: 0 | 1
  readonly proof: Uint8Array
}

const openedInput: z.ZodType<OpenedInput> = z.strictObject({
  index: z.int().min(0),
  number: z.int().min(0).max(0xffff_ffff),
  salt: hexBytes(32),
  content: hexUpTo(longestSlot),
  isRow: z.boolean(),
  inputPath: treePath,
  point: hexBytes(32),
  listPath: treePath,
  sign: z.union([z.literal(0), z.literal(1)]),
  proof: hexBytes(exponentProofBytes),
})

/** The two scalars of a slot, and which of them made the appended point. */
export interface OpenedDummy {
  readonly s: Uint8Array
  readonly unused: Uint8Array
  readonly isUsed: boolean
}

const openedDummy: z.ZodType<OpenedDummy> = z.strictObject({
  s: hexBytes(32),
  unused: hexBytes(32),
  isUsed: z.boolean(),
})

/** M7, a holder's answer. */
export interface Audited extends MessageHead {
  readonly kind: 'join.audited'
  readonly side: Side
  /** The key of all slots, as a sealed box to the inspector's sealing key. */
  readonly sealKey: Uint8Array
  readonly inputs: readonly OpenedInput[]
  /** Cell after cell; null where they are not asked for. */
  readonly dummies: readonly OpenedDummy[] | null
}
/** The closed schema of {@link Audited}. */
export const auditedSchema: z.ZodType<Audited> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.audited'),
  side: sideSchema,
  sealKey: hexUpTo(512),
  inputs: z.array(openedInput).max(64).readonly(),
  dummies: z.array(openedDummy).max(mostDummies).readonly().nullable(),
})

/** M7, first of all: what binds the inspector to a nonce before it has seen anything. To all three alike. */
export interface AuditOpening extends MessageHead {
  readonly kind: 'join.opening'
  readonly commitment: Uint8Array
}
/** The closed schema of {@link AuditOpening}. */
export const openingSchema: z.ZodType<AuditOpening> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.opening'),
  commitment: hexBytes(32),
})

/** M7, what one of the three shows of a run, and its share of the draw. */
export interface Evidence extends MessageHead {
  readonly kind: 'join.evidence'
  readonly party: Side | 'tally'
  /** 32 random bytes, drawn once. */
  readonly share: Uint8Array
  /** Both M1 as this party has them, byte for byte. */
  readonly commits: Readonly<Record<Side, Uint8Array>>
  /** M6 as this party has it. */
  readonly result: Uint8Array
}

/** Longest M1 or M6 in bytes: a thousand groups or cells. */
const longestShown = 131_072

/** The closed schema of {@link Evidence}. */
export const evidenceSchema: z.ZodType<Evidence> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.evidence'),
  party: z.enum(['left', 'right', 'tally']),
  share: hexBytes(32),
  commits: z.strictObject({ left: hexUpTo(longestShown), right: hexUpTo(longestShown) }),
  result: hexUpTo(longestShown),
})
