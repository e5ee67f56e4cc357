import { decodeUtf8, equalBytes } from '../bytes/index.ts'
import type { Aead } from '../ports/index.ts'
import type { EntryMarks } from './entry-marks.ts'
import { type EntryPayload, splitPayload } from './entry-payload.ts'
import { LogError } from './log-error.ts'
import { commitmentOf, LEAF_CLASSES } from './make-entry.ts'
import { formatTlogProof } from './note/index.ts'
import type { RecordKeys } from './record-keys.ts'
import type { EntryRow, LogReader, StoredHead } from './state-store.ts'
import { proverFor, storedTiles, type TileCache, tileNodeReader } from './tree/index.ts'

/** An entry opened by its own organisation. Secret: for the subject, the other side and the inspector. */
export interface ReadEntry {
  readonly index: number
  readonly leaf: Uint8Array
  readonly r: Uint8Array
  /** The salt of result and case digests; for the consumer of the exchange alone. */
  readonly s: Uint8Array
  /** Canonical JSON. */
  readonly record: string
  /** Bystander: nothing of the record is for the subject (`spec/bystander.md`). */
  readonly marks: EntryMarks | undefined
}

const secretBytes = 32

/** What opens the sealed payloads of an organisation's own entries. */
export interface Unseal {
  readonly aead: Aead
  readonly recordKeys: RecordKeys
}

/**
 * The payload of a stored entry; `undefined` when it was erased, when the key of its month is gone, or
 * when it is not the one of this leaf.
 *
 * @throws {@link LogError} `MARKS_UNKNOWN`
 */
export function entryPayload(
  { leaf, sealed, timeMs }: Pick<EntryRow, 'leaf' | 'sealed' | 'timeMs'>,
  { aead, recordKeys }: Unseal,
): EntryPayload | undefined {
  if (sealed.length === 0) return undefined
  if (isGovernance(leaf)) return publicPayload(leaf, sealed)
  const key = recordKeys.of(timeMs)
  const payload = key === undefined ? undefined : aead.open(key, sealed, leaf)
  return payload === undefined ? undefined : splitPayload(payload)
}

/** No seal protects a public payload, so it is held against its leaf; its `s` salts nothing and is zeros. */
function publicPayload(leaf: Uint8Array, stored: Uint8Array): EntryPayload | undefined {
  // Governance has no marks: all of it is the record.
  const payload = wholePayload(stored)
  const { r, s, recordBytes } = payload
  const isWhole = equalBytes(s, new Uint8Array(secretBytes))
  const isOfLeaf = isWhole && equalBytes(commitmentOf(r, recordBytes), leaf.subarray(2))
  return isOfLeaf ? payload : undefined
}

function wholePayload(stored: Uint8Array): EntryPayload {
  const [r, s] = [stored.slice(0, secretBytes), stored.slice(secretBytes, 2 * secretBytes)]
  return { r, s, recordBytes: stored.slice(2 * secretBytes), marks: undefined }
}

function isGovernance(leaf: Uint8Array): boolean {
  return leaf[1] === LEAF_CLASSES.governance
}

async function readRow(reader: LogReader, index: number): Promise<EntryRow> {
  const [row] = await reader.readEntries(index, 1)
  if (row === undefined) throw new LogError('NODE_MISSING', `there is no entry ${index}`)
  return row
}

/**
 * Opens the entry at `index` with the key that sealed it; `undefined` when its secret was erased.
 *
 * @throws {@link LogError} `NODE_MISSING` when the log has no such entry, `MARKS_UNKNOWN`
 */
export async function readEntry(
  reader: LogReader,
  index: number,
  unseal: Unseal,
): Promise<ReadEntry | undefined> {
  const row = await readRow(reader, index)
  const payload = entryPayload(row, unseal)
  if (payload === undefined) return undefined
  const { r, s, recordBytes, marks } = payload
  return { index, leaf: row.leaf, r, s, record: decodeUtf8(recordBytes), marks }
}

/**
 * The governance entry at `index` with what opens it; needs no key. `undefined` when the entry is of
 * an exchange, or its payload is not the one of its leaf.
 *
 * @throws {@link LogError} `NODE_MISSING` when the log has no such entry
 */
export async function readPublicEntry(
  reader: LogReader,
  index: number,
): Promise<EntryPayload | undefined> {
  const { leaf, sealed } = await readRow(reader, index)
  return isGovernance(leaf) ? publicPayload(leaf, sealed) : undefined
}

/**
 * The receipt of an entry under a checkpoint of this log, `head` or a published one: a C2SP
 * tlog-proof that holds the checkpoint with all its signatures. `tiles` is a cache of this log's tiles: without it
 * each receipt computes the tiles at the right edge anew, up to 65,025 hashes each.
 */
export async function receiptUnder(
  reader: LogReader,
  index: number,
  checkpoint: Pick<StoredHead, 'checkpoint' | 'size'>,
  tiles?: TileCache,
): Promise<string> {
  const { size } = checkpoint
  const prover = proverFor(size, tileNodeReader(size, storedTiles(reader), tiles))
  const hashes = await prover.inclusion(index)
  return formatTlogProof({ index, hashes, checkpoint: checkpoint.checkpoint })
}
