import assert from 'node:assert/strict'
import { decodeUtf8 } from '../../src/bytes/index.ts'
import {
  appendLeaves,
  emptyTree,
  entryPayload,
  type EntryRow,
  type ExchangeRecord,
  exchangeRecordSchema,
  formatCheckpoint,
  LEAF_CLASSES,
  leafHash,
  type LogReader,
  makeEntry,
  rootHash,
  SIGNATURE_TYPES,
  signNote,
} from '../../src/log/index.ts'
import { type BundleReading, type BundleTrust, makeBundle } from '../../src/oversight/index.ts'
import { concatBytes } from '../../src/bytes/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../src/platform/index.ts'
import type { InProcessOrganisation } from '../fault/in-process-exchange.ts'

/** What an organisation has in its log, or would like to have. */
export interface WrittenEntry {
  readonly row: EntryRow
  /** `undefined`: governance. */
  readonly record: ExchangeRecord | undefined
}

const aead = aesGcm(systemRandomness)

/** Everything that stands in an organisation's log. */
export async function writtenEntries({
  reader,
  recordKeys,
}: InProcessOrganisation): Promise<readonly WrittenEntry[]> {
  const size = (await reader.head())?.size ?? 0
  const rows = await reader.readEntries(0, size)
  return rows.map((row) => {
    const payload = entryPayload(row, { aead, recordKeys })
    assert.ok(payload !== undefined)
    const isExchange = row.leaf[1] === LEAF_CLASSES.exchange
    const json: unknown = JSON.parse(decodeUtf8(payload.recordBytes))
    return { row, record: isExchange ? exchangeRecordSchema.parse(json) : undefined }
  })
}

/** The entry with another record in its place, as its organisation would have written it. */
export function rewritten(
  { row }: WrittenEntry,
  record: ExchangeRecord,
  { recordKeys }: InProcessOrganisation,
): WrittenEntry {
  const r = systemRandomness.bytes(32)
  const { leaf, recordBytes } = makeEntry(record, r)
  const key = recordKeys.of(row.timeMs)
  assert.ok(key !== undefined)
  const sealed = aead.seal(key, concatBytes(r, new Uint8Array(32), recordBytes), leaf)
  return { row: { ...row, leaf, sealed }, record }
}

/** A log in memory whose head its organisation's own key signs: consistent, whatever it leaves out. */
export function logOfEntries(
  entries: readonly WrittenEntry[],
  { logKey, logSeed }: InProcessOrganisation,
): { readonly log: LogReader; readonly checkpoint: string; readonly size: number } {
  const rows = entries.map(({ row }, index) => ({ ...row, index }))
  const grown = appendLeaves(
    emptyTree(),
    rows.map(({ leaf }) => leafHash(leaf)),
  )
  const origin = logKey.name
  const size = rows.length
  const text = formatCheckpoint({ origin, size, root: rootHash(grown.tree) })
  const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed: logSeed }
  const checkpoint = signNote(text, [signer], bestEd25519())
  const log: LogReader = {
    head: async () => ({ checkpoint, size, timeMs: rows.at(-1)?.timeMs ?? 0 }),
    readEntries: async (first, count) => rows.slice(first, first + count),
    readLeaves: async (first, count) => rows.slice(first, first + count).map(({ leaf }) => leaf),
    readTile: async (level, index) =>
      grown.fullTiles.find((tile) => tile.level === level && tile.index === index)?.bytes,
  }
  return { log, checkpoint, size }
}

/** The bundle that an organisation hands out of such a log. */
export function bundleOf(
  entries: readonly WrittenEntry[],
  organisation: InProcessOrganisation,
  { nowMs, first = 0 }: { readonly nowMs: number; readonly first?: number },
): BundleReading {
  const { recordKeys, id } = organisation
  const signed = logOfEntries(entries, organisation)
  const erasureOf = async (): Promise<undefined> => undefined
  const source = { ...signed, aead, recordKeys, organisation: id, nowMs, erasureOf }
  return () => makeBundle(source, { first, with: null })
}

/** Trusts the logs of these organisations; here are no witnesses. */
export function trustOf(organisations: readonly InProcessOrganisation[]): BundleTrust {
  return {
    keys: organisations.map(({ logKey }) => logKey),
    policy: { logs: [], witnesses: [], quorum: { kind: 'none' } },
    ed25519: bestEd25519(),
  }
}
