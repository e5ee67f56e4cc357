import type { Ed25519 } from '../../crypto/index.ts'
import {
  appendLeaves,
  batchNodeReader,
  emptyTree,
  formatCheckpoint,
  formatTlogProof,
  leafHash,
  type LogTree,
  type NodeReader,
  type NoteSigner,
  proverFor,
  rootHash,
  SIGNATURE_TYPES,
  signNote,
} from '../../log/index.ts'

/** The consumer's log, in memory only: what receipts for "asked" are made from. */
export interface ConsumerLog {
  /** Appends one leaf, signs a checkpoint for it and returns the receipt, a C2SP tlog-proof. */
  append(leaf: Uint8Array): Promise<string>
}

const noFallback: NodeReader = {
  read: () => Promise.reject(new TypeError('the newest entry needs the right edge only')),
}

/** A fresh log of that origin; every entry gets a checkpoint of its own, as under a light load. */
export function consumerLog(origin: string, seed: Uint8Array, ed25519: Ed25519): ConsumerLog {
  const signer: NoteSigner = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
  let tree: LogTree = emptyTree()
  return {
    async append(leaf) {
      const index = tree.size
      const appended = appendLeaves(tree, [leafHash(leaf)])
      tree = appended.tree
      const { size } = tree
      const text = formatCheckpoint({ origin, size, root: rootHash(tree) })
      const prover = proverFor(size, batchNodeReader(appended.nodes, noFallback))
      const hashes = await prover.inclusion(index)
      return formatTlogProof({ index, hashes, checkpoint: signNote(text, [signer], ed25519) })
    },
  }
}
