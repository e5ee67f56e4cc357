import * as z from 'zod'
import {
  BytesError,
  canonicalBytes,
  decodeHex,
  encodeHex,
  equalBytes,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from '../../../bytes/index.ts'
import { JoinError } from '../join-error.ts'
import type { Side } from '../plan/index.ts'

/** Most bytes of a JSON message: of an audit's answer with all dummies of a large plan. */
export const mostMessageBytes = 100_663_296

/** Bytes of a known length, as hex in the message. */
export function hexBytes(length: number): z.ZodType<Uint8Array> {
  return z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${2 * length}}$`), `is not ${length} bytes in hex`)
    .transform((text) => decodeHex(text))
}

/** Bytes of 1 to `most`, as hex in the message. */
export function hexUpTo(most: number): z.ZodType<Uint8Array> {
  return z
    .string()
    .regex(/^([0-9a-f]{2})+$/, 'is not hex')
    .max(2 * most)
    .transform((text) => decodeHex(text))
}

/** What every JSON message has. */
export interface MessageHead {
  readonly v: 1
  readonly planHash: Uint8Array
}

/** The schema of {@link MessageHead}'s members. */
export const messageHead: {
  readonly v: z.ZodType<1>
  readonly planHash: z.ZodType<Uint8Array>
} = { v: z.literal(1), planHash: hexBytes(32) }

/** A holder, as messages name it. */
export const sideSchema: z.ZodType<Side> = z.enum(['left', 'right'])

/** Ascending places of a list, without repetition, at most as many as are opened. */
export const places: z.ZodType<readonly number[]> = z
  .array(z.int().min(0).max(200_000_000))
  .max(64)
  .readonly()
  .refine((all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)), 'must ascend')

/** An audit path in a tree. */
export const treePath: z.ZodType<readonly Uint8Array[]> = z.array(hexBytes(32)).max(32).readonly()

/** The JSON that a message consists of: byte strings as hex. */
export type Writable =
  Json | Uint8Array | readonly Writable[] | { readonly [name: string]: Writable }

/** Writes a message: canonical JSON, byte strings as hex. */
export function writeMessage(message: { readonly [name: string]: Writable }): Uint8Array {
  return canonicalBytes(jsonOf(message))
}

function jsonOf(value: Writable): Json {
  if (value instanceof Uint8Array) return encodeHex(value)
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(jsonOf)
  const members = Object.entries(value).map(([name, member]) => [name, jsonOf(member)] as const)
  return Object.fromEntries(members) satisfies JsonObject
}

function isList(value: object): value is readonly Writable[] {
  return Array.isArray(value)
}

function throughGate(bytes: Uint8Array): Json {
  try {
    return readCanonicalJson(bytes, { maxBytes: mostMessageBytes, maxDepth: 8 })
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new JoinError('MESSAGE_MALFORMED', `the message is refused: ${cause.message}`)
  }
}

/**
 * Reads a message of one plan.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`
 */
export function readMessage<Message extends { readonly planHash: Uint8Array }>(
  schema: z.ZodType<Message>,
  bytes: Uint8Array,
  planHash: Uint8Array,
): Message {
  const { data } = schema.safeParse(throughGate(bytes))
  if (data === undefined) throw new JoinError('MESSAGE_MALFORMED', 'the message does not fit')
  if (!equalBytes(data.planHash, planHash))
    throw new JoinError('PLAN_MISMATCH', 'the message is of another plan')
  return data
}

const kinded = z.looseObject({ kind: z.string() })

/** The `kind` of a JSON message, before the rest of it is read; `undefined` for what has none. */
export function jsonKind(bytes: Uint8Array): string | undefined {
  try {
    return kinded.safeParse(throughGate(bytes)).data?.kind
  } catch (cause) {
    if (cause instanceof JoinError) return undefined
    throw cause
  }
}
