import { encodeBase64 } from '../bytes/index.ts'
import { formatTlogProof, hashLine, tlogProofOf } from './note/index.ts'
import type { LogReader } from './state-store.ts'
import {
  type Appended,
  batchNodeReader,
  batchPaths,
  type BatchPaths,
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
  store: LogReader,
  checkpoint: string,
  { tree, nodes, cache }: BatchNodes,
): CommittedProofs {
  const stored = tileNodeReader(tree.size, storedTiles(store), cache)
  const reader = batchNodeReader(nodes, stored)
  const { size } = tree
  const prover = proverFor(size, reader)
  let newest: Promise<BatchPaths> | undefined
  async function inclusion(index: number): Promise<string> {
    newest ??= batchPaths({ size, nodes, reader, write: hashLine })
    const path = (await newest).path(index)
    if (path !== undefined) return tlogProofOf(index, path, checkpoint)
    return formatTlogProof({ index, hashes: await prover.inclusion(index), checkpoint })
  }
  return {
    checkpoint,
    size,
    inclusion,
    consistencyFrom: async (from) =>
      from > size ? [] : (await prover.consistency(from)).map((hash) => encodeBase64(hash)),
  }
}
