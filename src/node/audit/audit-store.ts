import { equalBytes } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { type EntryRow, type StoredHead, tilePath } from '../../log/index.ts'
import {
  entryHash,
  LogError,
  openCheckpoint,
  treeHasher,
  type VerifierKey,
} from '../../log/verify/index.ts'
import type { Files } from '../../ports/index.ts'
import { type AuditFinding, storeFinding } from './audit-finding.ts'
import type { AuditPace } from './audit-pace.ts'
import { auditRecord, type RecordAudit } from './audit-record.ts'

/** What auditing the state store reads and opens. */
export interface StoreAudit extends RecordAudit {
  readonly files: Files
  readonly origin: string
  readonly keys: readonly VerifierKey[]
  readonly ed25519: Ed25519
}

const tileWidth = 256
const hashBytes = 32
/** The tree is at most this many levels of tiles high (2^53 entries). */
const mostLevels = 7

/**
 * Reads every entry of the state store again: its leaf against the hash that was published for it,
 * its sealed record against the leaf, all leaves and all stored tiles against the signed root.
 * `undefined` when all of it is good, else the first thing that is not.
 */
export async function auditStore(
  audit: StoreAudit,
  pace: AuditPace,
): Promise<AuditFinding | undefined> {
  const head = await audit.reader.head()
  const root = head === undefined ? undefined : signedRoot(head, audit)
  if (head === undefined || root === undefined)
    return storeFinding('ROOT_MISMATCH', 'The head in the state store is not signed by this log.')
  const hasher = treeHasher()
  for (let first = 0; first < head.size; first += tileWidth) {
    await pace.step()
    const rows = await audit.reader.readEntries(first, Math.min(tileWidth, head.size - first))
    const found = (await auditSlice(first, rows, audit)) ?? missing(first, rows, head)
    if (found !== undefined) return found
    for (const { leaf } of rows) hasher.add(leaf)
  }
  if (!equalBytes(hasher.root(), root))
    return storeFinding('ROOT_MISMATCH', 'The entries in the state store do not give its root.')
  return (await auditUpperTiles(head, audit)) ?? auditClosedLogs(audit, pace)
}

/** Of a closed log, whose folder no longer changes, the records: they are what may go silently. */
async function auditClosedLogs(
  audit: StoreAudit,
  pace: AuditPace,
): Promise<AuditFinding | undefined> {
  for (const origin of await audit.reader.logs()) {
    const found = origin === audit.origin ? undefined : await auditRecords(origin, audit, pace)
    if (found !== undefined) return found
  }
  return undefined
}

async function auditRecords(
  origin: string,
  audit: StoreAudit,
  pace: AuditPace,
): Promise<AuditFinding | undefined> {
  const log = audit.reader.logOf(origin)
  const size = (await log.head())?.size ?? 0
  for (let first = 0; first < size; first += tileWidth) {
    if (first % (16 * tileWidth) === 0) await pace.step()
    for (const row of await log.readEntries(first, Math.min(tileWidth, size - first))) {
      const found = await auditRecord(row, origin, audit)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function signedRoot(
  { checkpoint, size }: StoredHead,
  { keys, ed25519 }: StoreAudit,
): Uint8Array | undefined {
  try {
    const opened = openCheckpoint(checkpoint, { log: keys, witnesses: [], ed25519 }).checkpoint
    return opened.size === size ? opened.root : undefined
  } catch (cause) {
    if (cause instanceof LogError) return undefined
    throw cause
  }
}

function missing(
  first: number,
  rows: readonly EntryRow[],
  { size }: StoredHead,
): AuditFinding | undefined {
  const gap = rows.findIndex(({ index }, place) => index !== first + place)
  if (gap < 0 && rows.length === Math.min(tileWidth, size - first)) return undefined
  const entry = first + (gap < 0 ? rows.length : gap)
  return storeFinding('ENTRY_MISSING', `Entry ${entry} is missing from the state store.`, entry)
}

async function auditSlice(
  first: number,
  rows: readonly EntryRow[],
  audit: StoreAudit,
): Promise<AuditFinding | undefined> {
  const index = first / tileWidth
  const published = await publishedHashes(index, audit.files)
  for (const row of rows) {
    const at = (row.index - first) * hashBytes
    const expected = published.subarray(at, at + hashBytes)
    if (expected.length > 0 && !equalBytes(entryHash(row.leaf), expected))
      return wrongEntry(row.index)
    const found = await auditRecord(row, audit.origin, audit)
    if (found !== undefined) return found
  }
  const stored = await audit.reader.readTile(0, index)
  if (stored === undefined || published.length === 0) return undefined
  const same = equalBytes(stored.subarray(0, published.length), published)
  return same ? undefined : wrongTile(0, index)
}

function wrongEntry(entry: number): AuditFinding {
  const sentence = `Entry ${entry} in the state store is not the one that was published.`
  return storeFinding('ENTRY_WRONG', sentence, entry)
}

function wrongTile(level: number, index: number): AuditFinding {
  return storeFinding(
    'TILE_WRONG',
    `Tile ${level}/${index} in the state store is not the one that was published.`,
  )
}

/** The widest published row of this tile of level 0; empty before any is published. */
async function publishedHashes(index: number, files: Files): Promise<Uint8Array> {
  const full = await files.read(tilePath(0, index))
  if (full !== undefined) return full
  const partials = await files.list(`${tilePath(0, index)}.p`)
  const widths = partials.map((path) => Number(path.split('/').at(-1)))
  const widest = Math.max(0, ...widths)
  if (widest === 0) return new Uint8Array(0)
  return (await files.read(tilePath(0, index, widest))) ?? new Uint8Array(0)
}

/** Tiles above level 0 are full in the store exactly when they are published full. */
async function auditUpperTiles(
  { size }: StoredHead,
  { reader, files }: StoreAudit,
): Promise<AuditFinding | undefined> {
  for (let level = 1; level <= mostLevels; level += 1) {
    const count = Math.floor(size / tileWidth ** (level + 1))
    for (let index = 0; index < count; index += 1) {
      const published = await files.read(tilePath(level, index))
      const stored = await reader.readTile(level, index)
      if (published === undefined) continue
      if (stored === undefined || !equalBytes(stored, published)) return wrongTile(level, index)
    }
  }
  return undefined
}
