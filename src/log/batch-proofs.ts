import { encodeBase64 } from '../bytes/index.ts'
import { formatTlogProof } from './note/index.ts'
import type { LogReader } from './state-store.ts'
import {
  type Appended,
  batchNodeReader,
  type LogTree,
  proverFor,
  storedTiles,
  type TileCache,
  tileNodeReader,
} from './tree/index.ts'

/** Proofs under the checkpoint that a batch has just made. */
export interface CommittedProofs {
  /** The signed checkpoint, a whole note. */
  readonly checkpoint: string
  readonly size: number
  /** The receipt of the entry at `index`: a C2SP tlog-proof with this checkpoint. */
  inclusion(index: number): Promise<string>
  /**
   * Hashes, base64, that prove this tree to extend the one of `size` entries. Empty for 0, for this
   * very size, and for a size that this log never had.
   */
  consistencyFrom(size: number): Promise<readonly string[]>
}

/** Where the proofs come from: the nodes that the append made, and the stored tiles for the rest. */
export interface BatchNodes {
  readonly tree: LogTree
  readonly nodes: Appended['nodes']
  readonly cache: TileCache
}

/** Makes the proofs of one checkpoint; nodes near the right edge cost no storage access. */
export function batchProofs(
  reader: LogReader,
  checkpoint: string,
  { tree, nodes, cache }: BatchNodes,
): CommittedProofs {
  const stored = tileNodeReader(tree.size, storedTiles(reader), cache)
  const prover = proverFor(tree.size, batchNodeReader(nodes, stored))
  return {
    checkpoint,
    size: tree.size,
    inclusion: async (index) =>
      formatTlogProof({ index, hashes: await prover.inclusion(index), checkpoint }),
    consistencyFrom: async (size) =>
      size > tree.size ? [] : (await prover.consistency(size)).map((hash) => encodeBase64(hash)),
  }
}
