import { sha256 } from '../../crypto/index.ts'
import {
  formatTlogProof,
  type LogReader,
  proverFor,
  type StoredHead,
  storedTiles,
  tileCache,
  tileNodeReader,
} from '../../log/index.ts'
import {
  entryHash,
  openCheckpoint,
  parseTlogProof,
  verifyInclusion,
} from '../../log/verify/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { openStateReader } from '../../storage/sqlite/index.ts'
import { BenchError } from '../bench-error.ts'
import { requireReceipts, type SampledReceipt } from './check-log.ts'
import type { LogWorld } from './log-world.ts'

/** What a round of proofs came to. */
export interface ProofRound {
  /** Receipts a second of the newest 16,384 entries: their tiles are in the cache. */
  readonly recentRate: number
  /** Receipts a second of entries anywhere: nearly each needs a tile from the store. */
  readonly anywhereRate: number
  /** Receipts verified a second, the checkpoint's signature not counted. */
  readonly verifiedRate: number
  /** Checkpoint notes opened a second: one signature each. */
  readonly openedRate: number
  /** SHA-256 of 65 bytes a second, and nothing else: what a proof of twenty hashes cannot be faster than. */
  readonly bareRate: number
}

const recent = 16_384
const recentReceipts = 20_000
const anywhereReceipts = 2_000
const notes = 2_000
const bareHashes = 200_000
/** Prime, so that indexes come in no order that a cache could use. */
const stride = 7_368_787

async function makeReceipts(
  reader: LogReader,
  { size, checkpoint }: StoredHead,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<{ readonly receipts: SampledReceipt[]; readonly seconds: number }> {
  const prover = proverFor(size, tileNodeReader(size, storedTiles(reader), tileCache()))
  const indexes = Array.from(
    { length: count },
    (_, place) => first + ((place * stride) % (size - first)),
  )
  // The first tenth warms up.
  const warm = Math.floor(count / 10)
  const texts: string[] = []
  let begun = performance.now()
  for (const [place, index] of indexes.entries()) {
    if (place === warm) begun = performance.now()
    texts.push(formatTlogProof({ index, hashes: await prover.inclusion(index), checkpoint }))
  }
  const seconds = ((performance.now() - begun) / 1000) * (count / (count - warm))
  const receipts: SampledReceipt[] = []
  for (const [place, index] of indexes.entries()) {
    const [leaf] = await reader.readLeaves(index, 1)
    receipts.push({ index, receipt: texts[place] ?? '', leaf: leaf ?? new Uint8Array() })
  }
  return { receipts, seconds }
}

/** Seconds that verifying all of them takes, from text to verdict, under a checkpoint opened before. */
function verifyAll(receipts: readonly SampledReceipt[], root: Uint8Array, size: number): number {
  const begun = performance.now()
  for (const { leaf, receipt } of receipts) {
    const { index, hashes: proof } = parseTlogProof(receipt)
    if (verifyInclusion({ index, size, leafHash: entryHash(leaf), proof, root })) continue
    throw new BenchError('RUN_REJECTED', `The receipt of entry ${index} does not verify.`)
  }
  return (performance.now() - begun) / 1000
}

/** Bare hashes of two nodes a second, by the same SHA-256. */
function bareHashing(): number {
  const nodes = new Uint8Array(65)
  const begun = performance.now()
  for (let at = 0; at < bareHashes; at += 1) nodes.set(sha256(nodes), 1)
  return (bareHashes / (performance.now() - begun)) * 1000
}

/** Makes receipts from the stored tiles of a log, and verifies every one. */
export async function proofRound(world: LogWorld): Promise<ProofRound> {
  using reader = openStateReader(world.settings.statePath)
  const head = await reader.head()
  if (head === undefined) throw new TypeError('the log has a head')
  const first = Math.max(0, head.size - recent)
  const near = await makeReceipts(reader, head, { first, count: recentReceipts })
  const far = await makeReceipts(reader, head, { first: 0, count: anywhereReceipts })
  const keys = { log: world.key, witnesses: [], ed25519: bestEd25519() }
  const { root } = openCheckpoint(head.checkpoint, keys).checkpoint
  const verifySeconds = verifyAll(near.receipts, root, head.size)
  const begun = performance.now()
  for (let at = 0; at < notes; at += 1) openCheckpoint(head.checkpoint, keys)
  const openSeconds = (performance.now() - begun) / 1000
  requireReceipts([...far.receipts, ...near.receipts.slice(0, 500)], world.policy)
  return {
    recentRate: recentReceipts / near.seconds,
    anywhereRate: anywhereReceipts / far.seconds,
    verifiedRate: recentReceipts / verifySeconds,
    openedRate: notes / openSeconds,
    bareRate: bareHashing(),
  }
}
