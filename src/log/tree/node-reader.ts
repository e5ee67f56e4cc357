/**
 * A perfect subtree: its 2^level leaves are the entries from index · 2^level on. Level 0 is a leaf
 * hash. Every node of every RFC 6962 tree that is not on its right edge is one of these, and never
 * changes as the tree grows.
 */
export interface NodeId {
  readonly level: number
  readonly index: number
}

/** Hashes of perfect subtrees, from memory or storage. */
export interface NodeReader {
  /**
   * The hashes of `nodes`, 32 bytes each, in their order. Rejects when one cannot be read; never
   * leaves one out.
   */
  read(nodes: readonly NodeId[]): Promise<readonly Uint8Array[]>
}

/** Consecutive nodes of one level: `hashes[i]` belongs to index `start + i`. */
export interface NodeRun {
  readonly start: number
  readonly hashes: readonly Uint8Array[]
}

/**
 * Answers from `nodes` (one run a level, from level 0 on) and asks `fallback` for the rest, once a
 * call. After an append this needs no storage for proofs near the right edge.
 */
export function batchNodeReader(nodes: readonly NodeRun[], fallback: NodeReader): NodeReader {
  return {
    async read(wanted) {
      const found: (Uint8Array | undefined)[] = wanted.map((id) => nodeIn(nodes, id))
      const missing = wanted.filter((_, i) => found[i] === undefined)
      if (missing.length === 0) return found.filter((hash) => hash !== undefined)
      const fetched = (await fallback.read(missing)).values()
      return found.map((hash) => hash ?? fetched.next().value).filter((hash) => hash !== undefined)
    },
  }
}

function nodeIn(nodes: readonly NodeRun[], id: NodeId): Uint8Array | undefined {
  const run = nodes[id.level]
  return run?.hashes[id.index - run.start]
}
