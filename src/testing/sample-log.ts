import { sha256 } from '../crypto/index.ts'
import {
  appendLeaves,
  emptyTree,
  formatCheckpoint,
  formatVerifierKey,
  leafHash,
  type LogReader,
  type LogsReader,
  type LogTree,
  type PublishableLog,
  rootHash,
  SIGNATURE_TYPES,
  signNote,
  type StoredHead,
} from '../log/index.ts'
import { parseVerifierKey, type VerifierKey } from '../log/verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { utf8 } from '../bytes/index.ts'

/** A log in memory, of made-up exchange leaves, as it stood at any of its sizes. */
export interface SampleLog {
  readonly key: VerifierKey
  /** The head when the log had `size` entries; entries came one a second. */
  headAt(size: number): StoredHead
  /** What a store that ends at `size` entries reads. */
  readerAt(size: number): LogsReader
  /** What a publisher reads; there are no governance entries. */
  readonly publishable: PublishableLog
}

/** The leaf of an exchange that nobody can open. */
function sampleLeaf(branch: string, index: number): Uint8Array {
  const leaf = new Uint8Array(34)
  leaf.set([1, 1])
  leaf.set(sha256(utf8(`${branch} ${index}`)), 2)
  return leaf
}

/**
 * A log of up to `most` entries. Logs of two branches have the same key and the same entries up to
 * `forksAt`, and others from there on.
 */
export function sampleLog(
  most: number,
  { branch = 'a', forksAt = 0 }: { readonly branch?: string; readonly forksAt?: number } = {},
): SampleLog {
  const origin = 'sample.localhost/log/2026h2'
  const ed25519 = bestEd25519()
  const seed = new Uint8Array(32).fill(7)
  const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
  const leaves = Array.from({ length: most }, (_, index) =>
    sampleLeaf(index < forksAt ? 'a' : branch, index),
  )
  const whole = appendLeaves(emptyTree(), leaves.map(leafHash))
  const treeAt = (size: number): LogTree =>
    appendLeaves(emptyTree(), leaves.slice(0, size).map(leafHash)).tree
  const headAt = (size: number): StoredHead => {
    const text = formatCheckpoint({ origin, size, root: rootHash(treeAt(size)) })
    return { checkpoint: signNote(text, [signer], ed25519), size, timeMs: 1_000 * size }
  }
  const readTile = async (level: number, index: number): Promise<Uint8Array | undefined> =>
    whole.fullTiles.find((tile) => tile.level === level && tile.index === index)?.bytes
  const readLeaves = async (first: number, count: number): Promise<readonly Uint8Array[]> =>
    leaves.slice(first, first + count)
  const readerOf = (size: number): LogReader => ({
    head: async () => headAt(size),
    readLeaves: async (first, count) => readLeaves(first, Math.min(count, size - first)),
    readEntries: async (first, count) =>
      (await readLeaves(first, Math.min(count, size - first))).map((leaf, place) => ({
        index: first + place,
        leaf,
        sealed: new Uint8Array(),
        timeMs: 1_000 * (first + place + 1),
      })),
    readTile,
  })
  return {
    key: parseVerifierKey(
      formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seed)),
    ),
    headAt,
    readerAt: (size) => ({
      ...readerOf(size),
      logs: async () => [origin],
      logOf: () => readerOf(size),
    }),
    publishable: { readLeaves, readTile, readOpenings: async () => [] },
  }
}
