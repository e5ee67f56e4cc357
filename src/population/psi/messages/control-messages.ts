import * as z from 'zod'
import { type JoinFaultCode, joinFaultCodes } from '../join-error.ts'
import type { Side } from '../plan/index.ts'
import { exponentProofBytes } from '../proof/index.ts'
import {
  hexBytes,
  type MessageHead,
  messageHead,
  places,
  sideSchema,
  treePath,
} from './json-message.ts'

const count = z.int().min(0).max(200_000_000)
const counts = z.array(count).min(1).max(2000).readonly()

/** M1: what a holder is bound to before it sees anything of the other. */
export interface Commit extends MessageHead {
  readonly kind: 'join.commit'
  readonly side: Side
  /** X25519(k, 9). */
  readonly key: Uint8Array
  /** Padded, a group each. */
  readonly sizes: readonly number[]
  readonly inputRoot: Uint8Array
  readonly dummyRoot: Uint8Array
}
/** The closed schema of {@link Commit}. */
export const commitSchema: z.ZodType<Commit> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.commit'),
  side: sideSchema,
  key: hexBytes(32),
  sizes: counts,
  inputRoot: hexBytes(32),
  dummyRoot: hexBytes(32),
})

/** What one holder says of one M2 list; owner and peer must say the same. */
export interface ListNotice extends MessageHead {
  readonly kind: 'join.list'
  /** Who says it. */
  readonly side: Side
  readonly owner: Side
  /** SHA-256 of the owner's M1, so that the owner has sent one M1 to everybody. */
  readonly commit: Uint8Array
  readonly points: number
  readonly root: Uint8Array
}
/** The closed schema of {@link ListNotice}. */
export const listNoticeSchema: z.ZodType<ListNotice> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.list'),
  side: sideSchema,
  owner: sideSchema,
  /** SHA-256 of the owner's M1, so that the owner has sent one M1 to everybody. */
  commit: hexBytes(32),
  points: count,
  root: hexBytes(32),
})

/** M4: the places of both M2 lists that are to be opened. */
export interface Challenge extends MessageHead {
  readonly kind: 'join.challenge'
  readonly left: readonly number[]
  readonly right: readonly number[]
}
/** The closed schema of {@link Challenge}. */
export const challengeSchema: z.ZodType<Challenge> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.challenge'),
  left: places,
  right: places,
})

/** One place of a list that was masked again: where it came from, where it went, and that the key did it. */
export interface Opening {
  readonly input: number
  readonly point: Uint8Array
  readonly path: readonly Uint8Array[]
  readonly output: number
  readonly sign: 0 | 1
  readonly proof: Uint8Array
}

const openingSchema: z.ZodType<Opening> = z.strictObject({
  input: count,
  point: hexBytes(32),
  path: treePath,
  output: count,
  sign: z.union([z.literal(0), z.literal(1)]),
  proof: hexBytes(exponentProofBytes),
})

/** M5. */
export interface Openings extends MessageHead {
  readonly kind: 'join.openings'
  readonly side: Side
  readonly openings: readonly Opening[]
}
/** The closed schema of {@link Openings}. */
export const openingsSchema: z.ZodType<Openings> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.openings'),
  side: sideSchema,
  openings: z.array(openingSchema).max(64).readonly(),
})

const rootPair = z.strictObject({ left: hexBytes(32), right: hexBytes(32) })

/** The numbers of one part: a row for each left group, a number for each right one, and the interval that they have. */
export interface JoinTable {
  readonly cells: readonly (readonly number[])[]
  readonly halfWidth: number
  readonly levelPpm: number
}

const table: z.ZodType<JoinTable> = z.strictObject({
  cells: z.array(z.array(z.int()).min(1).max(1000).readonly()).min(1).max(1000).readonly(),
  halfWidth: z.int().min(0),
  levelPpm: z.int().min(1).max(1_000_000),
})

/** M6: the table. */
export interface JoinResult extends MessageHead {
  readonly kind: 'join.result'
  /** Of each part of the plan. */
  readonly parts: readonly JoinTable[]
  /** Of both M2 lists. */
  readonly roots: Readonly<Record<Side, Uint8Array>>
  /** Of both M3 lists, by whose rows they hold. */
  readonly remasked: Readonly<Record<Side, Uint8Array>>
}
/** The closed schema of {@link JoinResult}. */
export const resultSchema: z.ZodType<JoinResult> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.result'),
  parts: z.array(table).min(1).max(2).readonly(),
  /** Of both M2 lists. */
  roots: rootPair,
  /** Of both M3 lists, by whose rows they hold. */
  remasked: rootPair,
})

/** Why a plan has stopped. */
export interface Abort extends MessageHead {
  readonly kind: 'join.abort'
  readonly by: Side | 'tally'
  readonly code: JoinFaultCode
  /** Whose message shows the fault; null where two contradict each other. */
  readonly blames: Side | 'tally' | null
  /** SHA-256 of the messages that show it. */
  readonly digests: readonly Uint8Array[]
}
/** The closed schema of {@link Abort}. */
export const abortSchema: z.ZodType<Abort> = z.strictObject({
  ...messageHead,
  kind: z.literal('join.abort'),
  by: z.enum(['left', 'right', 'tally']),
  code: z.enum(joinFaultCodes),
  /** Whose message shows the fault; null where two contradict each other. */
  blames: z.enum(['left', 'right', 'tally']).nullable(),
  /** SHA-256 of the messages that show it. */
  digests: z.array(hexBytes(32)).max(8).readonly(),
})
