import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { utf8 } from '../../../bytes/index.ts'
import { bestEd25519, folderFiles } from '../../../platform/index.ts'
import {
  appendLeaves,
  cosign,
  emptyTree,
  formatCheckpoint,
  formatTlogProof,
  formatVerifierKey,
  leafHash,
  logPublisher,
  makeEntry,
  proverFor,
  rootHash,
  signNote,
  storedTiles,
  tileNodeReader,
} from '../../index.ts'
import type { LogEntry, PublishableLog } from '../../index.ts'
import type { LogSource } from '../log-source.ts'
import { parsePolicy } from '../policy.ts'
import { verifyConsistency } from '../proof.ts'
import { verifyReceipt } from '../receipt.ts'
import { verifyLog } from './verify-log.ts'

const ed25519 = bestEd25519()
const origin = 'tax.localhost/log/2026h2'
const name = 'witness.localhost/w1'
const seed = new Uint8Array(32).fill(1)
const witnessSeed = new Uint8Array(32).fill(2)
const policy = parsePolicy(
  `log ${formatVerifierKey(origin, 1, ed25519.publicKey(seed))}\n` +
    `witness w ${formatVerifierKey(name, 4, ed25519.publicKey(witnessSeed))}\nquorum w\n`,
)
const folder = mkdtempSync(join(tmpdir(), 'cloison-published-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

function entryOf(index: number): LogEntry {
  const record = {
    v: 1,
    class: 'governance',
    kind: 'counts.day',
    timeMs: 1_782_000_000_000 + index,
    organisation: 'tax',
    name: `day ${index}`,
    digest: null,
    body: { answers: index },
  } as const
  const entry = makeEntry(record, new Uint8Array(32).fill(index % 251))
  // All but every hundredth stand for exchanges: their leaves alone are published.
  return index % 100 === 0 ? entry : { ...entry, leaf: entry.leaf.with(1, 1) }
}

const entries = Array.from({ length: 700 }, (_, index) => entryOf(index))
const tiles = new Map<string, Uint8Array>()
const log: PublishableLog = {
  readTile: (level, index) => Promise.resolve(tiles.get(`${level}/${index}`)),
  readLeaves: (first, count) =>
    Promise.resolve(entries.slice(first, first + count).map(({ leaf }) => leaf)),
  readOpenings: (first, count) =>
    Promise.resolve(
      entries.flatMap(({ r, recordBytes }, index) => {
        const isAsked = index >= first && index < first + count && index % 100 === 0
        return isAsked ? [{ index, r, recordBytes }] : []
      }),
    ),
}

const files = folderFiles(folder)
const source: LogSource = {
  read: (path) => files.read(path),
  async *list(below) {
    yield* await files.list(below)
  },
}

test('what the writer publishes, the verifier finds good at every published size', async () => {
  const publisher = logPublisher({ files, log })
  let tree = emptyTree()
  const roots = new Map<number, Uint8Array>()
  for (const size of [0, 1, 5, 255, 256, 300, 512, 513, 700]) {
    const fresh = entries.slice(tree.size, size).map(({ leaf }) => leafHash(leaf))
    const appended = appendLeaves(tree, fresh)
    for (const { level, index, bytes } of appended.fullTiles) tiles.set(`${level}/${index}`, bytes)
    tree = appended.tree
    roots.set(size, rootHash(tree))
    const text = formatCheckpoint({ origin, size, root: rootHash(tree) })
    const checkpoint = signNote(text, [{ name: origin, type: 1, seed }], ed25519)
    const line = cosign(text, { name, seed: witnessSeed, timeSeconds: 1_782_000_000 }, ed25519)
    await publisher.publish(checkpoint)
    await publisher.publishCosigned(checkpoint, [line])
    const report = await verifyLog(source, { keys: [], policy, strict: true, ed25519 })
    assert.deepEqual([report.problems, report.size], [[], size])
    await checkProofs(size, `${checkpoint}${line}`, roots)
  }
})

/** Receipts and consistency proofs of the writer, judged by the verifier. */
async function checkProofs(
  size: number,
  checkpoint: string,
  roots: ReadonlyMap<number, Uint8Array>,
): Promise<void> {
  const prover = proverFor(size, tileNodeReader(size, storedTiles(log)))
  const toRoot = roots.get(size) ?? utf8('')
  for (const [from, fromRoot] of roots) {
    const proof = from === 0 ? [] : await prover.consistency(from)
    assert.ok(verifyConsistency({ from, fromRoot, to: size, toRoot, proof }), `${from} to ${size}`)
  }
  for (const index of [0, 4, 255, 256, 299, 511, 699].filter((one) => one < size)) {
    const hashes = await prover.inclusion(index)
    const proof = formatTlogProof({ index, hashes, checkpoint })
    const leaf = entries[index]?.leaf ?? utf8('')
    assert.ok(verifyReceipt({ proof, leaf, policy, ed25519 }).ok, `${index} of ${size}`)
    const other = leaf.with(33, (leaf[33] ?? 0) ^ 1)
    assert.ok(!verifyReceipt({ proof, leaf: other, policy, ed25519 }).ok)
  }
}
