import {
  canonicalBytes,
  concatBytes,
  decodeBase64,
  equalBytes,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import type { Json, JsonObject } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { exchangeRecordSchema, governanceRecordSchema } from '../entry/index.ts'
import type { ExchangeRecord, GovernanceRecord } from '../entry/index.ts'

/** What an entry is about; the second byte of its leaf. */
export type EntryClass = 'exchange' | 'governance'

/** A leaf, read: version 1, class, commitment. */
export interface Leaf {
  readonly class: EntryClass
  /** 32 bytes. */
  readonly commitment: Uint8Array
}

/** The secret and the record behind a leaf's commitment. */
export interface EntryOpening {
  /** 32 random bytes of this entry. Who has them and guesses the record can confirm the guess. */
  readonly r: Uint8Array
  readonly record: Json
}

/** Why an opening does not open a leaf. */
export type OpeningFault = 'LEAF_MALFORMED' | 'RECORD_MALFORMED' | 'COMMITMENT_MISMATCH'

/** The record behind a leaf, or why it is not shown to be. */
export type OpenedEntry =
  | { readonly ok: true; readonly record: ExchangeRecord | GovernanceRecord }
  | { readonly ok: false; readonly code: OpeningFault }

const LEAF_BYTES = 34
const COMMITMENT_TAG = utf8('cloison/commitment/v1\n')

/** Reads a public leaf; `undefined` for anything but the 34 bytes of version 1. */
export function parseLeaf(entry: Uint8Array): Leaf | undefined {
  const [version, classByte] = entry
  if (entry.length !== LEAF_BYTES || version !== 1) return undefined
  if (classByte !== 1 && classByte !== 2) return undefined
  return { class: classByte === 1 ? 'exchange' : 'governance', commitment: entry.subarray(2) }
}

/**
 * Checks an opening against a leaf: SHA-256 of tag, r and the canonical record is the leaf's
 * commitment, and the record is one of the leaf's class. An expected outcome: never throws on
 * malformed input.
 */
export function openEntry(leaf: Uint8Array, { r, record }: EntryOpening): OpenedEntry {
  const parsed = parseLeaf(leaf)
  if (parsed === undefined) return { ok: false, code: 'LEAF_MALFORMED' }
  const commitment = commitmentOf({ r, record })
  if (commitment === undefined) return { ok: false, code: 'RECORD_MALFORMED' }
  if (!equalBytes(commitment, parsed.commitment)) return { ok: false, code: 'COMMITMENT_MISMATCH' }
  const schema = parsed.class === 'exchange' ? exchangeRecordSchema : governanceRecordSchema
  const result = schema.safeParse(record)
  return result.success
    ? { ok: true, record: result.data }
    : { ok: false, code: 'RECORD_MALFORMED' }
}

/** The leaf that a governance opening opens; `undefined` if it opens none. */
export function openingLeaf(opening: EntryOpening): Uint8Array | undefined {
  const commitment = commitmentOf(opening)
  return commitment && concatBytes(Uint8Array.of(1, 2), commitment)
}

/** A published opening of a governance entry: the static file `governance/<index>`. */
export interface PublishedOpening extends EntryOpening {
  readonly index: number
}

/**
 * Reads the canonical JSON `{"index","r","record"}` of a published opening; `undefined` when the
 * bytes are anything else.
 */
export function parsePublishedOpening(bytes: Uint8Array): PublishedOpening | undefined {
  try {
    const value = readCanonicalJson(bytes, { maxBytes: MAX_OPENING_BYTES })
    if (!isObject(value) || Object.keys(value).join() !== 'index,r,record') return undefined
    const { index, r, record } = value
    if (typeof index !== 'number' || typeof r !== 'string' || record === undefined) return undefined
    return { index, r: decodeBase64(r), record }
  } catch {
    return undefined
  }
}

/** Longest published opening that is read. */
export const MAX_OPENING_BYTES = 1_048_576

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function commitmentOf({ r, record }: EntryOpening): Uint8Array | undefined {
  if (r.length !== 32) return undefined
  try {
    return sha256(COMMITMENT_TAG, r, canonicalBytes(record))
  } catch {
    return undefined
  }
}
