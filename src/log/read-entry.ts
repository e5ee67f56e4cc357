import { decodeUtf8 } from '../bytes/index.ts'
import type { Aead } from '../ports/index.ts'
import { LogError } from './log-error.ts'
import { formatTlogProof } from './note/index.ts'
import type { LogReader, StoredHead } from './state-store.ts'
import { proverFor, storedTiles, tileNodeReader } from './tree/index.ts'

/** An entry opened by its own organisation. Secret: for the subject, the other side and the inspector. */
export interface ReadEntry {
  readonly index: number
  readonly leaf: Uint8Array
  readonly r: Uint8Array
  /** The salt of result and case digests; for the consumer of the exchange alone. */
  readonly s: Uint8Array
  /** Canonical JSON. */
  readonly record: string
}

const secretBytes = 32

/**
 * Opens the entry at `index` with the key that sealed it; `undefined` when its secret was erased.
 *
 * @throws {@link LogError} `NODE_MISSING` when the log has no such entry
 */
export async function readEntry(
  reader: LogReader,
  index: number,
  unseal: { readonly aead: Aead; readonly recordKey: Uint8Array },
): Promise<ReadEntry | undefined> {
  const [row] = await reader.readEntries(index, 1)
  if (row === undefined) throw new LogError('NODE_MISSING', `there is no entry ${index}`)
  const payload = unseal.aead.open(unseal.recordKey, row.sealed, row.leaf)
  if (payload === undefined) return undefined
  return {
    index,
    leaf: row.leaf,
    r: payload.slice(0, secretBytes),
    s: payload.slice(secretBytes, 2 * secretBytes),
    record: decodeUtf8(payload.subarray(2 * secretBytes)),
  }
}

/**
 * The receipt of an entry under a checkpoint of this log, `head` or a published one: a C2SP
 * tlog-proof that holds the checkpoint with all its signatures.
 */
export async function receiptUnder(
  reader: LogReader,
  index: number,
  checkpoint: Pick<StoredHead, 'checkpoint' | 'size'>,
): Promise<string> {
  const { size } = checkpoint
  const prover = proverFor(size, tileNodeReader(size, storedTiles(reader)))
  const hashes = await prover.inclusion(index)
  return formatTlogProof({ index, hashes, checkpoint: checkpoint.checkpoint })
}
